"""One HTML page that a server answered with in a `.warc` or `.warc.gz` file is one article; needs the extra `warc`.

Only answers with status 200 are read. When a page was crawled is not when it was published: that date is
left where it is. Damaged records fail alone, one after another as one failure; reading goes on after them.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from trafilatura.utils import decode_file

from ingest.article import Failure, Page
from ingest.errors import PageError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

HTML_TYPES = ("text/html", "application/xhtml+xml")
MAX_HTML_BYTES = 20_000_000
# No page is written in them, and Python's take quadratic time: a second for 200 kB, hours for 20 MB.
_OF_HOST_NAMES = ("punycode", "idna")
# What a record begins with, in a plain file and in one where each record is compressed for itself.
_STARTS = {".warc": b"WARC/1.", ".gz": b"\x1f\x8b\x08"}
_SEARCHED_BYTES = 1 << 20


def read_warc(path: Path, name: str) -> Iterator[Page | Failure]:
    """Yield a page or a failure for each HTML answer; raises PageError when there is none or the extra is missing."""
    try:
        from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    except ImportError as error:
        raise PageError("needs an extra to be read: pip install 'article-assistant[warc]'") from error
    number, found, whole = 0, False, True
    with path.open("rb") as stream:
        while True:
            records = WARCIterator(stream)
            try:
                for record in records:
                    number, whole = number + 1, True
                    page = _read_record(record, f"{name}#{number}")
                    found = found or page is not None
                    if page is not None:
                        yield page
                if records.offset < path.stat().st_size:
                    yield Failure(f"{name}#{number + 1}", "record breaks off where the file ends: it was left out")
                break
            # AttributeError: what warcio 1.8 raises for an answer without a status line.
            except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError) as error:
                number += 1
                if whole:  # chance bytes look like the start of a record again and again
                    yield Failure(f"{name}#{number}", f"record is damaged ({_brief(error)}): it was left out")
                whole = False
                if not _go_to_next(stream, records.offset + 1, _STARTS[path.suffix.lower()]):
                    break
    if not found:
        raise PageError("holds no HTML page that was answered with status 200: nothing to take")


def _read_record(record: ArcWarcRecord, where: str) -> Page | Failure | None:
    """The page of a record read to its end, or None when it holds none."""
    page = _page_of(record, where)
    while record.raw_stream.read(_SEARCHED_BYTES):
        pass
    if record.raw_stream.limit > 0:
        return Failure(where, "record breaks off where the file ends: it was left out")
    return page


def _page_of(record: ArcWarcRecord, where: str) -> Page | Failure | None:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    kind, _, parameters = (headers.get_header("Content-Type") or "").lower().partition(";")
    if kind.strip() not in HTML_TYPES:
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    data = record.content_stream().read(MAX_HTML_BYTES + 1)
    if len(data) > MAX_HTML_BYTES:
        return Failure(url or where, f"is over {MAX_HTML_BYTES // 1_000_000} MB, more than one article can be")
    if not data.strip() or b"\0" in data[:65536]:
        return Failure(url or where, "is empty or binary, not HTML: nothing to take")
    return Page(name=url or where, html=_decode(data, parameters), given={"url": url} if url else {})


def _decode(data: bytes, parameters: str) -> str:
    """The HTML in the encoding its server named, else in the one trafilatura finds."""
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        named = bool(charset) and codecs.lookup(charset).name not in _OF_HOST_NAMES
        return data.decode(charset) if named else decode_file(data)
    except (LookupError, ValueError):
        return decode_file(data)


def _go_to_next(stream: BinaryIO, offset: int, start: bytes) -> bool:
    """Move to the next place from `offset` on where a record may begin; False when there is none."""
    while True:
        stream.seek(offset)
        block = stream.read(_SEARCHED_BYTES)
        place = block.find(start)
        if place >= 0:
            stream.seek(offset + place)
            return True
        if len(block) < _SEARCHED_BYTES:
            return False
        offset += len(block) - len(start)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
