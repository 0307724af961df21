"""Details that the articles do not tell of what they tell about, and the sentence that does tell one."""

from __future__ import annotations

import pytest

from assistant.abstain import THRESHOLD, answer_features, answer_likelihood
from assistant.answer.asked import what_is_asked
from assistant.answer.extractive import Quote, choose_quotes
from assistant.question import understand_question
from assistant.vectors import RememberedVectors
from ingest.article import Article, Metadata, Passage, ScoredPassage
from ingest.embed import Embedder

HARBOUR = Article("harbour", (
    "Hamnchefen Tuva Ekmarker lämnar sin post i Grönvik efter bråket om kranen. Beskedet kom på onsdagen. "
    "– Jag har gjort mitt, säger hon. Kommunen börjar nu leta efter en efterträdare."
), "sv", Metadata("Hamnchefen slutar"))
CHOIR = Article("choir", (
    "Der Kirchenchor von Altmoor hat am Sonntag sein neues Gemeindehaus bezogen. Der Chorleiter Jost Hinnerk, 58, "
    "probt dort jeden Dienstag mit 34 Sängern. Die alte Orgel soll im Frühjahr verkauft werden."
), "de", Metadata("Chor hat neues Zuhause"))
BAKERY = Article("bakery", (
    "A fire destroyed the Pennick bakery in Low Garth on Friday night. Nobody was hurt. The owner, Della Pennick, says "
    "she will open a stall next week. The baker's apprentice saved the oven book."
), "en", Metadata("Bakery burns down"))
INSURER = Article("insurer", (
    "Die Bäckerei Pennick in Low Garth ist am Freitag ausgebrannt. Der Versicherer schätzt den Schaden auf 340.000 "
    "Pfund. Die Polizei sucht Zeugen."
), "de", Metadata("Feuer in englischer Bäckerei"))
TOLLS = Article("tolls", (
    "Die Stadt Brunnau will ihre Brücke sanieren. Für die Arbeiten sind 4,2 Millionen Euro vorgesehen. Die Fahrbahn "
    "wird im Sommer gesperrt, und die Linie 7 fährt eine Umleitung."
), "de", Metadata("Brücke wird saniert"))
MILL = Article("mill", (
    "The old mill at Carrow Bridge burned for two days last month. Investigators now know the cause. A belt in the "
    "drying room had run hot and lit the dust. The mill had made paper since 1871."
), "en", Metadata("Carrow mill report"))


def answer(embedder: Embedder, question: str, *articles: Article) -> tuple[list[Quote], float]:
    query = understand_question(question)
    passages = [
        ScoredPassage(Passage(one.id, 0, len(one.text), one.text), one, 2.0 - 0.1 * rank)
        for rank, one in enumerate(articles)
    ]
    background = {one.language: 0.755 if one.language == query.language else 0.722 for one in articles}
    embed = RememberedVectors(embedder.embed_passages)
    quotes = choose_quotes(query, embedder.embed_query(query.text), passages, embed, background)
    return quotes, answer_likelihood(answer_features(query, quotes, passages))


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        ("Hur gammal är hamnchefen Tuva Ekmarker?", (HARBOUR, CHOIR)),
        ("Was verdient Chorleiter Jost Hinnerk im Jahr?", (CHOIR, TOLLS)),
        ("How old is the baker Della Pennick?", (BAKERY, CHOIR)),
        ("Wie viel kostete die alte Orgel in Altmoor?", (CHOIR, TOLLS)),
        ("Hur många procent av Grönviks invånare stöder hamnchefen Tuva Ekmarker?", (HARBOUR, TOLLS)),
    ],
)
def test_a_detail_told_of_something_else_is_no_answer(
    embedder: Embedder, question: str, articles: tuple[Article, ...]
) -> None:
    assert answer(embedder, question, *articles)[1] < THRESHOLD


