"""Pages prepared by worker processes: the same result in the same order, and one bad page costs only itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from made_news import ConstantEmbedder, made_articles

import ingest.workers
from ingest.article import Failure, Page
from ingest.corpus import Corpus
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.prepare import Prepared, prepare_article
from ingest.workers import prepare_in_order

PAGES = [Page(name, text) for name, text in made_articles(24, words=60)]


@pytest.fixture
def workers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.workers, "PAGES_WITHOUT_WORKERS", 0)


def workers_of_this_process() -> list[int]:
    found = Path("/proc/self/task").glob("*/children")
    children = [int(child) for children in found for child in children.read_text().split()]
    return [child for child in children if b"ingest.workers" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.usefixtures("workers_at_once")
def test_workers_prepare_what_this_process_would() -> None:
    results = list(prepare_in_order(PAGES, lambda page: page, workers=2))
    assert [page.name for page, _ in results] == [page.name for page in PAGES]
    for page, prepared in results:
        here = prepare_article(page)
        assert isinstance(prepared, Prepared)
        assert (prepared.article, prepared.cleaned) == (here.article, here.cleaned)
        assert prepared.fingerprint.shingles.tolist() == here.fingerprint.shingles.tolist()
    assert workers_of_this_process() == []


def test_few_pages_need_no_workers() -> None:
    assert len(list(prepare_in_order(PAGES, lambda page: page, workers=2))) == len(PAGES)
    assert workers_of_this_process() == []


@pytest.mark.usefixtures("workers_at_once")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_killed_worker_costs_one_page() -> None:
    victim = Page("victim", "Ord om en bro. " * 400_000)

    def kill() -> None:
        while not workers_of_this_process():
            time.sleep(0.05)
        time.sleep(0.2)
        os.kill(workers_of_this_process()[0], signal.SIGKILL)

    threading.Thread(target=kill).start()
    results = list(prepare_in_order([victim, *PAGES[:3]], lambda page: page, workers=1))
    failed = [result for _, result in results if isinstance(result, Failure)]
    assert [failure.name for failure in failed] == ["victim"]
    assert "signal 9" in failed[0].reason
    assert "--retry-failed" in failed[0].reason


@pytest.mark.usefixtures("workers_at_once")
def test_a_page_that_takes_too_long_is_left_out() -> None:
    slow = Page("slow", "Ord om en bro. " * 1_200_000)
    ((_, result),) = prepare_in_order([slow], lambda page: page, workers=1, seconds=0.05)
    assert isinstance(result, Failure)
    assert "was not cleaned within" in result.reason


@pytest.mark.usefixtures("workers_at_once")
def test_a_page_that_breaks_its_worker_is_named_with_the_error() -> None:
    broken = Page("broken", text=["no", "text"])  # type: ignore[arg-type]
    results = list(prepare_in_order([broken, PAGES[0]], lambda page: page, workers=1))
    assert isinstance(results[0][1], Failure)
    assert "Error" in results[0][1].reason
    assert isinstance(results[1][1], Prepared)


@pytest.mark.usefixtures("workers_at_once")
def test_the_corpus_is_the_same_with_and_without(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, page in enumerate(PAGES):
        text = page.text or ""
        (folder / page.name).write_text(text)
        if number % 4 == 0:
            (folder / f"zz-{page.name}").write_text(text + ("\n\n" + (PAGES[1].text or "")) * (number % 8 // 4))
    stored = []
    for count in (0, 2):
        embedder = ConstantEmbedder()
        corpus = open_corpus_for_writing(tmp_path / f"corpus{count}", embedder, "constant")
        ingest_articles([folder], corpus, embedder, workers=count)
        stored.append(content(corpus))
    assert stored[0] == stored[1]
    assert len(stored[0][2]) == 6


def content(corpus: Corpus) -> list[list[tuple[object, ...]]]:
    count = corpus.catalogue.count
    return [
        count("SELECT id, name, digest, text, title, language, lines, copy_of FROM article ORDER BY number"),
        count("SELECT id, article_id, start, \"end\", text, input FROM passage ORDER BY id"),
        count("SELECT name, copy_of FROM article WHERE copy_of NOT NULL"),
    ]
