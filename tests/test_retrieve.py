"""Retrieval: the right article in any language, scores explained, places shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.retrieve import PASSAGES_AN_ARTICLE
from assistant.retrieve.fusion import standardise


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Why was the alarm of the Kunsthalle off?", "alarm"),
        ("Varför var larmet i konsthallen i Wendelshafen avstängt?", "alarm"),
        ("Warum war der Alarm der Kunsthalle Wendelshafen ausgeschaltet?", "alarm"),
        ("Rydkvarn 1887", "Rydkvarn"),
    ],
)
def test_finds_across_languages(demo_corpus: Path, query: str, words: str) -> None:
    hits = Assistant.open(demo_corpus).search(query)
    assert any(words.casefold() in hit.passage.text.casefold() for hit in hits[:5])


def test_every_hit_is_whole_and_says_why(demo_corpus: Path) -> None:
    hits = Assistant.open(demo_corpus).search("Wie hoch sind die Schulden von Ferrolyt?", 20)
    assert len({hit.passage.id for hit in hits}) == len(hits) == 20
    assert all(hit.why for hit in hits)
    assert all(
        hit.passage.kind == "caption" or hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        for hit in hits
    )
    for hit in hits:
        assert sum(other.article.id == hit.article.id for other in hits) <= PASSAGES_AN_ARTICLE


def test_each_language_gets_a_place(demo_corpus: Path) -> None:
    hits = Assistant.open(demo_corpus).search("storm dam Kaltenrode", 6)
    assert {hit.article.language for hit in hits} == {"sv", "de", "en"}


def test_copies_are_not_found_twice(demo_corpus: Path) -> None:
    assistant = Assistant.open(demo_corpus)
    copies = {copy for copy, _ in assistant.corpus.catalogue.copies()}
    assert copies
    hits = assistant.search("Was ist mit der Fähre Ejdervind passiert?", 50)
    assert not copies & {hit.article.name for hit in hits}


def test_standardise_counts_the_silent_as_zero() -> None:
    scores = standardise({"a": 2.0, "b": 1.0}, 12)
    assert scores["a"] > 2.5
    assert scores["a"] > scores["b"] > 0
    assert standardise({}, 12) == {}
    assert standardise({"a": 1.0}, 1) == {"a": 0.0}
