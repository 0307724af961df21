"""Answers in the articles' own sentences: what is asked for, which sentences are chosen, where figures differ."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.about import describe_article, list_dated
from assistant.answer.about_which import asked_about, find_article
from assistant.answer.asked import counted_word, what_is_asked
from assistant.answer.extractive import Part, Quote, choose_quotes
from assistant.answer.figures import figures_of, relate_figures, same_figures
from assistant.question import Query, question_parts, understand_question
from assistant.records import Length
from assistant.vectors import RememberedVectors
from ingest.article import Article, Metadata, Passage, ScoredPassage
from ingest.embed import Embedder


def news(
    name: str, text: str, language: str, *, publisher: str | None = None, published: str | None = None,
    title: str | None = None, author: str | None = None,
) -> Article:
    return Article(name, text, language, Metadata(title, author, publisher, published_at=published))


def quotes_for(
    embedder: Embedder, question: str, *articles: Article, length: Length = "normal"
) -> list[Quote]:
    query = understand_question(question)
    passages = [
        ScoredPassage(Passage(one.id, 0, len(one.text), one.text), one, 2.0 - 0.1 * rank)
        for rank, one in enumerate(articles)
    ]
    background = {one.language: 0.755 if one.language == query.language else 0.722 for one in articles}
    parts = [Part(part, embedder.embed_query(part.text)) for part in question_parts(query)]
    embed = RememberedVectors(embedder.embed_passages)
    return choose_quotes(query, embedder.embed_query(query.text), passages, embed, background, parts, length=length)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hur många fåglar räknades i Lomviken?", "number"), ("Wie viele Vögel wurden gezählt?", "number"),
        ("How long did the count last?", "duration"), ("Hur länge varade räkningen?", "duration"),
        ("Hur långt fängelsestraff fick han?", "duration"), ("Hur långt är det till bron?", "extent"),
        ("How far did the boat drift?", "extent"),
        ("Was kostet die neue Brücke?", "money"), ("Vilken andel av väljarna röstade?", "percent"),
        ("Wann wurde die Brücke gebaut?", "date"), ("In which year was the bridge built?", "date"),
        ("Vem ritade bron?", "person"), ("Warum ist die Brücke gesperrt?", "reason"),
        ("Where is the bridge?", "place"), ("Wie alt ist der Turm?", "age"), ("Vad heter rektorn?", "called"),
    ],
)
def test_what_is_asked(question: str, kind: str) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    assert asked.kind == kind


def test_nothing_particular_is_asked() -> None:
    assert what_is_asked("Vad sägs om bron?") is None
    assert what_is_asked("How far into the talks did she leave?") is None


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("How many boats sank?", "Seven boats sank.", "Prices rose 7 per cent in 2019, from 4am on 3 May."),
        ("Hur länge var bron stängd?", "Bron var stängd i tre veckor.", "Bron var stängd för alla."),
        ("Was kostete die Orgel?", "Sie kostete 40.000 Euro.", "Sie hat 40.000 Pfeifen."),
        ("When was the 1887 painting sold?", "It was sold in 1912.", "The 1887 painting was sold."),
        ("Varför ställdes festen in?", "Den ställdes in på grund av regn.", "Festen ställdes in."),
    ],
)
def test_only_what_the_question_lacks_is_an_answer(question: str, told: str, not_told: str) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    assert asked.is_told_by(told)
    assert not asked.is_told_by(not_told)


def test_long_runs_of_digits_do_not_hang() -> None:
    asked = what_is_asked("How many boats sank?")
    assert asked is not None
    asked.is_told_by("1 " * 20_000 + "1.1," * 20_000 + "x" * 50_000)


def test_counted_word() -> None:
    assert counted_word("Hur många fåglar räknades?") == "fåglar"
    assert counted_word("How many people came?") is None
    assert counted_word("Vad är klockan?") is None


def test_figures_agree_and_differ() -> None:
    swedish = figures_of("Skadorna kostar 4,5 miljoner kronor.", "sv")
    german = figures_of("Der Schaden beträgt 4,5 Millionen Kronen.", "de")
    more = figures_of("The damage will cost 6 million kronor.", "en")
    assert relate_figures(swedish, german) == "agree"
    assert same_figures(swedish, german)
    assert relate_figures(swedish, more) == "differ"
    assert relate_figures(swedish, figures_of("It rose by 6 per cent.", "en")) == "unlike"


LEAD = "Lomvikens bro över Tarmsundet är åter öppen för trafik sedan reparationen blivit klar."
ANSWER = "Reparationen kostade 14 miljoner kronor."


def test_the_answering_sentence_comes_before_the_lead(embedder: Embedder) -> None:
    article = news("bro", f"{LEAD}\n\n{ANSWER}", "sv")
    quotes = quotes_for(embedder, "Vad kostade reparationen av Lomvikens bro?", article)
    assert [quote.text for quote in quotes] == [ANSWER]
    assert article.text[quotes[0].start : quotes[0].end] == quotes[0].text


def test_each_part_of_a_question_gets_a_sentence(embedder: Embedder) -> None:
    text = "Orgeln i Grävinge kyrka invigdes 1904.\n\nKyrkans orgel kostade 40 000 kronor."
    quotes = quotes_for(embedder, "När invigdes orgeln i Grävinge kyrka och vad kostade den?", news("o", text, "sv"))
    assert len(quotes) == 2


def test_parts_of_a_question() -> None:
    parts = question_parts(understand_question("When was the tower built, and who paid for it?"))
    assert [part.question for part in parts] == ["When was the tower built", "who paid for it"]
    assert "tower" in parts[1].text
    assert question_parts(understand_question("Who paid for the tower and the bridge?")) == []


@pytest.mark.parametrize(("question", "texts"), [
    ("Wie lange lag das Boot im Bad, und ab wann kann man es im Museum sehen?",
     ["Wie lange lag das Boot im Bad", "ab wann kann man es im Museum sehen Boot Bad"]),
    ("Vilken ersättning får de som åkte med Lomfärjan, och vad kan den få som var utan el i tolv timmar?",
     ["Vilken ersättning får de som åkte med Lomfärjan", "vad kan den få som var utan el i tolv timmar Lomfärjan"]),
    ("Where did Ines Varg grow up, and what is her job?",
     ["Where did Ines Varg grow up", "what is her job Ines Varg"]),
])
def test_a_later_part_borrows_the_names_of_the_others(question: str, texts: list[str]) -> None:
    assert [part.text for part in question_parts(understand_question(question))] == texts


def test_a_fact_told_in_two_languages_is_quoted_once(embedder: Embedder) -> None:
    swedish = news("s", "Tornet i Grävinge är 84 meter högt.", "sv")
    german = news("g", "Der Turm in Grävinge ist 84 Meter hoch.", "de")
    quotes = quotes_for(embedder, "Wie hoch ist der Turm in Grävinge?", swedish, german)
    assert [quote.article.language for quote in quotes] == ["de"]


def test_articles_that_differ_stand_side_by_side_newest_first(embedder: Embedder) -> None:
    first = news("a", "Vid branden på hotell Kronhjorten skadades 14 personer.", "sv", published="2023-04-02")
    later = news("b", "Bei dem Brand im Hotel Kronhjorten wurden 17 Menschen verletzt.", "de", published="2023-04-05")
    quotes = quotes_for(embedder, "Hur många skadades vid branden på hotell Kronhjorten?", first, later)
    assert [(q.article.name, q.standing.differs, q.standing.newest) for q in quotes] == [
        ("b", True, True), ("a", True, False)]


def test_agreeing_articles_count_once_a_text(embedder: Embedder) -> None:
    question = "Hur många skadades vid branden på hotell Kronhjorten?"
    text = "Vid branden på hotell Kronhjorten skadades 14 personer."
    own = news("b", "Bei dem Brand im Hotel Kronhjorten wurden 14 Menschen verletzt.", "de")
    (alone,) = quotes_for(embedder, question, news("a", text, "sv"), news("copy", text, "sv"))
    assert alone.standing.voices == 1
    (backed,) = quotes_for(embedder, question, news("a", text, "sv"), own)
    assert (backed.standing.voices, backed.standing.differs) == (2, False)


def test_no_sentences_no_quotes(embedder: Embedder) -> None:
    assert quotes_for(embedder, "Vem ritade bron?", news("a", "Kort.", "sv")) == []


DATED = news("d", "The bridge reopened on Monday. It is 90 metres long.", "en", publisher="The Lomvik Herald",
             published="2024-02-08", title="Bridge reopens", author="Ada Stenmark")
UNDATED = news("u", "Nästa vecka möts ministrarna i Ekholmen. Mötet hålls den 15 september på slottet.", "sv",
               publisher="Dagens Ekholm", title="Ministermöte i Ekholmen")


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("När publicerades Dagens Ekholms artikel om mötet?", ("date",)),
        ("Wann ist der Artikel über die Brücke erschienen?", ("date",)),
        ("Who wrote the Lomvik Herald article?", ("author",)),
        ("Whose byline is on the Lomvik Herald piece?", ("author",)),
        ("Vem skrev artikeln och vilket datum publicerades den?", ("date", "author")),
        ("Aus welcher Quelle stammt der Artikel?", ("publisher",)),
        ("Which of the articles states its publication date?", ("dated articles",)),
        ("When was the bridge built?", ()), ("Who wrote the opera?", ()),
        ("According to the article, when was the report published?", ()),
    ],
)
def test_questions_about_articles(question: str, fields: tuple[str, ...]) -> None:
    assert asked_about(question) == fields


def test_a_stated_date() -> None:
    query = understand_question("When was the Lomvik Herald article about the bridge published?")
    assert find_article(query, [UNDATED, DATED]) is DATED
    about = describe_article(query, ("date", "author"), DATED, ())
    (line,) = about.statements
    assert about.told
    assert "8 February 2024" in line.text
    assert "Ada Stenmark" in line.text


def test_an_undated_article_is_called_so_with_what_its_text_hints() -> None:
    query = Query("När publicerades artikeln om ministermötet?", "När publicerades artikeln om ministermötet?", "sv")
    assert find_article(query, [DATED, UNDATED]) is UNDATED
    about = describe_article(query, ("date",), UNDATED, ())
    (line,) = about.statements
    assert about.told
    assert "inget publiceringsdatum anges" in line.text
    assert "15 september" in line.text
    assert "2024" not in line.text
    assert "15 september" in UNDATED.text[line.start : line.end]


def test_an_unknown_author_is_an_abstention() -> None:
    query = Query("Wer hat den Artikel geschrieben?", "Wer hat den Artikel geschrieben?", "de")
    about = describe_article(query, ("author",), UNDATED, ())
    assert not about.told
    assert "geht nicht hervor" in about.statements[0].text


def test_sources_named_on_the_page() -> None:
    query = Query("Which sources does the article have?", "Which sources does the article have?", "en")
    about = describe_article(query, ("publisher",), DATED, ("Source: Nordbyrån",))
    assert "The Lomvik Herald" in about.statements[0].text
    assert "Nordbyrån" in about.statements[0].text


def test_the_dated_articles_are_listed_and_the_others_counted() -> None:
    query = Query("Which article is dated?", "Which article is dated?", "en")
    about = list_dated(query, [DATED, UNDATED], 8)
    assert [line.article.name for line in about.statements] == ["d", "u"]
    assert "1 of 2" in about.statements[1].text
    assert not list_dated(query, [UNDATED], 8).told


def test_a_missing_kind_of_answer_makes_an_answer_less_likely(embedder: Embedder) -> None:
    query = understand_question("How long did the phone call between the ministers last?")
    without = news("a", "The ministers of Ekholm and Grävinge spoke on the phone about the bridge.", "en")
    told = news("b", "The phone call between the ministers of Ekholm and Grävinge lasted 40 minutes.", "en")
    likelihoods = []
    for article in (without, told):
        passage = ScoredPassage(Passage(article.id, 0, len(article.text), article.text), article, 1.0)
        quotes = quotes_for(embedder, query.question, article)
        likelihoods.append(answer_likelihood(answer_features(query, quotes, [passage])))
    assert likelihoods[0] < likelihoods[1]


@pytest.mark.parametrize(
    ("question", "word"),
    [("Vad heter kaptenen på båten?", "kaptenen"), ("Was sagte die Pfarrerin?", "Pfarrerin"),
     ("What is the name of the captain?", "captain"), ("What did they say?", None)],
)
def test_who_is_asked_about(question: str, word: str | None) -> None:
    assert counted_word(question) == word


def test_a_price_that_no_sentence_tells_is_no_answer(embedder: Embedder) -> None:
    query = understand_question("What did the new bridge of Lomvik cost?")
    article = news("a", "The new bridge of Lomvik was opened on Friday by the mayor of the town.", "en")
    passage = ScoredPassage(Passage(article.id, 0, len(article.text), article.text), article, 1.0)
    features = answer_features(query, quotes_for(embedder, query.question, article), [passage])
    assert features["missing"] == 1.0
    assert answer_likelihood(features) < THRESHOLD


def test_each_article_speaks_in_an_overview(embedder: Embedder) -> None:
    first = news("a", "The bridge of Lomvik is shut because of rust. A ferry runs every hour.", "en")
    second = news("b", "Lomviks bro stängs i två år. Reparationen kostar 14 miljoner kronor.", "sv")
    query = understand_question("Summarise what the articles say about the bridge of Lomvik.")
    passages = [ScoredPassage(Passage(one.id, 0, len(one.text), one.text), one, 2.0) for one in (first, second)]
    quotes = choose_quotes(query, embedder.embed_query("bridge of Lomvik"), passages,
                           RememberedVectors(embedder.embed_passages), {"en": 0.755, "sv": 0.722}, breadth="overview")
    assert {quote.article.name for quote in quotes} == {"a", "b"}


def test_a_timeline_is_in_the_order_of_what_it_tells(embedder: Embedder) -> None:
    article = news("a", "The bridge of Lomvik opens on 9 June 2025. Work on the bridge began on 4 May 2023.", "en")
    query = understand_question("Make a timeline of the bridge of Lomvik.")
    passages = [ScoredPassage(Passage(article.id, 0, len(article.text), article.text), article, 2.0)]
    quotes = choose_quotes(query, embedder.embed_query("bridge of Lomvik"), passages,
                           RememberedVectors(embedder.embed_passages), {"en": 0.755}, breadth="timeline")
    assert "".join(quote.text for quote in quotes).index("2023") < "".join(quote.text for quote in quotes).index("2025")


def test_an_answer_is_as_long_as_wanted(embedder: Embedder) -> None:
    told = news("bridge.txt", (
        "The new bridge of Lomvik is praised by cyclists.\n\nFishermen say that the new bridge of Lomvik is too low."
        "\n\nThe new bridge of Lomvik is painted red.\n\nThe new bridge of Lomvik hums in the wind, neighbours say."
        "\n\nThe mayor calls the new bridge of Lomvik a gift to the town.\n\nBread got dearer in March."
    ), "en")
    short, normal, long = (
        quotes_for(embedder, "What is said about the new bridge of Lomvik?", told, length=length)
        for length in get_args(Length)
    )
    assert len(short) == 1 < len(normal) <= 3 < len(long) <= 6
    assert short[0].text == normal[0].text == long[0].text


def test_a_short_answer_still_hears_both_sides(embedder: Embedder) -> None:
    one = news("a.txt", "The new bridge of Lomvik cost 40 million kronor.", "en", published="2025-03-01")
    other = news("b.txt", "The new bridge of Lomvik cost 55 million kronor.", "en", published="2025-03-02")
    quotes = quotes_for(embedder, "How much did the new bridge of Lomvik cost?", one, other, length="short")
    assert {quote.article.name for quote in quotes} == {"a.txt", "b.txt"}


@pytest.mark.parametrize(("question", "telling", "other"), [
    ("Hur ofta går bussen?", "Bussen går var femtonde minut.", "Bussen rymmer 40 resande."),
    ("Wie oft fährt die Seilbahn?", "Sie fährt alle zwei Stunden.", "Sie trägt 90 Gäste."),
    ("How often does the choir meet?", "It meets twice a week.", "It has 30 singers."),
    ("How long is the tunnel?", "It is 3.4 miles long.", "It has 90 lamps."),
    ("Wie lang ist der Deich?", "Er misst 612 Meter.", "Er schützt 40 Häuser."),
    ("How long is the film?", "It lasts two hours.", "Two weeks after the premiere it was sold."),
    ("How deep is the harbour?", "It is 12 metres deep.", "It was dug in two years."),
    ("Wie weit ist es zur Insel?", "Bis zur Insel sind es neun Kilometer.", "Die Fahrt dauert zwei Stunden."),
    ("Hur djupt låg vraket?", "Vraket låg på 41 meters djup.", "Dykarna letade i tre dagar."),
    ("Hur hårt blåste det?", "Vinden nådde 31,2 m/s vid fyren.", "41 000 hushåll blev utan el."),
    ("Wie schwer ist die Glocke?", "Sie wiegt 4,5 Tonnen.", "Sie läutet seit 90 Jahren."),
])
def test_a_measure_is_told_by_its_own_unit_only(question: str, telling: str, other: str) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    assert asked.is_told_by(telling)
    assert not asked.is_told_by(other)
