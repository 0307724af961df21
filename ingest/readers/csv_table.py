"""One row of a `.csv` or `.tsv` file is one article; the first row names the columns.

Commas, semicolons, tabs and bars are told apart by that row. A broken row fails alone, also one whose
quotation mark is never closed, which would otherwise swallow all rows to the end.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ingest.article import Failure, Page
from ingest.errors import PageError
from ingest.readers.columns import MAX_CELL_CHARS, NO_COLUMNS, Columns, map_columns, page_of_row

DELIMITERS = ",;\t|"
# The encoding is judged by this many bytes.
JUDGED_BYTES = 1_000_000


def read_csv(path: Path, name: str, columns: Columns = NO_COLUMNS) -> Iterator[Page | Failure]:
    """Yield a page or a failure for each row; raises PageError when the first row cannot be used."""
    csv.field_size_limit(MAX_CELL_CHARS)
    with path.open(encoding=_encoding(path), errors="replace", newline="") as stream:
        lines = _Lines(stream)
        header_line = next(lines, "")
        if not header_line:
            raise PageError("is empty: its first row must name the columns")
        delimiter = "\t" if path.suffix.lower() == ".tsv" else max(DELIMITERS, key=header_line.count)
        rows = _rows(lines, delimiter)
        lines.go_back(0)
        _, header = next(rows, (1, "it is not closed"))
        if isinstance(header, str):
            raise PageError(f"has a first row that cannot be read ({header}): it must name the columns")
        places = map_columns(header, columns)
        for number, row in rows:
            yield _page(row, len(header), places, f"{name}#{number}")


def _page(row: list[str] | str, width: int, places: dict[str, int], where: str) -> Page | Failure:
    if isinstance(row, str):
        return Failure(where, f"row cannot be read ({row}): mend or remove it")
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        return Failure(where, f"row has {len(row)} columns where the first row has {width}: mend or remove it")
    return page_of_row(row, places, where)


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """(number from 1, cells or what is wrong) of each row that is not blank."""
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        lines.taken.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lines.go_back(1)
            yield number, str(error)
            continue
        if len(lines.taken) > 1 and sum(line.count('"') for line in lines.taken) % 2:
            lines.go_back(1)
            yield number, "a quotation mark is not closed"
        elif any(cell.strip() for cell in row):
            yield number, row


class _Lines:
    """The lines of a file; those a broken row has taken too many can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        return line

    def go_back(self, kept: int) -> None:
        """Read again all lines taken but the first `kept`."""
        self._again.extendleft(reversed(self.taken[kept:]))
        self.taken.clear()

    def _read(self) -> str:
        line = self._stream.readline(MAX_CELL_CHARS + 1)
        if not line:
            raise StopIteration
        if len(line) <= MAX_CELL_CHARS:
            return line.replace("\0", "")
        while line and not line.endswith("\n"):
            line = self._stream.readline(MAX_CELL_CHARS)
        raise csv.Error(f"line is over {MAX_CELL_CHARS // 1_000_000} MB")


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 with a mark, else Windows-1252; raises PageError for binary data."""
    with path.open("rb") as stream:
        head = stream.read(JUDGED_BYTES)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head[:65536]:
        raise PageError("is binary, not a table: remove it or export it as UTF-8")
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
