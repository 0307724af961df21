"""Passages side by side in an article become one hit, and the place goes to another article."""

from __future__ import annotations

from assistant.retrieve.fusion import Candidate
from assistant.retrieve.neighbours import as_hit, group_neighbours
from ingest.article import Article, Passage

TEXT = "The pier is closed.\n\nIt is to be repaired. The mayor is pleased."
ARTICLE = Article("lomvik.txt", TEXT, "en")


def candidate(text: str, score: float, article: Article = ARTICLE, kind: str = "body") -> Candidate:
    start = article.text.index(text) if kind == "body" else 0
    end = start + len(text) if kind == "body" else 0
    passage = Passage(article.id, start, end, text, "body" if kind == "body" else "caption")
    return Candidate(passage.id, passage, "en", 0.8, score)


def test_neighbours_share_a_place() -> None:
    other = Article("almskar.txt", "Seven gulls nest there.", "en")
    ranked = [candidate("It is to be repaired.", 2.0), candidate(other.text, 1.5, other),
              candidate("The pier is closed.", 1.0), candidate("The mayor is pleased.", 0.5)]
    groups = group_neighbours(ranked, 2)
    assert [[one.passage.text for one in group] for group in groups] == [
        ["It is to be repaired.", "The pier is closed."], [other.text]
    ]
    hit = as_hit(groups[0], ARTICLE)
    assert hit.passage.text == "The pier is closed.\n\nIt is to be repaired."
    assert ARTICLE.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert (hit.score, hit.why[-1]) == (2.0, "with the passage beside it")
    assert as_hit(groups[1], other).passage == groups[1][0].passage


def test_what_is_not_side_by_side_stays_apart() -> None:
    ranked = [candidate("The pier is closed.", 2.0), candidate("The mayor is pleased.", 1.0),
              candidate("A closed pier.", 0.9, kind="caption")]
    assert [len(group) for group in group_neighbours(ranked, 3)] == [1, 1, 1]
    assert len(group_neighbours(ranked, 2)) == 2
    assert group_neighbours([], 3) == []
