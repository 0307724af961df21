"""The citation of a stretch of an article, with what the catalogue knows of its copies."""

from __future__ import annotations

from assistant.records import Citation, Verdict
from ingest.article import Article
from ingest.corpus import Corpus


class Citer:
    """Makes citations of one corpus' articles."""

    def __init__(self, corpus: Corpus) -> None:
        self._catalogue = corpus.catalogue

    def __call__(
        self, marker: int, article: Article, start: int, end: int, verdict: Verdict = "supported",
        reasons: tuple[str, ...] = (),
    ) -> Citation:
        """A citation of `article.text[start:end]`, with the publishers of its copies."""
        meta = article.metadata
        copies = self._catalogue.articles_by_id(self._catalogue.copies_of(article.id)).values()
        also = tuple(sorted({copy.metadata.publisher or copy.name for copy in copies}))
        return Citation(
            marker, article.name, article.id, meta.title, meta.publisher, meta.published_at, article.language,
            article.text[start:end], start, end, verdict, reasons, also,
        )
