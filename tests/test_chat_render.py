"""The chat's HTML: untrusted text is escaped, markers become chips, verdicts stand where they belong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Literal

import pytest

from assistant.chat.conversation import MOST_EXCHANGES, Conversation, Exchange
from assistant.chat.narrowing import read_controls, tell_narrowed
from assistant.chat.shelf import Shelf
from assistant.chat.show.answer_html import place_sentences, render_answer, render_draft
from assistant.chat.show.digest import render_timeline
from assistant.chat.show.escape import escape, safe_link
from assistant.chat.show.examples import Headline, make_examples, shorten_title
from assistant.chat.show.export import export_markdown
from assistant.chat.show.health import render_health
from assistant.chat.show.labels import MONTHS, choose_language, date_label, language_label
from assistant.chat.show.page import render_exchange, render_masthead, render_running, render_welcome
from assistant.chat.show.sources import render_card, render_panel
from assistant.chat.show.web_page import render_web_page
from assistant.chat.show.whole_article import render_article
from assistant.chat.texts import TEXTS
from assistant.digest.coverage import Coverage
from assistant.digest.records import Timeline, TimelineEvent
from assistant.errors import SettingsError
from assistant.markdown import escape_markdown
from assistant.records import Answer, Citation, Filters, Sentence, Stage, Verdict
from ingest.article import Article, Line, Metadata, Passage, ScoredPassage

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)">',
    "\"><svg onload=alert(3)>' onmouseover='alert(4)",
    "![pixel](http://outside.example/p.png) [click](javascript:alert(5))",
    "${alert(6)} {{value}} {{{value}}} `${alert(7)}` @children",
    '__i18n__{"__type__": "translation_metadata", "key": "send"}',
    "safe\u202egnp.exe\u2066 \x00\x1b[31m\ud800 end",
    "A" * 10_000,
    "</bdi></mark></details></li></article><h1>out</h1>",
    "&lt;script&gt; &#60;b&#62; &amp;",
    "$$\\href{javascript:alert(8)}{x}$$ $x$",
)
TEXT = "The old mill burned down on Friday night. Nobody was hurt.\n\nThe owner, Ida Fogelkvist, was abroad."


class Tags(HTMLParser):
    """The elements and attributes a browser would see, and the text between them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("input", "hr", "meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def article(text: str = TEXT, **metadata: str) -> Article:
    return Article("mill.txt", text, "en", Metadata(**metadata))  # type: ignore[arg-type]


def cite(source: Article, quote: str, marker: int = 1, verdict: Verdict = "supported") -> Citation:
    start, meta = source.text.index(quote), source.metadata
    return Citation(marker, source.name, source.id, meta.title, meta.publisher, meta.published_at,
                    source.language, quote, start, start + len(quote), verdict)


def hit(source: Article) -> ScoredPassage:
    return ScoredPassage(Passage(source.id, 0, len(source.text), source.text), source, 1.0)


def answered(
    text: str, sentences: tuple[Sentence, ...], citations: tuple[Citation, ...], *hits: ScoredPassage
) -> Answer:
    return Answer("What burned?", "en", text, False, sentences, citations, hits)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    source = article(f"{text}\n\n{text}", title=text, publisher=text, url="javascript:alert(9)", author=text)
    citation = Citation(1, text, source.id, text, text, None, "en", source.text[:len(text)], 0, len(text),
                        "partly", (text,), (text, text))
    sentence = Sentence(text, (1,), "partly", (text,))
    answer = Answer(text, "en", f"{text} [1]", False, (sentence,), (citation,), (hit(source),), notice=text)
    exchange = Exchange(text, answer, kept="kept.seal")
    abstained = Answer(text, "en", text, True, retrieved=(hit(source),))
    lines = (Line(text, 0, 1, "boilerplate", text),)
    shelf = Shelf("broken", text, reason=text, articles=1, languages=(("en", 1),), host=text, model=text)
    for markup in (
        render_exchange(exchange, 1, "en", last=True),
        render_exchange(Exchange(text, None, text, text), 1, "en", last=True),
        render_exchange(Exchange(text, None, text), 1, "en", last=True),
        render_running(text, text, Stage("writing"), 1, "en"),
        render_panel([exchange], lambda _: source, "en"),
        render_panel([Exchange(text, abstained)], lambda _: None, "en"),
        render_article(source, lines, 0, len(text), "en"),
        render_masthead(shelf, "en"), render_welcome(shelf, "en"),
    ):
        tags = Tags(markup)
        assert not tags.open
        assert not {"script", "img", "svg", "iframe", "style"} & set(tags.names)
        assert all(value.startswith("#") for name, value in tags.attributes if name == "href")
        assert tags.names.count("h1") <= 1
        names = {name for name, _ in tags.attributes}
        assert not {name for name in names if name.startswith("on")} | ({"src", "style"} & names)
        assert not re.search("[\x00\x1b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", markup)
        assert "__i18n__" not in markup


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_pages_of_their_own(text: str) -> None:
    source = article(text, title=text, publisher=text, url="javascript:alert(9)")
    citation = Citation(1, text, source.id, text, text, None, "en", text, 0, len(text), "partly", (text,), (text,))
    answer = Answer(text, "en", f"{text} [1]", False, (Sentence(text, (1,), "partly", (text,)),), (citation,),
                    (hit(source),), notice=text)
    page = render_web_page(Exchange(text, answer), answer, "en")
    report = {
        "articles": 1, "passages": 1, "languages": {text: 1}, "publishers": {text: 1}, "months": {text: 1},
        "from": text, "to": text, "undated": 0, "low_confidence": 0, "boilerplate": 0.0, "copies": [[text, text]],
        "stories": [[text]], "failed": [{"article": text, "reason": text}], "recipe": {text: text}, "bytes": {text: 1},
    }
    for markup in (page, render_health(report, "en")):
        tags = Tags(markup)
        assert not {"script", "img", "iframe"} & set(tags.names)
        assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "src"]
        assert all(value.startswith("#") for name, value in tags.attributes if name == "href")
        assert "__i18n__" not in markup
    assert "default-src 'none'" in page


