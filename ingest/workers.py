"""Pages prepared by worker processes, results in the order of the pages.

Workers are fresh interpreters that import only `ingest.prepare`: nothing of the embedder is forked. Each
works on one page at a time, so that one that dies or hangs costs that page and no other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing.connection import Connection, Pipe
from typing import Protocol, TypeVar

from ingest.article import Failure, Page
from ingest.prepare import Prepared, prepare_article

T = TypeVar("T")

# Starting a worker takes as long as preparing this many pages.
PAGES_WITHOUT_WORKERS = 50
# What is read ahead of the embedder: 64 pages are two batches of it, and no more characters than this.
PAGES_AHEAD = 64
CHARS_AHEAD = 20_000_000
# 20 MB of text take 3 s, one line of 50 MB 4.5 s.
SECONDS_A_PAGE = 120.0
MOST_WORKERS = 8
SERVE = "import sys; from ingest.workers import serve; serve(int(sys.argv[1]))"


class Pool(Protocol):
    """Where pages are prepared; `embedders` is how many batches are embedded at once with what comes back."""

    embedders: int

    def submit(self, page: Page) -> Future[Prepared | Failure]:
        """What will become of a page."""


def prepare_in_order(
    items: Iterable[T], page_of: Callable[[T], Page | None], *, workers: int, seconds: float = SECONDS_A_PAGE,
    pool: Pool | None = None,
) -> Generator[tuple[T, Prepared | Failure | None], None, None]:
    """Each item with its page prepared, None for an item without one; the items are read ahead, but boundedly.

    The first PAGES_WITHOUT_WORKERS pages are prepared here, all of them when `workers` is 0; a `pool` takes all.
    """
    ahead: deque[tuple[T, Page | None, Future[Prepared | Failure] | None]] = deque()
    prepared, chars, width = 0, 0, pool.embedders if pool else 1
    with ExitStack() as stack:
        for item in items:
            page = page_of(item)
            if pool is None and page is not None and workers and prepared >= PAGES_WITHOUT_WORKERS:
                pool = stack.enter_context(_Processes(workers, seconds))
            prepared += page is not None
            ahead.append((item, page, pool.submit(page) if pool and page else None))
            chars += _length(page)
            while ahead and (pool is None or len(ahead) > PAGES_AHEAD * width or chars > CHARS_AHEAD * width):
                chars -= _length(ahead[0][1])
                yield _finished(*ahead.popleft())
        while ahead:
            yield _finished(*ahead.popleft())


def count_workers() -> int:
    """One core is left for the embedder; a machine that cannot hand over a pipe works without workers."""
    if os.name != "posix":
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores - 1, MOST_WORKERS))


def serve(descriptor: int) -> None:
    """What a worker does: a page comes, what it became goes back, until the other end closes."""
    with Connection(descriptor) as connection:
        while True:
            try:
                page = connection.recv()
            except (EOFError, ConnectionError):
                return
            connection.send(prepare_article(page))


def left_out(page: Page, reason: str) -> Failure:
    """The failure of a page that its worker could not prepare."""
    return Failure(page.name, f"{reason}: left out; try once more with --retry-failed")


def _finished(
    item: T, page: Page | None, future: Future[Prepared | Failure] | None
) -> tuple[T, Prepared | Failure | None]:
    if future is not None:
        return item, future.result()
    return item, prepare_article(page) if page is not None else None


def _length(page: Page | None) -> int:
    return len(page.text or page.html or "") if page is not None else 0


class _Processes:
    """A thread for each worker; it sends a page and waits for what comes back, or for the worker's end."""

    embedders = 1

    def __init__(self, workers: int, seconds: float) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="prepare")
        self._local = threading.local()
        self._workers: list[_Worker] = []

    def __enter__(self) -> _Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            worker.kill()  # none has work that anybody waits for
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    def submit(self, page: Page) -> Future[Prepared | Failure]:
        """What will become of a page."""
        return self._threads.submit(self._prepare, page)

    def _prepare(self, page: Page) -> Prepared | Failure:
        worker: _Worker | None = getattr(self._local, "worker", None)
        if worker is None:
            worker = self._local.worker = _Worker()
            self._workers.append(worker)
        try:
            result = worker.prepare(page, self._seconds)
        except (EOFError, OSError):
            reason = worker.stop()
        else:
            if result is not None:
                return result
            worker.stop()
            reason = f"was not cleaned within {self._seconds:.0f} s"
        self._workers.remove(worker)
        self._local.worker = None
        return left_out(page, reason)


class _Worker:
    """One process and the pipe to it; out of the terminal's reach, so that Ctrl-C is left to its parent."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `stop`
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(theirs.fileno())], pass_fds=(theirs.fileno(),), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )
        theirs.close()

    def prepare(self, page: Page, seconds: float) -> Prepared | None:
        """What became of a page, None when it took too long; EOFError or OSError when the worker is gone."""
        self._connection.send(page)
        if not self._connection.poll(seconds):
            return None
        result: Prepared = self._connection.recv()
        return result

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def stop(self) -> str:
        """End the process and forget it; how it ended."""
        self._connection.close()
        code = self._ended()
        self._errors.seek(0)
        last = self._errors.read()[-2_000:].decode(errors="replace").strip().rpartition("\n")[2]
        self._errors.close()
        return f"stopped its worker (signal {-code})" if code < 0 else f"stopped its worker ({last or code})"

    def _ended(self) -> int:
        try:
            return self._process.wait(timeout=1)  # a worker whose pipe is closed ends when its page is done
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()
