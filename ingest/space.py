"""Is there room on the disk? Asked before anything is written, and before each batch."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import CorpusError

# Bytes of corpus for a byte of input: 1,000 news texts of 2.2 kB took 22.5 kB apiece. Of 122 whole HTML pages a
# sixtieth is article text, and what is kept of their other lines no more; gzip makes text a third.
GROWTH = {".html": 1.0, ".htm": 1.0, ".warc": 1.0, ".gz": 40.0}
GROWTH_OF_TEXT = 14.0
# What the write-ahead logs of SQLite and Chroma and a merge of the lexical index take for a while.
RESERVE = 150_000_000


def check_space(directory: Path, bytes_to_read: Mapping[str, int]) -> None:
    """Raise CorpusError when files of these sizes, by suffix, will not fit on the disk of the corpus."""
    needed = sum(size * GROWTH.get(suffix, GROWTH_OF_TEXT) for suffix, size in bytes_to_read.items())
    _check(directory, needed + RESERVE if needed else 0, "nothing was changed")


def check_reserve(directory: Path) -> None:
    """Raise CorpusError when the disk of the corpus is all but full."""
    _check(directory, RESERVE / 3, "what was ingested so far is kept")


def _check(directory: Path, needed: float, kept: str) -> None:
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise CorpusError(
            f"{directory} has {free / 1e6:,.0f} MB left on its disk and about {needed / 1e6:,.0f} MB are needed"
            f" ({kept}): free some space or name a --corpus on another disk"
        )
