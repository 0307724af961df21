"""One `.txt` file is one page of flattened text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.article import Failure, Page
from ingest.errors import PageError
from ingest.readers.decode import decode_text


def read_text(path: Path, name: str) -> Iterator[Page | Failure]:
    """Yield the page of a text file; raises PageError when it is empty, binary or undecodable."""
    text = decode_text(path.read_bytes())
    if not text.strip():
        raise PageError("is empty")
    yield Page(name=name, text=text)
