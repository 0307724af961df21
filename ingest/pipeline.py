"""The order of the stages: read → clean → describe → de-duplicate → split → embed → store.

The only module of `ingest` that knows them all. A run can be repeated and interrupted: unchanged
files are skipped by size and time, unchanged pages by content, and an article counts only when it
is stored whole.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.article import Article, CleanedPage, Failure, Metadata, Page, stable_id
from ingest.clean import CLEANER_VERSION, clean_page, repair_text, unglue_text
from ingest.corpus import Corpus, StoredArticle
from ingest.corpus.catalogue import StoredPage
from ingest.corpus.lock import writer_lock
from ingest.corpus.recipe import make_recipe
from ingest.dates import find_dates
from ingest.dedupe import find_original, sample_shingles, shingle_text
from ingest.embed import Embedder
from ingest.language import detect_language
from ingest.metadata import describe_page
from ingest.readers import Source, find_sources, read_source
from ingest.split import SPLITTER_VERSION, passage_header, split_article

# Articles are embedded and stored together until they have this many passages: enough for the embedder
# to sort by length, few enough that a kill loses seconds of work.
BATCH_PASSAGES = 128
BATCH_ARTICLES = 64


@dataclass(slots=True)
class IngestReport:
    """What a run did: counts of articles, failures with reasons, seconds of wall-clock time, tokens embedded."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    failed: list[Failure] = field(default_factory=list)
    passages: int = 0
    seconds: float = 0.0
    embed_seconds: float = 0.0
    tokens: int = 0
    interrupted: bool = False

    def to_json(self) -> dict[str, Any]:
        """The document of `assistant ingest --json`."""
        return {
            "added": self.added, "updated": self.updated, "unchanged": self.unchanged,
            "removed": self.removed, "copies": self.copies,
            "failed": [{"article": failure.name, "reason": failure.reason} for failure in self.failed],
            "passages": self.passages, "seconds": round(self.seconds, 3),
            "embed_seconds": round(self.embed_seconds, 3), "tokens": self.tokens,
            "interrupted": self.interrupted,
        }


Progress = Callable[[int, int, IngestReport], None]


def prepare_page(page: Page) -> tuple[Article, CleanedPage]:
    """Clean and describe one page: the stages that need neither corpus nor embedder."""
    cleaned = clean_page(page)
    language = page.given.get("language") or detect_language(cleaned.text)
    metadata = _repaired(describe_page(page, cleaned, language))
    text = "\n\n".join([cleaned.text, *_dated(cleaned.captions, language)]).strip()
    article = Article(page.name, text, language[:2].lower(), metadata, cleaned.captions, cleaned.confidence)
    return article, cleaned


def _dated(captions: Sequence[str], language: str) -> list[str]:
    """Captions that say on what day a picture was taken: facts that must be quotable, so part of the text."""
    return [
        caption for caption in dict.fromkeys(captions)
        if any(mention.year and mention.day and not mention.relative for mention in find_dates(caption, language))
    ]


def _repaired(metadata: Metadata) -> Metadata:
    """Names and titles with the same repairs as the text: they are shown and searched beside it."""
    def mend(value: str | None) -> str | None:
        return repair_text(value)[0].strip() or None if value else None

    return replace(
        metadata, title=mend(metadata.title), author=mend(metadata.author),
        publisher=mend(metadata.publisher), section=mend(metadata.section),
    )


def read_articles(paths: Sequence[Path]) -> Iterator[tuple[Article, CleanedPage] | Failure]:
    """Read, clean and describe every page under `paths`, storing nothing."""
    for source in find_sources(paths):
        for page in read_source(source):
            yield page if isinstance(page, Failure) else prepare_page(page)


def open_corpus_for_writing(
    directory: Path, embedder: Embedder, embedding: str, *, chroma_url: str | None = None
) -> Corpus:
    """Create or open a corpus with the recipe that this embedder and these stages make."""
    collection = f"articles-{stable_id(str(directory.resolve()))}" if chroma_url else "passages"
    recipe = make_recipe(
        embedder=embedder.name, dimensions=embedder.dimensions, embedding=embedding,
        splitter=SPLITTER_VERSION, cleaner=CLEANER_VERSION, collection=collection,
    )
    return Corpus.create(directory, recipe, chroma_url=chroma_url)


def ingest_articles(
    paths: Sequence[Path], corpus: Corpus, embedder: Embedder, *, prune: bool = False, progress: Progress | None = None
) -> IngestReport:
    """Bring a corpus up to date with the files under `paths`; `progress(files done, files, report)`.

    Raises InputError when nothing can be read and LockedError when another run is writing.
    """
    sources = find_sources(paths)
    with writer_lock(corpus.directory):
        run = _Run(corpus, embedder)
        started = time.perf_counter()
        try:
            corpus.repair()
            for number, source in enumerate(sources):
                run.take(source, prune=prune)
                if progress:
                    progress(number + 1, len(sources), run.report)
            run.flush()
            if prune:
                run.prune_vanished(sources)
        except KeyboardInterrupt:
            run.report.interrupted = True
        run.report.seconds = time.perf_counter() - started
    return run.report