def test_escape_keeps_the_text() -> None:
    text = 'a < b & c > "d" __i18n__'
    assert Tags(f"<p>{escape(text)}</p>").text == text


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "http://", "https:// a", "ftp://h/x",
    "JaVaScRiPt:alert(1)", "http://[", "\x01https://h/", "", None,
])
def test_only_web_pages_are_linked(url: str | None) -> None:
    assert safe_link(url) is None


def test_the_original_is_linked_without_telling_it_anything() -> None:
    page = render_article(article(url="https://mill.example/a?b=1&c=\"2"), (), 0, 3, "en")
    attributes = dict(Tags(page).attributes)
    assert attributes["href"] == 'https://mill.example/a?b=1&c="2'
    assert (attributes["rel"], attributes["target"]) == ("noopener noreferrer", "_blank")


def test_markers_become_chips_that_name_their_source() -> None:
    source = article(publisher="Mill Post", published_at="2024-05-03")
    answer = answered("It burned [1]. Nobody died.", (Sentence("It burned.", (1,), "supported"),),
                      (cite(source, "Nobody was hurt."),))
    markup = render_answer(answer, 3, "en")
    assert 'data-source="3-1"' in markup
    assert 'aria-label="Source 1: Mill Post, 3 May 2024, Supported"' in markup
    assert "[1]" not in markup
    assert 'href="#source-3-1"' in markup


def test_that_articles_differ_is_told_apart_from_who_says_it() -> None:
    source = article("Seventeen people were hurt.", publisher="Mill Post")
    line = f"The articles give different figures – Mill Post, undated: {source.text}"
    answer = answered(f"{line} [1]", (Sentence(line, (1,), "supported"),), (cite(source, source.text),))
    markup = render_answer(answer, 1, "en")
    assert "The articles give different figures</span>" in markup
    assert '<span class="who">Mill Post, undated</span>' in markup


