"""The second look: a passage with a sentence near the question rises, no further than among the best."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.question import understand_question
from assistant.retrieve import Retriever
from assistant.retrieve.fusion import Candidate
from assistant.retrieve.second_look import LOOKED_AT, WITHIN_REACH, look_again
from ingest.article import Passage
from ingest.corpus import Corpus
from ingest.embed import Embedder

QUERY = np.array([1.0, 0.0])
FAR, NEAR = "Nothing of the kind was said on the pier.", "The ferry pier costs four million crowns."


def candidate(number: int, text: str, score: float) -> Candidate:
    return Candidate(f"{number:02}", Passage(f"article {number}", 0, len(text), text), "en", 0.8, score)


def embed(sentences: Sequence[str]) -> np.ndarray:
    """Near the query when a sentence is NEAR."""
    return np.array([[0.9, 0.44] if sentence == NEAR else [0.75, 0.66] for sentence in sentences])


def test_the_passage_with_the_nearest_sentence_rises() -> None:
    ranked = [
        candidate(1, f"{FAR} {FAR}", 1.2),
        candidate(2, f"{FAR} {NEAR} {FAR}", 1.0),
        candidate(3, "Too short.", 0.9),
    ]
    again = look_again(ranked, QUERY, embed)
    assert [one.id for one in again] == ["02", "01", "03"]
    assert any(reason.startswith("nearest sentence +") for reason in again[0].why)


def test_only_the_best_are_looked_at() -> None:
    ranked = [candidate(n, FAR, 1.0 - n / 100) for n in range(LOOKED_AT)] + [candidate(90, NEAR, 0.5)]
    assert [one.id for one in look_again(ranked, QUERY, embed)] == [one.id for one in ranked]
    far = [candidate(1, FAR, 1.0), candidate(2, NEAR, 0.9 - WITHIN_REACH), candidate(3, NEAR, -WITHIN_REACH)]
    assert [one.id for one in look_again(far, QUERY, embed)] == ["01", "02", "03"]
    assert look_again(ranked[:1], QUERY, embed) == ranked[:1]
    assert look_again([], QUERY, embed) == []


def test_the_passages_found_stay_the_same(demo_corpus: Path, embedder: Embedder) -> None:
    retriever = Retriever(Corpus.open(demo_corpus), embedder)
    query = understand_question("Why was the alarm of the Kunsthalle off?")
    vector = retriever.embed_query(query)
    once = retriever.retrieve(query, vector, LOOKED_AT)
    twice = retriever.retrieve(query, vector, LOOKED_AT, embedder.embed_passages)
    assert {hit.passage.id for hit in once} == {hit.passage.id for hit in twice}
    assert [hit.score for hit in once] != [hit.score for hit in twice]
    assert any("nearest sentence" in reason for reason in twice[0].why)
    assert "alarm" in twice[0].passage.text.casefold()
