"""The whole health report of a corpus: the counts of what is stored, its stories, and what cleaning did."""

from __future__ import annotations

from typing import Any

from ingest.corpus.report import report_corpus
from ingest.corpus.store import Corpus
from ingest.corpus.story_table import find_stories

# Named in the report: the pages cleaned with the least confidence, worst first.
UNSURE_NAMED = 50


def health_report(corpus: Corpus) -> dict[str, Any]:
    """The document of `assistant corpus --json`; `dropped` and `kept` are characters of page lines by their kind."""
    kinds = _characters_by_kind(corpus)
    return report_corpus(corpus) | {
        "stories": [list(story) for story in find_stories(corpus)],
        "unsure": _unsure(corpus),
        "kept": {kind: characters for kind, dropped, characters in kinds if not dropped},
        "dropped": {kind: characters for kind, dropped, characters in kinds if dropped},
    }


def _unsure(corpus: Corpus) -> list[dict[str, Any]]:
    rows = corpus.catalogue.count(
        "SELECT name, confidence FROM article WHERE done = 1 AND confidence < 0.5 ORDER BY confidence, name LIMIT ?",
        (UNSURE_NAMED,),
    )
    return [{"article": name, "confidence": round(confidence, 3)} for name, confidence in rows]


def _characters_by_kind(corpus: Corpus) -> list[tuple[str, int, int]]:
    """(kind of line, whether it was dropped, characters), most first."""
    return [
        (str(kind), int(dropped), int(characters))
        for kind, dropped, characters in corpus.catalogue.count(
            "SELECT json_extract(l.value, '$[3]'), json_extract(l.value, '$[4]') IS NOT NULL,"
            " SUM(LENGTH(json_extract(l.value, '$[0]'))) FROM article a, json_each(a.lines) l WHERE a.done = 1"
            " GROUP BY 1, 2 ORDER BY 3 DESC, 1"
        )
    ]
