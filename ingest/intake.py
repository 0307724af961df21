"""Which files and pages must be taken at all: by size and time of a file, then by the content of a page.

Reads the catalogue, writes nothing. What was known when a page was read is only a hint: articles read
before it may still wait to be stored, so the pipeline asks once more when its turn comes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Failure, Page, stable_id
from ingest.clean import CLEANER_VERSION
from ingest.corpus.catalogue import Catalogue
from ingest.corpus.files import Stamp
from ingest.corpus.rows import ArticleState
from ingest.readers import Source, read_source


@dataclass(frozen=True, slots=True)
class Again:
    """What is taken once more although it has not changed."""

    failed: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the file `key`, its content digest, and whether it seems to be stored already."""

    key: str
    page: Page
    digest: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """The end of a file; `is_unchanged` when it was not read at all."""

    key: str
    stamp: Stamp | None
    is_unchanged: bool = False


class Intake:
    """The files of one run, in order."""

    def __init__(self, sources: Sequence[Source], catalogue: Catalogue, again: Again) -> None:
        self.sources = sources
        self._catalogue = catalogue
        self._again = again
        self._owners: dict[str, str] = {}
        self._unchanged: dict[str, Stamp] = {}

    def bytes_to_read(self) -> dict[str, int]:
        """Bytes of the files that are new or changed, by the last part of their suffix; to be asked once, first."""
        sizes: dict[str, int] = {}
        for source in self.sources:
            stamp = file_stamp(source.path)
            if stamp is not None and self._is_unchanged(source.key, stamp):
                self._unchanged[source.key] = stamp
            elif stamp is not None:
                suffix = source.path.suffix.lower()
                sizes[suffix] = sizes.get(suffix, 0) + stamp[0]
        return sizes

    def read(self) -> Iterator[FoundPage | Failure | FinishedFile]:
        """The pages and failures of all files, each file followed by its end."""
        for source in self.sources:
            key = source.key
            if key in self._unchanged:
                yield FinishedFile(key, self._unchanged[key], is_unchanged=True)
                continue
            stamp = file_stamp(source.path)
            for page in read_source(source):
                yield page if isinstance(page, Failure) else self._found(page, source, key)
            yield FinishedFile(key, stamp)

    def is_current(self, state: ArticleState | None, digest: str) -> bool:
        """Whether an article in this state need not be made again from a page with this content."""
        if state is None or state.digest != digest:
            return False
        return not (self._again.older and state.cleaner != CLEANER_VERSION)

    def _is_unchanged(self, key: str, stamp: Stamp) -> bool:
        if self._catalogue.file_stamp(key) != stamp:
            return False
        if self._again.failed and self._catalogue.failures(key):
            return False
        return not (self._again.older and self._catalogue.has_older(key, CLEANER_VERSION))

    def _found(self, page: Page, source: Source, key: str) -> FoundPage:
        if page.name == source.name:
            page = Page(self._free_name(source, key), page.text, page.html, page.given)
        digest = digest_page(page)
        state = self._catalogue.article_state(stable_id(page.name))
        return FoundPage(key, page, digest, self.is_current(state, digest))

    def _free_name(self, source: Source, key: str) -> str:
        """The name of a file's page, with folders before it as long as another file has that name."""
        folders = [part for part in source.root.parts if part != source.root.anchor]
        name = source.name
        while self._owner(name) not in (None, key) and folders:
            name = f"{folders.pop()}/{name}"
        self._owners[name] = key
        return name

    def _owner(self, name: str) -> str | None:
        """The file of this run, or of an earlier one if it is still there, whose page has this name."""
        if name in self._owners:
            return self._owners[name]
        state = self._catalogue.article_state(stable_id(name))
        return state.source if state is not None and Path(state.source).exists() else None


def file_stamp(path: Path) -> Stamp | None:
    """Size in bytes and modification time in nanoseconds, None when the file is gone."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def digest_page(page: Page) -> str:
    """A digest of all that is known of a page but its name."""
    content = json.dumps([page.text, page.html, sorted(page.given.items())])
    return hashlib.sha256(content.encode()).hexdigest()
