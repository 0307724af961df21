"""One run over a corpus: pages are compared, split, embedded and stored in batches, in their order.

What is stored follows from the order of the pages alone, not from where one batch ends, so that a run that
was killed and repeated makes the same corpus as one that was not.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.article import Failure, stable_id
from ingest.batches import Batches
from ingest.clean import CLEANER_VERSION
from ingest.copies import Copies
from ingest.corpus import Corpus, StoredArticle
from ingest.corpus.changes import Task
from ingest.corpus.files import FileState
from ingest.corpus.rows import StoredPage
from ingest.dedupe import Fingerprint, fingerprint_text
from ingest.indexing import Indexer, stored_again
from ingest.intake import FinishedFile, FoundPage, Intake
from ingest.prepare import Prepared, prepare_article
from ingest.progress import IngestReport, Kind
from ingest.split import SPLITTER_VERSION

if TYPE_CHECKING:
    from ingest.embed import Embedder


class Run:
    """The state of one run: its report, the batch that is filled and the batch that is being embedded."""

    def __init__(self, corpus: Corpus, embedder: Embedder, embedders: int = 1) -> None:
        self.report = IngestReport()
        self._corpus = corpus
        self._catalogue = corpus.catalogue
        self._indexer = Indexer(corpus, embedder)
        self._copies = Copies(corpus.catalogue)
        self._batches = Batches(corpus, self._indexer, self._copies, self.report, embedders)
        self._held: list[str] = []
        self._failures: list[Failure] = []
        self._seen: set[str] = set()

    def close(self) -> None:
        """Let go of the embedder; what was not stored yet is given up."""
        self._indexer.close()

    # what comes in

    def repair(self) -> None:
        """Finish what a killed run left half written, and what it left to be done."""
        unfinished = self._catalogue.unfinished_articles()
        self._corpus.remove([article_id for article_id, was_leaving in unfinished if was_leaving])
        rows = [self._catalogue.row(article_id) for article_id, was_leaving in unfinished if not was_leaving]
        batch = [stored_again(row) for row in rows if row is not None]
        if batch:
            embedded = self._indexer.embed(batch).result()
            self._corpus.index(embedded.articles, replaced=[stored.article.id for stored in batch])
        self._do_chores()

    def take(self, found: FoundPage, prepared: Prepared | Failure | None, intake: Intake) -> None:
        """Take one page, unless its article is stored as it is."""
        article_id = stable_id(found.page.name)
        if article_id in self._seen:
            self.fail(Failure(found.page.name, "stands twice in this file: the first one was taken"))
            return
        self._seen.add(article_id)
        if self._copies.is_waiting(article_id):
            self.drain()  # another file of this run has a page of the same name
        state = self._catalogue.article_state(article_id)
        if intake.is_current(state, found.digest):
            self.report.unchanged += 1
            self._held.append(article_id)
            return
        prepared = prepared or prepare_article(found.page)
        if isinstance(prepared, Prepared) and not prepared.article.text:
            prepared = Failure(found.page.name, "has no text: nothing to store")
        if isinstance(prepared, Failure):
            self.fail(prepared)
            self._held += [article_id] if state is not None else []
            return
        self._held.append(article_id)
        self._take_article(prepared, found, "added" if state is None else "updated")

    def fail(self, failure: Failure) -> None:
        """A page that could not be taken."""
        self._failures.append(failure)
        self.report.failed.append(failure)

    def finish_file(self, file: FinishedFile) -> None:
        """All pages of a file are taken; it is remembered once they are stored."""
        if file.is_unchanged:
            self.report.unchanged += self._catalogue.count_held(file.key)
            self.report.failed += self._catalogue.failures(file.key)
            return
        self._batches.add_file(FileState(file.key, file.stamp, tuple(self._held), tuple(self._failures)))
        self._held, self._failures, self._seen = [], [], set()

    def split_older(self) -> None:
        """Split anew what another version of the splitter made; the text stays as it is."""
        for article_id in self._catalogue.older_splits(SPLITTER_VERSION):
            if row := self._catalogue.row(article_id):
                fingerprint = fingerprint_text(row.article.text)
                stored = self._indexer.split(row.article, row.page, fingerprint.sample.tolist())
                self._batches.add(stored, "updated")
        self.drain()

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles; their copies are compared anew, one of them takes the place of each."""
        self.drain()
        self._corpus.remove(article_ids)
        self.report.removed += len(article_ids)
        self._do_chores()

    # one article

    def _take_article(self, prepared: Prepared, found: FoundPage, kind: Kind) -> None:
        article = prepared.article
        chars = len(found.page.text if found.page.text is not None else found.page.html or "")
        page = StoredPage(found.key, found.digest, prepared.cleaned.lines, chars, CLEANER_VERSION)
        if kind == "updated" and self._catalogue.article(article.id) == article:
            self._catalogue.mark_cleaned(article.id, page)
            self.report.unchanged += 1
            return
        former = self._former_name(article.id, found.digest) if kind == "added" else None
        if former is not None:
            self._copies.leave(former)
        stored = StoredArticle(article, page, SPLITTER_VERSION)
        self._compare(stored, prepared.fingerprint, "renamed" if former else kind, former)

    def _former_name(self, article_id: str, digest: str) -> str | None:
        """The article that had this content in a file that is gone: it has only got another name."""
        for other, _ in self._catalogue.articles_with_digest(digest):
            files = self._catalogue.holders(other)
            if other != article_id and not self._copies.is_leaving(other) and not any(map(os.path.exists, files)):
                return other
        return None

    def _compare(
        self, stored: StoredArticle, fingerprint: Fingerprint, kind: Kind | None, former: str | None = None
    ) -> None:
        """Let an article wait as an original or as a copy; those it displaces are compared once it is stored."""
        article_id = stored.article.id
        match = self._copies.find(article_id, fingerprint, stored.article.language)
        longer = match.article_id if match is not None and match.is_longer else None
        if longer is not None:
            self.drain()  # so that all copies of the one it displaces are in the catalogue
        displaced = self._catalogue.copies_of(article_id)
        displaced += [longer, *self._catalogue.copies_of(longer)] if longer is not None else []
        copy_of = match.article_id if match is not None and longer is None else None
        if copy_of is None:
            stored = self._indexer.split(stored.article, stored.page, fingerprint.sample.tolist())
        else:
            stored = replace(stored, copy_of=copy_of)
        self._copies.wait(article_id, fingerprint, stored.article.language, is_original=copy_of is None)
        chores: list[tuple[str, Task]] = [(former, "remove")] if former is not None else []
        chores += [(key, "compare") for key in dict.fromkeys(displaced) if key != article_id]
        self._batches.add(stored, kind, chores)
        if displaced:
            self.drain()

    # what follows

    def drain(self) -> None:
        """Embed and store all that waits, and do what follows from it."""
        self._batches.drain()
        self._do_chores()

    def _do_chores(self) -> None:
        """Compare the articles whose original has changed or gone; remove those that have another name now."""
        while chores := self._catalogue.chores():
            leaving = [key for key, task in chores if task == "remove"]
            if leaving:
                self._corpus.remove(leaving)
                for key in leaving:
                    self._copies.settle(key)
                continue
            self._compare_again(chores[0][0])

    def _compare_again(self, article_id: str) -> None:
        row = self._catalogue.row(article_id)
        if row is None:
            self._catalogue.drop_chore(article_id)
            return
        self._compare(StoredArticle(row.article, row.page, row.splitter), fingerprint_text(row.article.text), None)
        self._batches.drain()
