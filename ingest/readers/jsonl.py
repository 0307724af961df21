"""One line of a `.jsonl` or `.jsonl.gz` file is one article; a broken line fails alone.

A record is `{"id"?, "url"?, "title"?, "text" or "html", "author"?, "publisher"?, "published_at"?,
"language"?, "section"?}`. Its name is its url, else its id, else `file#line`.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from ingest.article import Failure, Page
from ingest.errors import PageError
from ingest.readers.record import page_of_record

# No news article comes near: the longest page of the trial corpus had 0.4 MB of HTML.
MAX_LINE_BYTES = 20_000_000


def read_jsonl(path: Path, name: str) -> Iterator[Page | Failure]:
    """Yield a page or a failure for each line; raises PageError when the file itself breaks off."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            yield from _read_records(cast(BinaryIO, stream), name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise PageError(f"is a damaged gzip file ({error}): the lines before the damage were taken") from error


def _read_records(stream: BinaryIO, name: str) -> Iterator[Page | Failure]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            yield Failure(f"{name}#{number}", f"line is over {MAX_LINE_BYTES // 1_000_000} MB: split it")
        elif line.strip():
            yield _read_record(line, f"{name}#{number}")


def _read_record(line: bytes, where: str) -> Page | Failure:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Failure(where, f"is not valid JSON ({error}): mend or remove the line")
    if not isinstance(record, dict):
        return Failure(where, "is not a JSON object: write one object a line")
    return page_of_record(record, where)
