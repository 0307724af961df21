"""Digests: what belongs to a topic, summaries, timelines, their coverage and their files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant import Assistant
from assistant.digest.asked_time import asks_only_when, limit_to_time
from assistant.digest.coverage import measure_coverage
from assistant.digest.dated import read_dated
from assistant.digest.export import export_summary, export_timeline, timeline_calendar, timeline_csv, timeline_markdown
from assistant.digest.ranking import MANY_ARTICLES, rank_occasions
from assistant.digest.records import Summary, Timeline
from assistant.digest.sentences import read_sentences
from assistant.digest.summarize import CHARS, LENGTHS, choose_points
from assistant.digest.topic import Topic
from assistant.digest.words import TopicWords
from assistant.errors import QuestionError
from assistant.prompts import load_prompt
from assistant.question import understand_question
from assistant.records import Citation, Filters
from assistant.settings import Settings
from assistant.vectors import RememberedVectors
from ingest.article import Article, Metadata
from ingest.embed import Embedder
from ingest.language import detect_question_language
from tests.fake_endpoint import Script, fake_endpoint

FERRY = "The grounding of the ferry Ejdervind"


@pytest.fixture(scope="module")
def assistant(demo_corpus: Path) -> Iterator[Assistant]:
    opened = Assistant.open(demo_corpus, Settings(corpus=demo_corpus))
    yield opened
    opened.corpus.close()


@pytest.fixture(scope="module")
def ferry(assistant: Assistant) -> Timeline:
    return assistant.timeline(FERRY)


def make_article(name: str, text: str, published_at: str | None = None, language: str = "en") -> Article:
    return Article(name, text, language, Metadata(published_at=published_at))


def is_verbatim(assistant: Assistant, citation: Citation) -> bool:
    article = assistant.corpus.article(citation.article_id)
    return article is not None and article.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("topic", [FERRY, "Insolvenz des Batterieherstellers Ferrolyt", "stölden av tavlan Isfiskarna"])
def test_every_sentence_of_a_summary_cites_a_verbatim_quote(assistant: Assistant, topic: str) -> None:
    summary = assistant.summarize(topic)
    assert summary.sentences and not summary.abstained
    known = {citation.marker for citation in summary.citations}
    for sentence in summary.sentences:
        assert sentence.citations and set(sentence.citations) <= known
    for citation in summary.citations:
        assert is_verbatim(assistant, citation)
        assert citation.quote in summary.text and f"[{citation.marker}]" in summary.text


def test_a_topic_that_no_article_tells_of_has_no_summary_and_no_timeline(assistant: Assistant) -> None:
    summary = assistant.summarize("volcano eruption in Iceland")
    assert summary.abstained and not summary.citations and summary.coverage.read == 0
    assert assistant.timeline("volcano eruption in Iceland").events == ()


def test_a_topic_finds_its_articles_in_all_languages_and_no_others(assistant: Assistant) -> None:
    coverage = assistant.summarize(FERRY).coverage
    assert set(coverage.languages) == {"sv", "de", "en"}
    ferry = [a for a in assistant.corpus.catalogue.articles(originals_only=True) if "Ejdervind" in a.text]
    assert len(ferry) == coverage.read


@pytest.mark.parametrize("topic", ["ferry accident", "Vad hände med färjan?"])
def test_a_topic_in_common_words_is_found_by_what_its_nearest_article_holds(assistant: Assistant, topic: str) -> None:
    names = {citation.article for citation in assistant.summarize(topic).citations}
    ferry = {a.name for a in assistant.corpus.catalogue.articles() if "Ejdervind" in a.text}
    assert names and names <= ferry


@pytest.mark.parametrize("topic", ["färjan Ejdervind", "the ferry Ejdervind", "Fährunglück Ejdervind"])
def test_a_named_topic_takes_no_article_that_holds_none_of_its_words(assistant: Assistant, topic: str) -> None:
    line = assistant.timeline(topic)
    ferry = {a.name for a in assistant.corpus.catalogue.articles(originals_only=True) if "Ejdervind" in a.text}
    told = {one.article for event in line.events for one in event.citations} | {one.article for one in line.undated}
    assert told <= ferry and line.coverage.read == len(ferry)


def test_a_title_that_each_language_translates_still_finds_its_articles(assistant: Assistant) -> None:
    assert set(assistant.summarize("Isfiskarna").coverage.languages) == {"sv", "de", "en"}


@pytest.mark.parametrize("topic", ["tram line extension in Oslo", "museum theft in Paris", "skogsbrand i Dalarna"])
def test_sharing_a_word_with_an_article_makes_no_topic(assistant: Assistant, topic: str) -> None:
    assert assistant.summarize(topic).abstained


def test_a_topics_words_are_held_in_other_forms() -> None:
    words = TopicWords.of("the Egyptian and Libyan oil protests of 2011")
    assert words.held_by("Egypt's protesters in Libya sold OIL in 2011") == set(words.stems)
    assert words.held_by("Oily waters, 20110, unprotested, liberty") == set()
    assert TopicWords.of("Syria").touch("the Syrian army") and not TopicWords.of("oil").touch("a foil")
    assert TopicWords.of("").touch("anything") and TopicWords.of("").held_by("anything") == set()


@pytest.mark.parametrize(
    ("topic", "first", "last"),
    [
        ("what is new since Monday", date(2023, 11, 13), None),
        ("November 2023", date(2023, 11, 1), date(2023, 11, 30)),
        ("Was gab es am 15. November 2023 Neues?", date(2023, 11, 15), date(2023, 11, 15)),
    ],
)
def test_a_topic_that_names_only_a_time_means_all_articles_of_it(topic: str, first: date, last: date | None) -> None:
    span = asks_only_when(understand_question(topic, asked_on=date(2023, 11, 16)))
    assert span is not None and span.first == first and (last is None or span.last == last)


def test_a_time_counted_from_today_limits_a_topic_and_a_stated_one_does_not() -> None:
    asked_on = date(2023, 11, 16)
    counted = understand_question("the ferry since Monday", asked_on=asked_on)
    assert asks_only_when(counted) is None
    assert limit_to_time(Filters(), counted).published_from == date(2023, 11, 13)
    stated = understand_question("the ferry in November 2022", asked_on=asked_on)
    assert limit_to_time(Filters(), stated) == Filters()


def test_a_digest_of_a_time_is_told_in_the_language_of_the_topic(assistant: Assistant) -> None:
    summary = assistant.summarize("what is new since Monday", asked_on=date(2023, 11, 16))
    assert summary.language == "en" and summary.coverage.read > 0


@pytest.mark.parametrize(
    ("topic", "language"), [("Ferrolyt insolvency", "en"), ("Gemälde", "de"), ("Kaltenrode dam", "en")]
)
def test_a_topic_of_few_words_has_the_language_of_the_articles_that_have_them(
    assistant: Assistant, topic: str, language: str
) -> None:
    assert detect_question_language(topic) != language
    assert assistant.timeline(topic).language == language


def test_coverage_adds_up_and_counts_copies_once(assistant: Assistant) -> None:
    everything = assistant.summarize(None, filters=Filters(languages=("sv", "de", "en"))).coverage
    articles = list(assistant.corpus.catalogue.articles())
    assert everything.matching == len(articles) == 32
    assert everything.copies == len(assistant.corpus.catalogue.copies()) == 2
    assert everything.read == 30 and everything.left_out == 0
    assert everything.undated == sum(article.metadata.published_at is None for article in articles)
    assert sum(everything.languages.values()) == everything.matching


def test_coverage_is_told_in_the_language_of_the_question() -> None:
    read = [make_article("a", "x", "2024-05-03"), make_article("b", "x", language="sv")]
    coverage = measure_coverage(read, [make_article("c", "x", "2024-05-18")], [])
    assert coverage.tell("en") == "Read 2 of 3 matching articles, 1 copies folded; en 2, sv 1; " \
                                  "3 May 2024 – 18 May 2024, 1 undated."
    assert coverage.tell("de").startswith("2 von 3 passenden Artikeln gelesen")


@pytest.mark.parametrize("length", ["headline", "paragraph", "page"])
def test_a_length_is_kept(assistant: Assistant, length: str) -> None:
    summary = assistant.summarize(FERRY, length=length)  # type: ignore[arg-type]
    sides = summary.text.count("The articles give different figures")
    assert 0 < len(summary.sentences) - sides <= LENGTHS[length][1]  # type: ignore[index]


def test_a_paragraph_of_one_article_is_short(assistant: Assistant) -> None:
    longest = max(assistant.corpus.catalogue.articles(originals_only=True), key=lambda one: len(one.text))
    summary = assistant.summarize(None, filters=Filters(articles=(longest.name,)))
    quotes = [one.quote for one in summary.citations]
    assert 2 <= len(quotes) <= 3 and sum(map(len, quotes)) <= CHARS["paragraph"][1]
    assert {one.article for one in summary.citations} == {longest.name}


def test_a_paragraph_of_short_sentences_has_more_of_them(embedder: Embedder) -> None:
    lines = [
        "Bron över Tallån rasade natten mot torsdagen i höst.",
        "Ingen människa skadades när spannet föll i ån.",
        "Tre bilar stod kvar på bron men deras förare var borta.",
        "Vattnet hade stigit i två dygn efter skyfallen.",
        "Räddningstjänsten var på plats klockan fem på morgonen.",
        "Skolan i Nedre Tallby håller stängt i en vecka.",
        "Kommunen hade redan i våras varnat för djupa sprickor.",
        "En ny bro av stål är beställd från ett varv i Umeå.",
        "Färjan går tills vidare var tionde minut hela dygnet.",
        "Bönderna på östra sidan räknar sina förlorade djur.",
        "Elen är nu tillbaka i nästan alla hushåll i trakten.",
        "Ingenjören bakom bron bad invånarna om ursäkt i går.",
    ]
    article = make_article("bro", " ".join(lines), "2024-05-03", language="sv")
    topic = Topic(None, None, (article,), (0.0,), measure_coverage([article], [], []))
    chosen = choose_points(topic, "sv", "paragraph", RememberedVectors(embedder.embed_passages))
    told = sum(len(one.sentence.text) for one in chosen)
    assert LENGTHS["paragraph"][0] < len(chosen) < len(lines)
    assert CHARS["paragraph"][0] <= told < CHARS["paragraph"][0] + max(map(len, lines))


def test_a_headline_is_one_sentence_and_not_the_title(assistant: Assistant) -> None:
    for topic in ("färjan Ejdervind", "The Ice Fishers Rydkvarn"):
        (citation,) = assistant.summarize(topic, length="headline").citations
        assert citation.quote != citation.title


def test_a_headline_within_the_text_is_told_neither_in_a_summary_nor_in_a_timeline() -> None:
    text = "Bridge closed after storm damage\n\nThe bridge at Lomvik was closed after a storm tore off its railing."
    article = Article("a", text, "en", Metadata(title="Bridge closed after storm damage", published_at="2024-05-15"))
    assert [one.text for one in read_sentences([article], "")] == [text.split("\n\n")[1]]
    dated, _ = read_dated([article], "")
    assert [one.text for one in dated] == [text.split("\n\n")[1]]


def test_figures_that_differ_stand_side_by_side(assistant: Assistant) -> None:
    summary = assistant.summarize(FERRY, length="page")
    assert "17 Menschen verletzt" in summary.text and "14 " in summary.text
    assert "The articles give different figures" in summary.text


def test_filters_choose_what_is_digested(assistant: Assistant) -> None:
    summary = assistant.summarize(None, filters=Filters(languages=("de",), published_from=date(2025, 1, 1)))
    assert summary.citations and {citation.language for citation in summary.citations} == {"de"}
    assert all((citation.published_at or "") >= "2025" for citation in summary.citations)


def test_nothing_to_digest_is_said_in_one_line(assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="name a topic, or choose articles by a filter"):
        assistant.summarize(None)


def test_events_are_dated_cited_and_in_order(assistant: Assistant, ferry: Timeline) -> None:
    days = [event.date for event in ferry.events]
    assert days == sorted(days)
    assert "2023-11-14" in days  # "on Tuesday", "på tisdagskvällen", "am Dienstagabend", told on the day after
    for event in ferry.events:
        assert event.citations and event.text == event.citations[0].quote
        assert all(is_verbatim(assistant, citation) for citation in event.citations)
        assert event.end_date is None or event.end_date > event.date


def test_an_event_told_by_several_articles_is_one_with_all_its_citations(ferry: Timeline) -> None:
    told = max(ferry.events, key=lambda event: len(event.citations))
    assert len({citation.article_id for citation in told.citations}) == len(told.citations) >= 3


def test_what_no_day_is_told_for_stands_apart(ferry: Timeline) -> None:
    assert ferry.undated
    assert all(citation.published_at is None for citation in ferry.undated)


def test_relative_days_count_from_the_publication_day() -> None:
    lines = Path(__file__).with_name("data").joinpath("dates.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row.get("relative") and row.get("earliest")]
    right = 0
    for row in rows:
        dated, _ = read_dated([make_article("a", row["text"], row["reference"], row["language"])], "")
        spans = {(one.occasion.first.isoformat(), one.occasion.last.isoformat()) for one in dated}
        right += (row["earliest"], row["latest"]) in spans
    assert right / len(rows) >= 0.95


def test_without_a_publication_day_relative_days_are_not_guessed() -> None:
    dated, undated = read_dated([make_article("a", "The bridge was closed on Tuesday after the storm.")], "")
    assert dated == [] and len(undated) == 1


def test_habits_and_photographs_are_no_events() -> None:
    text = "The market is open every Friday in the old town.\n\nThe bridge on 3 May 2019."
    article = Article("a", text, "en", Metadata(published_at="2024-05-15"), ("The bridge on 3 May 2019.",))
    dated, _ = read_dated([article], "")
    assert [one.origin for one in dated] == ["published"]


def test_of_a_large_topic_days_come_first_and_background_last() -> None:
    texts = ["The dam broke on 3 May 2019.", "It was built in 2012.", "Much was spent in May 2019.",
             "Another dam broke on 9 June 1984.", "A lone voice spoke on 4 May 2019."]
    articles = [
        make_article(f"a{number}", "\n\n".join(texts[:4] if number else texts), f"2019-05-{number % 28 + 1:02d}")
        for number in range(MANY_ARTICLES + 1)
    ]
    dated, _ = read_dated(articles, "")
    ranked = [occasion for occasion, _ in rank_occasions(dated, {one.id: 0.1 for one in articles})]
    days = [occasion.first for occasion in ranked if occasion.precision == "day"]
    assert days[0] == date(2019, 5, 3) and date(2019, 5, 4) not in days
    assert [occasion.precision for occasion in ranked] == ["day"] * len(days) + ["month", "year"]
    weights = dict(rank_occasions(dated, {one.id: 0.1 for one in articles}))
    by_day = {occasion.first: weight for occasion, weight in weights.items() if occasion.precision == "day"}
    assert by_day[date(1984, 6, 9)] < by_day[date(2019, 5, 3)] / 5


def test_a_timeline_is_written_as_markdown_csv_and_calendar(ferry: Timeline, tmp_path: Path) -> None:
    for name in ("line.md", "line.csv", "line.ics"):
        export_timeline(ferry, tmp_path / name)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "line.csv").read_text(encoding="utf-8"))))
    assert len(rows) == sum(len(event.citations) for event in ferry.events)
    entries = Calendar.from_ical((tmp_path / "line.ics").read_bytes()).walk("VEVENT")
    assert [str(entry.decoded("dtstart")) for entry in entries] == [event.date for event in ferry.events]
    assert "14 November 2023" in (tmp_path / "line.md").read_text(encoding="utf-8")
    with pytest.raises(QuestionError, match=r"end its name in \.md or \.csv or \.ics"):
        export_timeline(ferry, tmp_path / "line.pdf")


def test_article_text_cannot_act_in_an_exported_file() -> None:
    hostile = '=HYPERLINK("http://evil.example") <img src=x onerror=alert(1)> [here](javascript:x)'
    citation = Citation(1, "a", "id", None, None, None, "en", hostile, 0, len(hostile))
    coverage = measure_coverage([], [], [])
    summary = Summary("t", "en", f"{hostile} [1]", False, coverage, (), (citation,))
    from assistant.digest.export import summary_markdown
    from assistant.digest.records import TimelineEvent

    assert "<img" not in summary_markdown(summary).replace("\\<img", "")
    assert "](javascript" not in summary_markdown(summary).replace("\\](", "")
    event = TimelineEvent("2024-01-01", None, "day", hostile, (citation,), "stated", "x", 1.0)
    line = Timeline("t", "en", (event,), (), coverage)
    assert "'=HYPERLINK" in timeline_csv(line)
    assert "](javascript" not in timeline_markdown(line).replace("\\](", "")
    assert "BEGIN:VEVENT" in timeline_calendar(line)


def test_a_summary_is_written_to_a_file(assistant: Assistant, tmp_path: Path) -> None:
    export_summary(assistant.summarize(FERRY), tmp_path / "ferry.md")
    text = (tmp_path / "ferry.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {FERRY}") and "## Sources" in text and "matching articles" in text


def test_a_models_summary_is_checked_sentence_by_sentence(demo_corpus: Path) -> None:
    script = Script(["The ferry ran aground near Almskär [1]. ", "The captain was a robot [1][99]. ", "So it is."])
    with fake_endpoint(script) as url:
        opened = Assistant.open(demo_corpus, Settings(corpus=demo_corpus, base_url=url))
        summary = opened.summarize(FERRY)
        opened.corpus.close()
    assert "[99]" not in summary.text
    verdicts = [sentence.verdict for sentence in summary.sentences]
    assert verdicts[0] == "supported" and verdicts[1] != "supported"
    assert summary.sentences[2].reasons == ("cites nothing",)


def test_a_model_that_recites_its_instructions_shows_none_of_them(demo_corpus: Path) -> None:
    rules = load_prompt("summary").template.partition("Passages:")[0].replace("$language", "English")
    recited = "\n".join(line for line in rules.splitlines() if len(line.split()) > 8)
    with fake_endpoint(Script(pieces=recited.split(" ."))) as url:
        opened = Assistant.open(demo_corpus, Settings(corpus=demo_corpus, base_url=url))
        summary = opened.summarize(FERRY)
        opened.close()
    assert "You know nothing but" not in summary.text and "orders" not in summary.text
    assert all(sentence not in summary.text for sentence in recited.split(". ") if len(sentence.split()) > 8)


def test_a_model_that_fails_leaves_the_quoted_summary(demo_corpus: Path) -> None:
    with fake_endpoint(Script(status=401)) as url:
        opened = Assistant.open(demo_corpus, Settings(corpus=demo_corpus, base_url=url))
        summary = opened.summarize(FERRY)
        opened.corpus.close()
    assert summary.notice is not None and "refused the key" in summary.notice
    assert summary.citations and all(sentence.verdict == "supported" for sentence in summary.sentences)


def test_an_empty_topic_is_nothing() -> None:
    empty = Topic(None, None, (), (), measure_coverage([], [], []))
    assert empty.coverage.matching == 0 and empty.coverage.tell("en") == "Read 0 of 0 matching articles."