@pytest.mark.parametrize(
    ("question", "articles", "told"),
    [
        ("Wie alt ist der Chorleiter Jost Hinnerk?", (CHOIR, HARBOUR), "58"),
        ("How much damage did the fire at the Pennick bakery cause?", (BAKERY, INSURER), "340.000 Pfund"),
        ("Hur stora är skadorna efter branden i bageriet Pennick?", (BAKERY, INSURER), "340.000 Pfund"),
        ("Wie teuer wird die Sanierung der Brücke in Brunnau, was kostet sie?", (TOLLS, CHOIR), "4,2 Millionen"),
        ("How many singers does the choir of Altmoor have?", (CHOIR, BAKERY), "34"),
        ("Hur många sångare har kören i Altmoor?", (CHOIR, HARBOUR), "34"),
    ],
)
def test_the_sentence_with_what_is_asked_is_quoted_alone_or_first(
    embedder: Embedder, question: str, articles: tuple[Article, ...], told: str
) -> None:
    quotes, likelihood = answer(embedder, question, *articles)
    assert told in quotes[0].text
    assert all(quote.told for quote in quotes)
    assert likelihood >= THRESHOLD


@pytest.mark.parametrize("question", [
    "What caused the fire at the Carrow mill?", "Vad orsakade branden i kvarnen vid Carrow Bridge?",
    "Was war die Ursache des Brandes in der Mühle von Carrow?",
])
def test_a_cause_that_is_spoken_of_is_told_by_the_next_sentence(embedder: Embedder, question: str) -> None:
    quotes, _ = answer(embedder, question, MILL, BAKERY)
    assert "run hot" in quotes[0].text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hur stor blev skadan på magasinet?", "money"), ("Wie hoch war der Vertrag mit der Reinigungsfirma?", "money"),
        ("How large was the fine for the ferry company?", "money"), ("Vad orsakade raset i tunneln?", "reason"),
        ("Wie kam es zu dem Unfall am Deich?", "reason"), ("What was the cause of the delay?", "reason"),
        ("Hur hög är masten?", "length"), ("Wie groß ist der Garten?", "size"),
    ],
)
def test_kinds_by_what_is_measured(question: str, kind: str) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    assert asked.kind == kind


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Hur gammal är Moa Lindvret?", "Moa Lindvret, 44, leder kören.", "Det är 2 000 år av historia, säger de."),
        ("Wie alt ist der Müller?", "Der 61-jährige Müller winkt ab.", "Er bekam vier Jahre Haft."),
        ("How old is the pilot?", "The pilot is 39 years old.", "She served 12 years in the navy."),
        ("How many boats sank?", "Six boats sank in the bay.", "The yard, once full of boats, lies empty."),
        ("How many people marched?", "Some 3,000 marchers came to the square.", "They met on 3 March in the square."),
        ("Hur ofta går bussen?", "Bussen går två gånger i veckan.", "Bussen kör förbi skolan på fredag."),
        ("Wie oft tagt der Rat?", "Der Rat tagt zweimal im Monat.", "Der Rat tagt im Rathaus."),
        ("När får kunderna pengarna?", "Pengarna kommer inom fem bankdagar.", "Pengarna kommer från en fond."),
        ("Seit wann arbeitet sie dort?", "Sie arbeitet seit elf Jahren im Hafen.", "Sie arbeitet gern im Hafen."),
        ("Hur länge väntade de?", "De väntade en halvtimme på båten.", "De kom tre veckor innan båten."),
        ("Why did the shop close?", "It closed because the rent had doubled.", "It closed after a party on Friday."),
        ("Warum fehlt der Zug?", "Er fehlt wegen eines Schadens an der Achse.", "Er kam da an, um acht Uhr."),
        ("Varför stängs badet?", "Badet stängs eftersom taket läcker.", "Då stängs badet, säger chefen."),
    ],
)
def test_what_holds_a_thing_of_a_kind(question: str, told: str, not_told: str) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    assert asked.is_told_by(told)
    assert not asked.is_told_by(not_told)
