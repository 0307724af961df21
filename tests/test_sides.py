"""Where articles differ and agree: what counts the same, what is one event, and what is only rounded or a part."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest

from assistant.answer.asked import what_is_asked
from assistant.answer.candidates import Candidate
from assistant.answer.counting import count_alike
from assistant.answer.extractive import choose_quotes
from assistant.answer.figures import figures_of, relate_figures
from assistant.answer.mentions import find_mentions
from assistant.answer.same_event import same_event
from assistant.question import understand_question
from assistant.vectors import RememberedVectors
from ingest.article import Article, Metadata, Passage, ScoredPassage
from ingest.embed import Embedder

CASES = Path(__file__).parent / "data" / "sides.jsonl"


@lru_cache(maxsize=1)
def cases() -> dict[str, dict]:
    return {case["id"]: case for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines())}


def said(embedder: Embedder, case: dict) -> tuple[bool, int]:
    """Whether the articles of a case are said to differ, and how many at most to say one thing independently."""
    query = understand_question(case["question"])
    passages = []
    for place, one in enumerate(case["articles"]):
        meta = Metadata(one["title"], published_at=one["date"])
        article = Article(str(place), one["text"], one["language"], meta)
        passage = Passage(article.id, 0, len(article.text), article.text)
        passages.append(ScoredPassage(passage, article, 2 - 0.1 * place))
    background = {one["language"]: 0.755 if one["language"] == query.language else 0.722 for one in case["articles"]}
    embed = RememberedVectors(embedder.embed_passages)
    quotes = choose_quotes(query, embedder.embed_query(query.text), passages, embed, background)
    return any(quote.standing.differs for quote in quotes), max(quote.standing.voices for quote in quotes)


@pytest.mark.parametrize("name", ["c01", "c09", "c24", "c31", "c36", "c41", "c47", "c65", "c72", "c74"])
def test_two_reports_that_differ(embedder: Embedder, name: str) -> None:
    assert cases()[name]["label"] == "conflict"
    assert said(embedder, cases()[name])[0]


@pytest.mark.parametrize("name", ["c03", "c15", "c39", "c49", "c62"])
def test_two_reports_that_agree(embedder: Embedder, name: str) -> None:
    assert cases()[name]["label"] == "agreement"
    assert said(embedder, cases()[name]) == (False, 2)


@pytest.mark.parametrize(
    "name", ["c02", "c07", "c08", "c19", "c26", "c32", "c46", "c51", "c56", "c58", "c61", "c64", "c69", "c71"]
)
def test_what_is_no_other_report_does_not_differ(embedder: Embedder, name: str) -> None:
    assert cases()[name]["label"] in ("neither", "compatible")
    assert not said(embedder, cases()[name])[0]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (("More than 40 were hurt.", "en"), ("43 skadades.", "sv"), "agree"),
        (("41.237 Haushalte", "de"), ("Some 41,000 homes", "en"), "agree"),
        (("8,4 Kilometer", "de"), ("8.15 kilometres", "en"), "differ"),
        (("4 200 hushåll", "sv"), ("4.237 Haushalte", "de"), "unlike"),
        (("5,2 miljoner kronor", "sv"), ("610.000 Euro", "de"), "unlike"),
        (("5,2 miljoner kronor", "sv"), ("900.000 Euro", "de"), "differ"),
        (("£412,000", "en"), ("398.000 Pfund", "de"), "differ"),
        (("38 miljoner kronor", "sv"), ("60 000 kronor", "sv"), "unlike"),
        (("three weeks", "en"), ("21 dagar", "sv"), "agree"),
        (("three weeks", "en"), ("drei Kilometer", "de"), "unlike"),
    ],
)
def test_figures_that_can_be_two_reports_of_one(
    left: tuple[str, str], right: tuple[str, str], relation: str
) -> None:
    assert relate_figures(figures_of(*left), figures_of(*right)) == relation
    assert relate_figures(figures_of(*right), figures_of(*left)) == relation


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("14 300 fordon varje dygn", "90 Lastwagen pro Woche", "unlike"),
        ("14 300 fordon varje dygn", "11,800 vehicles a day", "alike"),
        ("Der Turm ist 68 Meter hoch", "kyrkan är 41 meter lång", "unlike"),
        ("14 personer skadades", "14 Menschen wurden verletzt", "alike"),
        ("14 personer skadades", "14 people died", "unlike"),
        ("Die Gewerkschaft fordert 7 Prozent", "wages rise by 5 per cent", "unlike"),
        ("Die Brücke ist gesperrt", "in total 14 boats today", "unknown"),
    ],
)
def test_words_that_tell_what_is_counted(left: str, right: str, alike: str) -> None:
    assert count_alike(left, right) == count_alike(right, left) == alike


@pytest.mark.parametrize(
    ("question", "text", "language", "figures"),
    [
        ("Hur många skadades?", "14 personer skadades, varav två allvarligt.", "sv", ["14"]),
        ("Hur många evakuerades?", "40 av dem som evakuerades var barn.", "sv", []),
        ("How much damage was done?", "It injured two workers and cost £3m.", "en", ["£3m"]),
        ("How much damage was done?", "It injured two workers.", "en", []),
        ("Wie viele Zellen wurden gebaut?", "Die Schulden sind 310 Millionen Euro.", "de", []),
        ("Wie viele Zentimeter fehlten?", "Es fehlten 40 Zentimeter und drei Helfer.", "de", ["40"]),
    ],
)
def test_figures_that_answer(question: str, text: str, language: str, figures: list[str]) -> None:
    asked = what_is_asked(question)
    assert asked is not None
    one = Candidate(Article("a", text, language, Metadata()), 0, len(text), 1.0, False)
    assert [mention.told.text for mention in find_mentions(understand_question(question), asked, one, 0)] == figures


def test_one_event_has_the_questions_names() -> None:
    asked = understand_question("Hur många skadades vid branden i Lomviken?")
    swedish = Article("a", "Branden i Lomviken skadade fyra.", "sv", Metadata())
    german = Article("b", "Beim Brand in Lomviken wurden fünf verletzt.", "de", Metadata())
    other = Article("c", "Beim Brand in Ekholmen wurden fünf verletzt.", "de", Metadata())
    assert same_event(asked, swedish, german)
    assert not same_event(asked, swedish, other)


def test_articles_without_the_questions_names_must_share_their_own() -> None:
    asked = understand_question("Hur mycket vatten släpptes ut?")
    text = "Vattnet vid Kaltenrode och Unterwehr steg, säger Osthoff i Grauental."
    one = Article("a", text, "sv", Metadata())
    same = Article("b", "Nach Angaben von Osthoff (Grauental) stieg es in Kaltenrode und Unterwehr.", "de", Metadata())
    assert same_event(asked, one, same)
    assert not same_event(asked, one, Article("c", "Nach Angaben von Osthoff regnet es.", "de", Metadata()))