@pytest.mark.parametrize(("tail", "apart"), [("", True), (" (25 November 2026)", True), (" and more", False)])
def test_who_says_it_stands_apart_also_where_a_day_is_explained(tail: str, apart: bool) -> None:
    source = article("The storm came in on Wednesday.")
    line = f"Mill Post, undated: {source.text}{tail}"
    answer = answered(f"{line} [1]", (Sentence(line, (1,), "supported"),), (cite(source, source.text),))
    markup = render_answer(answer, 1, "en")
    assert ('<span class="who">Mill Post, undated</span>' in markup) is apart


def test_reasons_are_told_in_the_interfaces_language() -> None:
    source = article()
    reasons = ("number 9 {x} not in evidence", "direction differs: 9 bounded from the other side", "never heard of")
    citation = replace(cite(source, "Nobody was hurt.", verdict="unsupported"), reasons=reasons)
    card = Tags(render_card(citation, source, 1, "de")).text
    assert "Zahl 9 {x} steht nicht da; 9 ist andersherum begrenzt; never heard of" in card
    assert "number 9 {x} not in evidence; " in Tags(render_card(citation, source, 1, "en")).text


def test_what_was_searched_is_told_with_the_answer() -> None:
    answer = replace(answered("It burned [1].", (), ()), notice="Broken off.")
    filters = Filters(("de",), ("Mill Post",), (), date(2024, 5, 3), None)
    told = tell_narrowed(answer, filters, "sv").notice
    assert told == "Broken off. Sökt bara bland: tyska, Mill Post, Publicerad från 3 maj 2024."
    assert tell_narrowed(answer, Filters(), "sv") is answer


