"""The health report of a corpus: what is in it, from when, what was folded, what failed."""

from __future__ import annotations

from typing import Any

from ingest.corpus.store import Corpus


def report_corpus(corpus: Corpus) -> dict[str, Any]:
    """The document of `assistant corpus --json`: counts of what is stored, sizes in bytes."""
    count = corpus.catalogue.count
    done = "FROM article WHERE done = 1"
    totals = count(
        f"SELECT COUNT(*), SUM(published_at IS NULL), SUM(page_chars), SUM(LENGTH(text)),"
        f" SUM(confidence < 0.5), MIN(published_at), MAX(published_at) {done}"
    )[0]
    articles, undated, page_chars, text_chars, unsure, first, last = totals
    passages = count("SELECT COUNT(*) FROM passage p JOIN article a ON a.id = p.article_id WHERE a.done = 1")
    return {
        "articles": articles,
        "passages": passages[0][0],
        "languages": dict(count(f"SELECT language, COUNT(*) {done} GROUP BY 1 ORDER BY 2 DESC, 1")),
        "publishers": dict(
            count(f"SELECT COALESCE(publisher, ''), COUNT(*) {done} GROUP BY 1 ORDER BY 2 DESC, 1")
        ),
        "months": dict(
            count(f"SELECT SUBSTR(published_at, 1, 7), COUNT(*) {done} AND published_at NOT NULL GROUP BY 1")
        ),
        "from": first,
        "to": last,
        "undated": undated or 0,
        "low_confidence": unsure or 0,
        "boilerplate": round(1 - (text_chars or 0) / page_chars, 3) if page_chars else 0.0,
        "copies": [list(pair) for pair in corpus.catalogue.copies()],
        "stories": [],
        "failed": [{"article": f.name, "reason": f.reason} for f in corpus.catalogue.failures()],
        "recipe": corpus.recipe,
        "bytes": _sizes(corpus),
    }


def _sizes(corpus: Corpus) -> dict[str, int]:
    sizes = {"catalogue": 0, "vectors": 0, "lexical": 0}
    for file in corpus.directory.rglob("*"):
        if file.is_file():
            top = file.relative_to(corpus.directory).parts[0]
            key = top if top in sizes else "catalogue"
            sizes[key] += file.stat().st_size
    return sizes
