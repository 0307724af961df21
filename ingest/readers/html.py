"""One `.html` file is one page of HTML; the encoding is found by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trafilatura.utils import decode_file

from ingest.article import Failure, Page
from ingest.errors import PageError


def read_html(path: Path, name: str) -> Iterator[Page | Failure]:
    """Yield the page of an HTML file; raises PageError when it is empty or binary."""
    data = path.read_bytes()
    if not data.strip():
        raise PageError("is empty")
    if b"\0" in data[:65536] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PageError("is binary, not HTML: remove it")
    yield Page(name=name, html=decode_file(data))
