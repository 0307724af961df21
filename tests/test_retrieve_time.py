"""Forty questions with a time scope over things that happen again and again: in scope first, undated never lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.settings import Settings
from ingest.embed import Embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

ASKED_ON = date(2024, 6, 12)
DAYS = (
    "2017-09-14", "2018-04-20", "2019-10-09", "2021-02-11", "2021-11-03", "2022-05-17", "2022-07-21", "2022-11-24",
    "2023-02-08", "2023-03-22", "2023-10-12", "2024-03-19", "2024-05-16", "2024-06-05", "undated",
)
THINGS = {
    "en": "roof road well wall crane school hall bridge lamp park gate pier tower track library".split(),
    "sv": "ån vägen brunnen muren kranen skolan hallen bron lyktan parken grinden kajen tornet båten arkivet".split(),
    "de": "Bad Straße Brunnen Mauer Kran Schule Halle Brücke Laterne Park Tor Steg Turm Gleis Archiv".split(),
}
STORIES = {
    "lomvik": ("en", "Lomvik council pays for the {thing}",
        "The council of Lomvik decided to spend {number} crowns on the {thing} by the harbour. Members voted"
        " {number} to 9 after a long debate, and the mayor, Ansa Rolvik, said that the {thing} could not wait"
        " any longer."),
    "ashmoor": ("en", "Ashmoor strike: talks about the {thing}",
        "Workers at the Ashmoor mill went on strike over the {thing} and demanded {number} more an hour. The"
        " owners offered half of that in talks that went on all night, and the union agreed to ask its members"
        " about the {thing}."),
    "ejdervind": ("sv", "Färjan Ejdervind stilla vid {thing}",
        "Färjan Ejdervind blev liggande vid {thing} efter ett fel i motorn, och {number} resenärer fick vänta."
        " Rederiet ställde in turerna under dagen och sade att felet vid {thing} skulle lagas innan kvällen."),
    "bråsele": ("sv", "Bråsele betalar för {thing}",
        "Fullmäktige i Bråsele beslutade att lägga {number} kronor på {thing}. Omröstningen var jämn, och"
        " ordföranden Iva Lindmyr sade att renoveringen av {thing} inte kunde vänta längre."),
    "gande": ("de", "Hochwasser an der Gande erreicht {thing}",
        "Die Gande trat über die Ufer und stand {number} Zentimeter hoch vor {thing}. Die Feuerwehr pumpte"
        " {number} Keller leer und sperrte die Straßen zwischen {thing} und dem Markt, bis das Wasser wieder"
        " fiel."),
    "grauental": ("de", "Grauental zahlt für {thing}",
        "Der Rat von Grauental beschloss, {number} Taler für {thing} auszugeben. Die Abstimmung war knapp, und"
        " Bürgermeisterin Edda Wolfram sagte, die Arbeiten an {thing} könnten nicht länger warten."),
}
QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "time_questions.jsonl").read_text(encoding="utf-8").splitlines()
]


def articles() -> Iterator[dict[str, str]]:
    for story, (language, title, text) in STORIES.items():
        for number, (day, thing) in enumerate(zip(DAYS, THINGS[language], strict=True), start=3):
            told = {"thing": thing, "number": str(number * 17)}
            row = {"id": f"{story} {day}", "language": language}
            row |= {"title": title.format(**told), "text": text.format(**told)}
            yield row if day == "undated" else row | {"published_at": day}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("again")
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, articles())), encoding="utf-8")
    corpus = open_corpus_for_writing(folder / "corpus", embedder, "local")
    report = ingest_articles([folder / "rows.jsonl"], corpus, embedder)
    assert (report.failed, report.copies) == ([], 0)
    corpus.close()
    yield Assistant.open(folder / "corpus", Settings())


def test_the_time_asked_about_is_first_and_undated_articles_stay(assistant: Assistant) -> None:
    missed, lost = [], []
    for asked in QUESTIONS:
        names = [hit.article.name for hit in assistant.search(asked["question"], 90, asked_on=ASKED_ON)]
        day = names[0].split()[1]
        if day == "undated" or not (asked["from"] or "") <= day <= (asked["to"] or "9"):
            missed.append((asked["question"], names[:3]))
        story = names[0].split()[0]
        if f"{story} undated" not in names[:20]:
            lost.append((asked["question"], names[:3]))
    assert len(QUESTIONS) == 40
    assert len(missed) <= 0.1 * len(QUESTIONS), missed
    assert not lost
