"""One article of a corpus as it is stored: found by what a person knows of it, told in full."""

from __future__ import annotations

from typing import Any

from ingest.corpus import Corpus
from ingest.corpus.story_table import story_of
from ingest.errors import InputError

# So many are named when what was given fits several articles.
NAMED = 5


def find_article(corpus: Corpus, wanted: str) -> str:
    """The id of the article with this name, address or id, or whose name, address or id alone begins so.

    Raises InputError when there is none or more than one.
    """
    for condition in ("{0} = ?1", "SUBSTR({0}, 1, LENGTH(?1)) = ?1"):
        where = " OR ".join(condition.format(column) for column in ("name", "url", "id"))
        found = corpus.catalogue.count(
            f"SELECT id, name FROM article WHERE done = 1 AND ({where}) ORDER BY name LIMIT ?2", (wanted, NAMED + 1)
        )
        if len(found) == 1 or (found and found[0][1] == wanted):
            return str(found[0][0])
        if found:
            names = ", ".join(name for _, name in found[:NAMED]) + (", …" if len(found) > NAMED else "")
            raise InputError(f"{wanted!r} fits more than one article: {names}; say more of the name")
    raise InputError(f"no article {wanted!r}: `assistant corpus` and `assistant search` name what there is")


def describe_article(corpus: Corpus, article_id: str) -> dict[str, Any]:
    """The document of `assistant show --json`: metadata with provenance, text, what was dropped, copies, story."""
    article = corpus.catalogue.articles_by_id([article_id])[article_id]
    meta = article.metadata
    original = corpus.catalogue.original_of(article_id)
    copies = [name for name, of in corpus.catalogue.copies() if of == article.name]
    ((source,),) = corpus.catalogue.count("SELECT source FROM article WHERE id = ?", (article_id,))
    return {
        "article": article.name, "id": article_id, "source": source, "url": meta.url, "title": meta.title,
        "author": meta.author, "publisher": meta.publisher, "section": meta.section,
        "published_at": meta.published_at, "updated_at": meta.updated_at,
        "estimate": list(meta.estimate) if meta.estimate else None, "provenance": dict(meta.provenance),
        "language": article.language, "confidence": round(article.confidence, 3), "text": article.text,
        "captions": list(article.captions),
        "dropped": [
            {"text": line.text, "kind": line.kind, "reason": line.reason}
            for line in corpus.catalogue.lines(article_id) if line.reason is not None
        ],
        "passages": len(corpus.catalogue.passages_of(article_id)),
        "copy_of": corpus.catalogue.articles_by_id([original])[original].name if original else None,
        "copies": copies, "story": list(story_of(corpus, article.name)),
    }