@pytest.mark.parametrize("text", ["yesterday", "2024-02-30", "24"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="is no date"):
        read_controls([], [], text, "", None, None, None, "en")


def test_months_without_articles_stay_empty() -> None:
    report = {
        "articles": 5, "passages": 9, "languages": {}, "publishers": {}, "months": {"2023-11": 2, "2024-02": 1},
        "from": None, "to": None, "undated": 0, "low_confidence": 0, "boilerplate": 0.0, "copies": [], "stories": [],
        "failed": [], "recipe": {}, "bytes": {},
    }
    page = render_health(report, "de")
    assert 'aria-label="2023-11: 2, 2023-12: 0, 2024-01: 0, 2024-02: 1"' in page
    assert "<span>Nov. 2023</span><span>Feb. 2024</span>" in page
    report["months"] = {"1999-11": 2, "1999-12": 1, "2024-02": 1}
    assert 'aria-label="1999: 3, 2000: 0, ' in render_health(report, "de")


def test_bracketed_numbers_of_a_quote_are_no_chips() -> None:
    source = article("The report says so [7] and more.")
    quote = "The report says so [7] and more."
    line = f"Mill Post, undated: {quote}"
    answer = answered(f"{line} [1]", (Sentence(line, (1,), "supported"),), (cite(source, quote),))
    markup = render_answer(answer, 1, "en")
    assert f'<q dir="auto">{quote}</q>' in markup
    assert markup.count('class="chip') == 1


def test_verdicts_stand_at_their_sentence_in_words_and_shape() -> None:
    source = article()
    text = "The mill burned [1]. It cost 9 million [1]. The mayor wept.\n- Nobody was hurt [1]."
    sentences = (
        Sentence("The mill burned.", (1,), "supported"),
        Sentence("It cost 9 million.", (1,), "partly", ("number 9 not in evidence",)),
        Sentence("The mayor wept.", (), "unsupported", ("cites nothing",)),
        Sentence("Nobody was hurt.", (1,), "supported"),
    )
    markup = render_answer(answered(text, sentences, (cite(source, "Nobody was hurt."),)), 1, "en")
    shown = Tags(markup).text
    assert "It cost 9 million\u202f1. ◐ Partly supported number 9 not in evidence" in shown
    assert "The mayor wept. ✗ Not supported cites nothing" in shown
    assert markup.count('class="badge') == 2
    assert 'class="item"' in markup


def test_sentences_are_found_behind_markers_and_emphasis() -> None:
    text = "The **mill** burned [1][2] on Friday [3].  Nobody was hurt. [1]"
    sentences = (Sentence("The mill burned on Friday.", (1, 2, 3), "supported"),
                 Sentence("Nobody was hurt.", (1,), "supported"), Sentence("Never said.", (), "unsupported"))
    placed = place_sentences(text, sentences)
    assert [text[p.start:p.end] for p in placed] == [
        "The **mill** burned [1][2] on Friday [3].", "Nobody was hurt. [1]"
    ]


def test_a_draft_has_idle_chips_and_no_buttons() -> None:
    markup = render_draft("It burned [1][2].\n\n- On **Friday** [3")
    assert markup.count('<span class="chip idle">') == 2
    assert "<button" not in markup and "<a" not in markup
    assert "[3" in markup


def test_a_card_shows_the_quote_in_its_passage() -> None:
    source = article("Begin. " * 80 + TEXT + " End." * 80, title="Mill gone", publisher="Mill Post")
    card = render_card(cite(source, "Nobody was hurt.", verdict="partly"), source, 2, "en")
    assert "<mark>Nobody was hurt.</mark>" in card
    text = Tags(card).text
    assert "burned down on Friday night." in text
    assert "… " in text and " …" in text
    assert "undated" in text and "English" in text and "◐ Partly supported" in text
    assert 'id="source-2-1"' in card


def test_an_undated_article_shows_its_estimate_as_one() -> None:
    source = Article("m", TEXT, "en", Metadata(estimate=("2024-05-01", "2024-05-31")))
    card = render_card(cite(source, "Nobody was hurt."), source, 1, "en")
    assert "undated, about 1 May 2024 to 31 May 2024" in card


def test_a_whole_article_marks_the_quote_and_tells_what_was_removed() -> None:
    lines = (Line("Menu", 0, 4, "boilerplate", "menu line"), Line("Nobody", 5, 11, "body"))
    start = TEXT.index("Nobody")
    page = render_article(article(), lines, start, start + 6, "sv")
    assert "<mark>Nobody</mark>" in page
    assert Tags(page).text.startswith(TEXT)
    assert "Vad som togs bort från sidan (1)" in page
    assert "menu line" in page


@pytest.mark.parametrize(("start", "end"), [(-5, 4), (9, 2), (10**9, 10**9 + 4), (0, 10**9)])
def test_offsets_from_the_page_may_be_nonsense(start: int, end: int) -> None:
    assert Tags(render_article(article(), (), start, end, "en")).text.startswith(TEXT)


def test_a_huge_article_is_shown_around_its_quote() -> None:
    text = "x" * 300_000 + "HERE" + "y" * 300_000
    page = render_article(article(text), (), 300_000, 300_004, "en")
    assert "<mark>HERE</mark>" in page
    assert len(page) < 130_000


def test_found_articles_are_listed_once_and_apart_from_the_cited() -> None:
    cited, other = article(), Article("other.txt", "Something else happened.", "sv", Metadata(title="Else"))
    hits = (hit(cited), hit(other), hit(other))
    answer = answered("It burned [1].", (), (cite(cited, "Nobody was hurt."),), *hits)
    panel = render_panel([Exchange("What?", answer)], lambda _: cited, "en")
    assert "Also found, not cited (1)" in panel
    assert Tags(panel).text.count("Something else happened.") == 1


def test_only_the_last_answers_sources_are_shown() -> None:
    exchange = Exchange("What?", answered("It burned [1].", (), (cite(article(), "Nobody was hurt."),)))
    panel = render_panel([exchange, Exchange("Stopped", None), exchange], lambda _: article(), "en")
    assert re.findall(r'data-turn="(\d)"( hidden)?', panel) == [("1", " hidden"), ("3", "")]
    assert panel.count("Sources for: ") == 2
    assert "Sources for: " not in render_panel([exchange], lambda _: article(), "en")


def test_missing_and_empty_corpora_say_what_to_run() -> None:
    missing = render_welcome(Shelf("missing", "my/corpus"), "de")
    assert "assistant ingest FOLDER --corpus my/corpus" in missing
    assert "assistant demo" in missing
    assert "assistant ingest FOLDER --corpus my/corpus" in render_welcome(Shelf("empty", "my/corpus"), "sv")


def test_the_masthead_tells_the_mode() -> None:
    quoting = Shelf("ready", "c", articles=2, languages=(("sv", 2),))
    assert "Bara citat, ingen modell" in render_masthead(quoting, "sv")
    assert "Written by m1 at host:1" in render_masthead(Shelf("ready", "c", model="m1", host="host:1"), "en")


def test_markdown_keeps_markers_and_defuses_the_rest() -> None:
    hostile = "Say [x](javascript:alert(1)) ![p](http://outside.example/p.png) <b>now</b>."
    source = article(hostile, title="# Mill")
    answer = answered("It [link](http://x.example) burned [1].", (), (cite(source, source.text),))
    text = export_markdown("What *now*?", answer, "en")
    assert "burned [1]." in text
    assert "](" not in text.replace("\\](", "")
    assert "\\!\\[p\\]" in text and "\\<b\\>" in text and "\\# Mill" in text
    assert escape_markdown("two\nlines") == "two lines"


def test_examples_take_turns_between_languages() -> None:
    headlines = [
        Headline("Old mill burned down on Friday night – nobody hurt", "en", 900),
        Headline("Old mill burned down on Friday night: three held", "en", 800),
        Headline("Mayor promises a new bridge by the autumn", "en", 700),
        Headline("Gamla kvarnen brann ner: ”Vi hann inte ut”", "sv", 600),
        Headline("Mühle im Tal abgebrannt, niemand verletzt", "de", 500),
        Headline("Meny", "sv", 9000),
        Headline("<b>Foto</b> of something very interesting here", "en", 9000),
    ]
    examples = make_examples(headlines, "sv")
    assert [e.language for e in examples] == ["sv", "en", "de", "en"]
    assert examples[0].question == "Vad är känt om ”Gamla kvarnen brann ner”?"
    assert examples[1].question == "What is known about “Old mill burned down on Friday night”?"
    assert shorten_title("Short: but the rest of it is long") == "Short: but the rest of it is long"


def test_examples_ask_about_the_largest_stories_first() -> None:
    mill = (Headline("Gamla kvarnen brann ner i natt", "sv", 400),
            Headline("Old mill burned down on Friday night", "en", 900))
    bridge = (Headline("Brücke über die Aue wird im Herbst gesperrt", "de", 300), Headline("Meny", "en", 9000))
    longest = [mill[1], Headline("Mayor promises a new library by the spring", "en", 800)]
    examples = make_examples(longest, "sv", [mill, bridge, (Headline("Meny", "sv", 10),)])
    assert [e.question.partition(" ")[0] for e in examples] == ["Vad", "Was", "What"]
    assert "kvarnen" in examples[0].question and "library" in examples[2].question  # a story is asked about once


def test_copies_are_folded_and_translations_named_as_a_machines() -> None:
    source = article("Kvarnen brann ner i natt.")
    citation = replace(cite(source, source.text), also_published_by=("The Post", "<b>Echo</b>"),
                       translation="The mill burned <down> last night.")
    card = Tags(render_card(citation, source, 1, "en", "en"))
    assert "Also in 2 other outletsThe Post, <b>Echo</b>" in card.text
    assert "Machine translation The mill burned <down> last night." in card.text
    assert ("lang", "en") in card.attributes
    answer = answered("It burned [1].", (), (citation,))
    assert "*Machine translation:* The mill burned \\<down\\> last night." in export_markdown("What?", answer, "en")
    page = Tags(render_web_page(Exchange("What?", answer), answer, "sv"))
    assert "Maskinöversättning: The mill" in page.text and "Även i 2 andra medier: The Post, <b>Echo</b>" in page.text
    one = replace(citation, also_published_by=("The Post",), translation=None)
    assert "Auch in einem weiteren Medium" in render_card(one, source, 1, "de", "de")
    assert "translation" not in render_card(one, source, 1, "de", "de")


def test_every_language_says_the_same_things() -> None:
    for language, texts in TEXTS.items():
        assert texts.keys() == TEXTS["en"].keys()
        assert len(MONTHS[language]) == 12
        for key, text in texts.items():
            assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", TEXTS["en"][key]))


def test_languages_have_names_in_the_interfaces() -> None:
    assert [language_label("sv", one) for one in ("sv", "de", "en")] == ["svenska", "Schwedisch", "Swedish"]
    assert language_label("un", "en") == "Unknown language"
    assert language_label("q?", "en") == "Q?"


@pytest.mark.parametrize(("header", "language"), [
    ("sv-SE,sv;q=0.9,en;q=0.8", "sv"), ("de", "de"), ("fr-FR,de;q=0.5,en;q=0.7", "en"), ("fi", "en"),
    (None, "en"), ("", "en"), ("sv;q=x,de;q=0.1", "de"), ("*,;q=,,," * 100, "en"),
])
def test_the_browser_chooses_the_language(header: str | None, language: str) -> None:
    assert choose_language(header) == language


def test_dates_are_written_as_people_do() -> None:
    assert date_label("2024-05-03", "de") == "3. Mai 2024"
    assert date_label("2024-05-03T08:00:00", "sv") == "3 maj 2024"
    assert date_label("2024-13-99x", "en") == "2024-13-99x"


def test_a_conversation_keeps_what_was_finished() -> None:
    conversation = Conversation("de")
    conversation.finish(conversation.begin("One?"), answered("Yes [1].", (), ()))
    stopped = conversation.begin("Two?")
    stopped.draft = "Half an"
    conversation.begin("Three?")
    conversation.finish(stopped, answered("Too late [1].", (), ()))
    assert [(e.question, e.draft) for e in conversation.exchanges] == [("One?", ""), ("Two?", "Half an")]
    assert [turn.content for turn in conversation.history()] == ["One?", "Yes [1]."]


def test_a_conversation_keeps_no_articles_and_not_everything() -> None:
    long = article("The mill burned. " * 1000, title="Mill", url="https://post.example/mill")
    answer = answered("It burned [1].", (), (cite(article(), "Nobody was hurt."),), hit(long))
    conversation = Conversation()
    for number in range(MOST_EXCHANGES + 3):
        conversation.add(Exchange(f"{number}?", answer))
    assert [e.question for e in conversation.exchanges][::MOST_EXCHANGES - 1] == ["3?", f"{MOST_EXCHANGES + 2}?"]
    kept = conversation.exchanges[0].answer
    assert kept is not None and kept.retrieved[0].article.id == long.id
    assert kept.retrieved[0].article.metadata == long.metadata
    assert len(kept.retrieved[0].article.text) == 0 and len(kept.retrieved[0].passage.text) <= 300
    assert render_panel([Exchange("?", answer)], lambda _: long, "en") == \
        render_panel([conversation.exchanges[0]], lambda _: long, "en").replace("0?", "?").replace("3?", "?")


def test_a_timeline_tells_days_no_more_precisely_than_they_are_known() -> None:
    def event(first: str, last: str | None, precision: Literal["day", "month", "year"]) -> TimelineEvent:
        told = (cite(article(), "Nobody was hurt."),)
        return TimelineEvent(first, last, precision, "It burned.", told, "stated", "", 1)

    events = (event("2021-01-01", "2021-12-31", "year"), event("2023-11-01", "2023-11-30", "month"),
              event("2023-11-14", None, "day"))
    coverage = Coverage(1, 1, 0, 0, {"en": 1}, None, None, 1)
    text = Tags(render_timeline(Timeline("Mill", "en", events, (), coverage), "de")).text
    assert "31" not in text and "2021" in text and "14. November 2023" in text
    assert text.count("November 2023") == 2
