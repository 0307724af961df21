"""A draft row, the one form in which drafted questions leave this package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.article import Article, stable_id

Row = dict[str, Any]

TITLE_CHARS = (15, 120)


def make_row(
    kind: str, language: str, question: str, evidence: Sequence[tuple[Article, str]],
    gold: Mapping[str, Any] | None = None,
) -> Row:
    """A draft row; `evidence` are (article, verbatim quote), `gold` the other fields of the format."""
    return {
        "id": f"{kind}-{stable_id(question)[:8]}", "question": question, "language": language, "type": kind,
        **(gold or {}), "evidence": [{"article": article.name, "quote": quote} for article, quote in evidence],
        "draft": True,
    }


def title_of(article: Article) -> str | None:
    """The title with single quotation marks, as it is put in double ones; None when it makes no question."""
    title = " ".join((article.metadata.title or "").split())
    if not TITLE_CHARS[0] <= len(title) <= TITLE_CHARS[1]:
        return None
    return title.translate(str.maketrans("\"“”„»«", "’’’’’’"))
