"""Bytes to text for plain-text pages: UTF-8, UTF-16 with a mark, else Windows-1252; knows no HTML."""

from __future__ import annotations

import codecs

from ingest.errors import PageError

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes) -> str:
    """The text of a file; raises PageError for binary data and for bytes of no known encoding."""
    if data.startswith(UTF16_MARKS):
        return _decode(data, "utf-16")
    if b"\0" in data[:65536]:
        raise PageError("is binary, not text: remove it or export it as .txt, .html or .jsonl")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_damaged(data: bytes) -> str:
    """UTF-8 with a few broken bytes keeps its good characters; anything else is read as Windows-1252."""
    lenient = data.decode("utf-8-sig", errors="replace")
    broken = lenient.count("�")
    sound = sum(1 for character in lenient if character > "\x7f") - broken
    if sound > 4 * broken:
        return lenient
    return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PageError(
            f"has bytes of no known encoding at position {error.start}: save it as UTF-8"
        ) from error
