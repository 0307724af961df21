"""Pages prepared on a Ray cluster; reading, comparing, splitting and writing stay in this process.

A cluster knows files no more than the local workers do: pages go to it and come back by Ray. What it runs is the
very function of a local ingest, so that both make the same corpus; what a killed worker had is done again.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from typing import Any

from ingest.article import Failure, Page
from ingest.clean import CLEANER_VERSION
from ingest.errors import EmbeddingError, InputError
from ingest.prepare import Prepared, prepare_article
from ingest.workers import SECONDS_A_PAGE, left_out

# Embedding an article takes 30 times as long as cleaning it: each core has one model and room for a page beside it.
CPU_A_MODEL, CPU_A_PAGE = 0.75, 0.25
# How often what a killed worker did is done again by another.
TRIES_AGAIN = 3
# What lies in the store are a few pages and vectors; Ray would take a third of the memory.
STORE_BYTES = 256_000_000


class RayCluster:
    """A connection to a cluster; made by `open_cluster`, a `Pool` for pages."""

    def __init__(self, ray: Any, seconds: float) -> None:
        self._ray = ray
        self._seconds = seconds
        self.embedders = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._task = ray.remote(num_cpus=CPU_A_PAGE, max_retries=TRIES_AGAIN)(prepare_versioned)
        self._threads = ThreadPoolExecutor(2 * self.embedders, thread_name_prefix="ray")

    def submit(self, page: Page) -> Future[Prepared | Failure]:
        """What will become of a page."""
        return self._threads.submit(self._prepare, page)

    def start(self, kind: type, *arguments: object) -> list[Any]:
        """An object of this class in a process of its own for each core, started anew whenever it ends."""
        actor = self._ray.remote(num_cpus=CPU_A_MODEL, max_restarts=-1, max_task_retries=TRIES_AGAIN)(kind)
        return [actor.remote(*arguments) for _ in range(self.embedders)]

    def collect(self, references: Sequence[Any]) -> list[Any]:
        """What calls of such objects returned; EmbeddingError when one of them failed."""
        errors = self._ray.exceptions
        try:
            return list(self._ray.get(list(references)))
        except errors.RayTaskError as error:
            raise EmbeddingError(f"a worker of the Ray cluster cannot embed: {_reason(error.cause)}") from error
        except errors.RayError as error:
            raise EmbeddingError(f"the Ray cluster cannot embed ({_reason(error)}): run again") from error

    def close(self) -> None:
        """Wait for no page any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _prepare(self, page: Page) -> Prepared | Failure:
        errors, reference = self._ray.exceptions, self._task.remote(page)
        try:
            version, prepared = self._ray.get(reference, timeout=self._seconds)
        except errors.GetTimeoutError:
            self._ray.cancel(reference, force=True)
            return left_out(page, f"was not cleaned within {self._seconds:.0f} s")
        except errors.RayTaskError as error:
            return left_out(page, f"stopped its worker ({_reason(error.cause)})")
        except errors.RayError as error:
            return left_out(page, f"stopped {TRIES_AGAIN + 1} workers ({_reason(error)})")
        if version != CLEANER_VERSION:
            raise InputError(f"the Ray cluster has cleaner {version}, here it is {CLEANER_VERSION}: install the same"
                             " version of this program on every machine")
        found: Prepared = prepared
        return found


@contextmanager
def open_cluster(*, cores: int | None = None, seconds: float = SECONDS_A_PAGE) -> Iterator[RayCluster]:
    """The cluster that RAY_ADDRESS names, else one on this machine, with `cores` of them, as long as it is needed."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        ray = importlib.import_module("ray")
    except ModuleNotFoundError as error:
        raise InputError("--ray needs Ray: pip install 'article-assistant[ray]'") from error
    own = {} if os.environ.get("RAY_ADDRESS") else {
        "address": "local", "num_cpus": cores, "include_dashboard": False, "object_store_memory": STORE_BYTES,
    }
    with redirect_stdout(sys.stderr):  # Ray tells of dead workers on standard output, where results are
        try:
            ray.init(log_to_driver=False, logging_level="ERROR", **own)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise InputError(f"no Ray cluster ({_reason(error)}): mend RAY_ADDRESS (and RAY_AUTH_MODE=token where it"
                             " has one), or unset it to use this machine") from error
        cluster = RayCluster(ray, seconds)
        try:
            yield cluster
        finally:
            cluster.close()
            ray.shutdown()


def prepare_versioned(page: Page) -> tuple[str, Prepared]:
    """What a task does: a page prepared, and by which cleaner."""
    return CLEANER_VERSION, prepare_article(page)


def _reason(error: BaseException) -> str:
    """What went wrong: the last line, above which Ray puts whole tracebacks of other processes."""
    return str(error).strip().rpartition("\n")[2].strip()[:200] or type(error).__name__
