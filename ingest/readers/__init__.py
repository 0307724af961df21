"""Files to pages: one module per format and one line per suffix in READERS.

Knows nothing of articles or of what is stored. Links that lead out of the folder are not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Failure, Page
from ingest.errors import InputError, PageError
from ingest.readers.html import read_html
from ingest.readers.jsonl import read_jsonl
from ingest.readers.plain import read_text

Reader = Callable[[Path, str], Iterator[Page | Failure]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
}

# One file is one article here; the longest of 122 real news pages has 1.9 MB of HTML.
MAX_PAGE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the name its page will have (relative to the folder that was named)."""

    path: Path
    name: str
    root: Path


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """All readable files under `paths`, sorted by name; raises InputError for a path that cannot be used."""
    sources = [source for path in paths for source in _sources_of(path)]
    if not sources:
        named = ", ".join(str(path) for path in paths)
        raise InputError(f"no articles in {named}: expected files ending in {', '.join(READERS)}")
    return sources


def read_source(source: Source) -> Iterator[Page | Failure]:
    """Yield the pages of one file; whatever cannot be read becomes a Failure, never an exception."""
    suffix = reader_suffix(source.path)
    try:
        size = source.path.stat().st_size
        if size > MAX_PAGE_BYTES and not suffix.startswith(".jsonl"):
            limit = MAX_PAGE_BYTES // 1_000_000
            raise PageError(f"is {size / 1e6:.0f} MB, more than one article can be (limit {limit} MB): split it")
        yield from READERS[suffix](source.path, source.name)
    except FileNotFoundError:
        yield Failure(source.name, "vanished while the folder was being read: run again")
    except PermissionError:
        yield Failure(source.name, "cannot be opened: no permission to read it")
    except OSError as error:
        yield Failure(source.name, f"cannot be read ({error.strerror or error}): check the disk and run again")
    except PageError as error:
        yield Failure(source.name, str(error))


def reader_suffix(path: Path) -> str:
    """The suffix of READERS that a file name ends in, or the empty string."""
    name = path.name.lower()
    return max((suffix for suffix in READERS if name.endswith(suffix)), key=len, default="")


def _sources_of(path: Path) -> list[Source]:
    if path.is_dir():
        root = path.resolve()
        files = sorted(file for file in path.rglob("*") if reader_suffix(file) and not _is_hidden(file, path))
        return [
            Source(file, file.relative_to(path).as_posix(), root)
            for file in files
            if file.resolve().is_relative_to(root) and not file.is_dir()
        ]
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if not reader_suffix(path):
        raise InputError(f"{path}: cannot be read as an article; expected {', '.join(READERS)}")
    return [Source(path, path.name, path.resolve().parent)]


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
