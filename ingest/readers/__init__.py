"""Files to pages: one module per format and one line per suffix in READERS, or in TABLES for rows and columns.

Knows nothing of articles or of what is stored. Links that lead out of the folder are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.article import Failure, Page
from ingest.errors import InputError, PageError
from ingest.readers.columns import NO_COLUMNS, Columns, parse_columns
from ingest.readers.csv_table import read_csv
from ingest.readers.html import read_html
from ingest.readers.jsonl import read_jsonl
from ingest.readers.parquet_table import read_parquet
from ingest.readers.plain import read_text
from ingest.readers.warc import read_warc

__all__ = ["NO_COLUMNS", "READERS", "TABLES", "Columns", "Source", "find_sources", "parse_columns", "read_source",
           "reader_suffix"]

Reader = Callable[[Path, str], Iterator[Page | Failure]]
TableReader = Callable[[Path, str, Columns], Iterator[Page | Failure]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".warc": read_warc,
    ".warc.gz": read_warc,
}
TABLES: dict[str, TableReader] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
}
SUFFIXES = (*READERS, *TABLES)
ONE_PAGE = frozenset((".txt", ".html", ".htm"))

# The longest of 122 real news pages has 1.9 MB of HTML.
MAX_PAGE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the name its page will have (relative to the folder that was named).

    `columns` says which column of a table is which field, where its names do not.
    """

    path: Path
    name: str
    root: Path
    columns: Columns = NO_COLUMNS

    @property
    def key(self) -> str:
        """The file's absolute path, links within the folder followed, without asking the system for each folder."""
        is_inner_link = self.path.is_symlink() and not self.leads_out
        return _as_text(os.path.realpath(self.path)) if is_inner_link else f"{_as_text(str(self.root))}/{self.name}"

    @property
    def leads_out(self) -> bool:
        """Whether the file is a link to a place outside its folder."""
        return self.path.is_symlink() and not Path(os.path.realpath(self.path)).is_relative_to(self.root)


def find_sources(paths: Sequence[Path], columns: Columns = NO_COLUMNS) -> list[Source]:
    """All readable files under `paths`, sorted by name; raises InputError for a path that cannot be used."""
    sources = [replace(source, columns=columns) for path in paths for source in _sources_of(path)]
    if not sources:
        named = ", ".join(str(path) for path in paths)
        raise InputError(f"no articles in {named}: expected files ending in {', '.join(SUFFIXES)}")
    return sources


def read_source(source: Source) -> Iterator[Page | Failure]:
    """Yield the pages of one file; whatever cannot be read becomes a Failure, never an exception."""
    suffix = reader_suffix(source.path)
    try:
        if _as_text(str(source.path)) != str(source.path):
            raise PageError("has a name that is not UTF-8, so it could not be found again: rename it")
        if source.leads_out:
            raise PageError("is a link out of the folder, which is not followed: name what it links to")
        if source.path.exists() and not source.path.is_file():
            raise PageError("is a pipe, a socket or a device, not a file: remove it")
        size = source.path.stat().st_size
        if size > MAX_PAGE_BYTES and suffix in ONE_PAGE:
            limit = MAX_PAGE_BYTES // 1_000_000
            raise PageError(f"is {size / 1e6:.0f} MB, more than one article can be (limit {limit} MB): split it")
        if suffix in TABLES:
            pages = TABLES[suffix](source.path, source.name, source.columns)
        else:
            pages = READERS[suffix](source.path, source.name)
        yield from map(_storable, pages)
    except FileNotFoundError:
        yield Failure(source.name, "vanished while the folder was being read: run again")
    except PermissionError:
        yield Failure(source.name, "cannot be opened: no permission to read it")
    except OSError as error:
        yield Failure(source.name, f"cannot be read ({error.strerror or error}): check the disk and run again")
    except PageError as error:
        yield Failure(source.name, str(error))


def _storable(page: Page | Failure) -> Page | Failure:
    """The page without halves of surrogate pairs, which JSON can spell and no database takes."""
    if isinstance(page, Failure):
        return replace(page, name=_as_text(page.name))
    given = {key: _as_text(value) for key, value in page.given.items()}
    text, html = (part if part is None else _as_text(part) for part in (page.text, page.html))
    return Page(_as_text(page.name), text, html, given)


def reader_suffix(path: Path) -> str:
    """The suffix of SUFFIXES that a file name ends in, or the empty string."""
    name = path.name.lower()
    return max((suffix for suffix in SUFFIXES if name.endswith(suffix)), key=len, default="")


def _sources_of(path: Path) -> list[Source]:
    if path.is_dir():
        root = path.resolve()
        files = sorted(file for file in path.rglob("*") if reader_suffix(file) and not _is_hidden(file, path))
        return [
            Source(file, _as_text(file.relative_to(path).as_posix()), root)
            for file in files
            if not file.is_dir()
        ]
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if not reader_suffix(path):
        raise InputError(f"{path}: cannot be read as an article; expected {', '.join(SUFFIXES)}")
    return [Source(path, _as_text(path.name), path.resolve().parent)]


def _as_text(text: str) -> str:
    r"""A text as it can be stored and shown: what UTF-8 cannot say (also bytes of a file's name) stands as `\udce5`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