def remove_articles(names: Sequence[str], corpus: Corpus, embedder: Embedder) -> IngestReport:
    """Remove articles by name; a copy takes the place of an original that goes."""
    with writer_lock(corpus.directory):
        run = _Run(corpus, embedder)
        for name in names:
            run.remove(stable_id(name), name)
        run.flush()
    return run.report


@dataclass(slots=True)
class _Prepared:
    article: Article
    page: StoredPage
    shingles: frozenset[int]
    copy_of: str | None = None


class _Run:
    """The state of one run: the report, and the articles that wait to be embedded and stored together."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self.report = IngestReport()
        self._corpus = corpus
        self._catalogue = corpus.catalogue
        self._embedder = embedder
        self._pending: dict[str, _Prepared] = {}
        self._waiting_passages = 0
        self._stamps: dict[str, tuple[int, int]] = {}

    # files

    def take(self, source: Source, *, prune: bool) -> None:
        """Take the pages of one file, or skip it when neither size nor time has changed."""
        key = str(source.path.resolve())
        stamp = _stamp(source.path)
        if stamp is not None and self._catalogue.file_stamp(key) == stamp:
            self.report.unchanged += len(self._catalogue.articles_of_source(key))
            self.report.failed += self._catalogue.failures(key)
            return
        failures: list[Failure] = []
        seen: set[str] = set()
        for page in read_source(source):
            failure = page if isinstance(page, Failure) else self._take_page(page, source, key, seen)
            if failure is not None:
                failures.append(failure)
        self._catalogue.replace_failures(key, failures)
        self.report.failed += failures
        if prune:
            for article_id in set(self._catalogue.articles_of_source(key)) - seen:
                self.remove(article_id, article_id)
        if stamp is not None:
            self._stamps[key] = stamp

    def prune_vanished(self, sources: Sequence[Source]) -> None:
        """Remove the articles of files that were in these folders once and are gone."""
        roots = {source.root for source in sources}
        for key in self._catalogue.known_files():
            path = Path(key)
            if not path.exists() and any(path.is_relative_to(root) for root in roots):
                for article_id in self._catalogue.articles_of_source(key):
                    self.remove(article_id, article_id)
                self._catalogue.forget_file(key)
        self.flush()

    def remove(self, article_id: str, name: str) -> None:
        """Remove one article; its copies are looked at anew."""
        if self._catalogue.article_state(article_id) is None:
            self.report.failed.append(Failure(name, "is not in the corpus: see `assistant corpus`"))
            return
        copies = self._catalogue.copies_of(article_id)
        self._corpus.remove(article_id)
        self.report.removed += 1
        for copy in copies:
            self._restore(copy)

    # pages

    def _take_page(self, page: Page, source: Source, key: str, seen: set[str]) -> Failure | None:
        page = self._named(page, source, key)
        article_id = stable_id(page.name)
        if article_id in seen:
            return Failure(page.name, "stands twice in this file: the first one was taken")
        seen.add(article_id)
        digest = _digest(page)
        state = self._catalogue.article_state(article_id)
        if state is not None and state[2] and state[0] == digest:
            self.report.unchanged += 1
            return None
        article, cleaned = prepare_page(page)
        if not article.text:
            return Failure(page.name, "has no text: nothing to store")
        chars = len(page.text if page.text is not None else page.html or "")
        self._add(article, StoredPage(key, digest, cleaned.lines, chars))
        if state is None:
            self.report.added += 1
        else:
            self.report.updated += 1
        return None

    def _named(self, page: Page, source: Source, key: str) -> Page:
        """Give a file's page its folder's name too when another folder has a file of that name."""
        if page.name != source.name:
            return page
        state = self._catalogue.article_state(stable_id(page.name))
        pending = self._pending.get(stable_id(page.name))
        other = pending.page.source if pending else state[1] if state else key
        if other == key or not Path(other).exists():
            return page
        return Page(f"{source.root.name}/{page.name}", page.text, page.html, page.given)

    def _add(self, article: Article, page: StoredPage) -> None:
        prepared = _Prepared(article, page, shingle_text(article.text))
        displaced = self._catalogue.copies_of(article.id)
        match = find_original(prepared.shingles, self._shared(article.id), self._shingles_of)
        if match is not None:
            original = self._root(match.article_id)
            if match.is_longer and original == match.article_id:
                displaced = [original, *self._catalogue.copies_of(original), *displaced]
            elif original != article.id:
                prepared.copy_of = original
        if displaced or (match and match.article_id in self._pending):
            self.flush()
        self._pending[article.id] = prepared
        self._waiting_passages += 1 + len(article.text) // 800
        if displaced:
            self.flush()
            for article_id in displaced:
                self._restore(article_id)
        elif self._waiting_passages >= BATCH_PASSAGES or len(self._pending) >= BATCH_ARTICLES:
            self.flush()

    def _restore(self, article_id: str) -> None:
        """Store an article again whose original has changed or gone; it may become an original itself."""
        article, page = self._catalogue.article(article_id), self._catalogue.stored_page(article_id)
        if article is None or page is None:
            return
        prepared = _Prepared(article, page, shingle_text(article.text))
        match = find_original(prepared.shingles, self._shared(article_id), self._shingles_of)
        if match is not None and self._root(match.article_id) != article_id:
            prepared.copy_of = self._root(match.article_id)
        self._pending[article_id] = prepared
        self.flush()

    def _root(self, article_id: str) -> str:
        """The original behind a stored or waiting article, itself when it is no copy."""
        pending = self._pending.get(article_id)
        original = pending.copy_of if pending else self._catalogue.original_of(article_id)
        return original or article_id

    def _shared(self, own_id: str) -> Callable[[Sequence[int]], dict[str, int]]:
        def count(hashes: Sequence[int]) -> dict[str, int]:
            counts = self._catalogue.shingle_matches(hashes)
            for article_id, prepared in self._pending.items():
                counts[article_id] = len(prepared.shingles.intersection(hashes))
            counts.pop(own_id, None)
            return counts

        return count

    def _shingles_of(self, article_id: str) -> frozenset[int]:
        if article_id in self._pending:
            return self._pending[article_id].shingles
        article = self._catalogue.article(article_id)
        return shingle_text(article.text) if article else frozenset()

    # storing

    def flush(self) -> None:
        """Split, embed and store what waits, then mark the files whose pages are all stored."""
        batch = [self._index(prepared) for prepared in self._pending.values()]
        self._embed(batch)
        if batch:
            self._corpus.store([stored for stored, _ in batch])
        self._pending.clear()
        self._waiting_passages = 0
        for key, stamp in self._stamps.items():
            self._catalogue.write_file_stamp(key, stamp)
        self._stamps.clear()

    def _index(self, prepared: _Prepared) -> tuple[StoredArticle, list[str]]:
        """The article ready to store but for its vectors, and the texts to embed for them."""
        article = prepared.article
        sample = sample_shingles(prepared.shingles)
        if prepared.copy_of is not None:
            self.report.copies += 1
            return StoredArticle(article, prepared.page, sample, copy_of=prepared.copy_of), []
        counter = self._embedder.count_tokens
        passages = split_article(article, lambda text: counter([text])[0], self._embedder.max_tokens)
        texts = [unglue_text(passage.text) for passage in passages]
        stored = StoredArticle(article, prepared.page, sample, passages, texts)
        return stored, [passage_header(article) + text for text in texts]

    def _embed(self, batch: list[tuple[StoredArticle, list[str]]]) -> None:
        """Embed all passages of a batch at once and put the vectors where they belong."""
        texts = [text for _, part in batch for text in part]
        if not texts:
            return
        self.report.tokens += sum(self._embedder.count_tokens(texts))
        started = time.perf_counter()
        vectors = self._embedder.embed_passages(texts)
        self.report.embed_seconds += time.perf_counter() - started
        self.report.passages += len(texts)
        begin = 0
        for position, (stored, part) in enumerate(batch):
            rows = vectors[begin : begin + len(part)]
            begin += len(part)
            complete = StoredArticle(
                stored.article, stored.page, stored.shingles, stored.passages, stored.index_texts, rows, stored.copy_of
            )
            batch[position] = (complete, part)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _digest(page: Page) -> str:
    content = json.dumps([page.text, page.html, sorted(page.given.items())])
    return hashlib.sha256(content.encode()).hexdigest()


def metadata_json(article: Article, cleaned: CleanedPage) -> dict[str, Any]:
    """One entry of `assistant clean --json`."""
    meta: Metadata = article.metadata
    return {
        "article": article.name, "title": meta.title, "author": meta.author, "publisher": meta.publisher,
        "section": meta.section, "published_at": meta.published_at,
        "published_from": meta.provenance.get("published_at"), "updated_at": meta.updated_at,
        "estimate": list(meta.estimate) if meta.estimate else None, "provenance": dict(meta.provenance),
        "language": article.language, "text": article.text, "captions": list(article.captions),
        "confidence": round(article.confidence, 3), "repairs": list(cleaned.repairs),
        "dropped": [{"text": line.text, "reason": line.reason} for line in cleaned.dropped],
    }
