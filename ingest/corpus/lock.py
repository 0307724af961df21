"""One writer at a time: a lock file in the corpus directory that dies with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import LockedError


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the right to write a corpus; raises LockedError at once when another process has it."""
    lock = FileLock(directory / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(f"another ingest is writing {directory}: wait until it ends, then run again") from error
    try:
        yield
    finally:
        lock.release()
