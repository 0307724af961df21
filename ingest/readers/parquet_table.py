"""One row of a `.parquet` file is one article; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.article import Failure, Page
from ingest.errors import PageError
from ingest.readers.columns import NO_COLUMNS, Columns, map_columns, page_of_row

# Rows in memory at a time: the longest pages are 2 MB of HTML.
BATCH_ROWS = 64


def read_parquet(path: Path, name: str, columns: Columns = NO_COLUMNS) -> Iterator[Page | Failure]:
    """Yield a page or a failure for each row; raises PageError when the file is damaged or the extra missing."""
    try:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise PageError("needs an extra to be read: pip install 'article-assistant[parquet]'") from error
    try:
        with pyarrow.parquet.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
            header = file.schema_arrow.names
            places = map_columns(header, columns)
            wanted = [header[place] for place in sorted(set(places.values()))]
            within = {field: wanted.index(header[place]) for field, place in places.items()}
            number = 0
            for batch in file.iter_batches(BATCH_ROWS, columns=wanted, use_threads=False):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield page_of_row(cells, within, f"{name}#{number}")
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200]
        raise PageError(f"is a damaged parquet file ({reason}): the rows before the damage were taken") from error
