"""How long retrieval takes as the corpus grows, without the embedding of the query.

    python tests/benchmarks/retrieval_scale.py [--sizes 1000 10000 100000] [--queries 200] [--corpora FOLDER]

Vectors are synthetic (a topic's direction and noise), texts are drawn from an invented vocabulary with the word
frequencies of news; four passages an article, three languages (one of them rare), 30 publishers, days of three
years. Prints milliseconds a query and the process' resident memory; also with a filter, with a time asked about, and
with 4 threads at once. --corpora keeps what was made for the next run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from assistant.question import Query
from assistant.records import Filters
from assistant.retrieve import Retriever
from assistant.scope import Span
from ingest.article import Article, Metadata, Passage
from ingest.corpus import Corpus
from ingest.corpus.recipe import make_recipe
from ingest.corpus.rows import StoredPage
from ingest.corpus.store import StoredArticle

DIMENSIONS = 384
WORDS, WORDS_A_PASSAGE, PASSAGES_AN_ARTICLE = 60_000, 120, 4
TOPICS = 500
LANGUAGES, SHARES = ("en", "de", "sv"), (0.7, 0.25, 0.05)
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo zu arn elt ing ost und".split()
TODAY = date(2026, 6, 1)
BATCH = 250


def main() -> None:
    parser = argparse.ArgumentParser(description="See the docstring.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--corpora", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            directory = (options.corpora or Path(folder)) / str(size)
            if not directory.exists():
                began = time.perf_counter()
                build(directory, size)
                print(f"{size} passages: built in {time.perf_counter() - began:.0f} s", flush=True)
            measure(Corpus.open(directory), size, options.queries)


class Maker:
    """Draws passages: a text, and a vector that belongs to its topic."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        fixed = np.random.default_rng(0)
        self.vocabulary = ["".join(fixed.choice(SYLLABLES, fixed.integers(2, 5))) for _ in range(WORDS)]
        frequencies = 1 / (10 + np.arange(WORDS))
        self.cumulative = np.cumsum(frequencies / frequencies.sum())
        self.topics = unit(fixed.normal(size=(TOPICS, DIMENSIONS)))

    def passage(self) -> tuple[str, np.ndarray]:
        words = np.searchsorted(self.cumulative[:-1], self.random.random(WORDS_A_PASSAGE))
        vector = self.topics[self.random.integers(TOPICS)] + self.random.normal(size=DIMENSIONS) * 0.05
        return " ".join(self.vocabulary[word] for word in words), unit(vector)


def unit(rows: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return scaled.astype(np.float32)


def build(directory: Path, size: int) -> None:
    recipe = make_recipe(embedder="synthetic", dimensions=DIMENSIONS, splitter="-", cleaner="-", embedding="local",
                         collection="passages")
    corpus = Corpus.create(directory, recipe)
    batch: list[StoredArticle] = []
    for stored in articles(size // PASSAGES_AN_ARTICLE):
        batch.append(stored)
        if len(batch) == BATCH:
            corpus.store(batch)
            batch = []
    if batch:
        corpus.store(batch)
    corpus.close()


def articles(count: int) -> Iterator[StoredArticle]:
    maker = Maker(1)
    for number in range(count):
        drawn = [maker.passage() for _ in range(PASSAGES_AN_ARTICLE)]
        text = "\n\n".join(words for words, _ in drawn)
        day = TODAY - timedelta(days=int(maker.random.integers(1100)))
        meta = Metadata(" ".join(drawn[0][0].split()[:6]), publisher=f"Outlet {number % 30}", published_at=str(day))
        article = Article(f"{number}.txt", text, str(maker.random.choice(LANGUAGES, p=SHARES)), meta)
        starts = [text.index(words) for words, _ in drawn]
        passages = [
            Passage(article.id, start, start + len(words), words)
            for start, (words, _) in zip(starts, drawn, strict=True)
        ]
        yield StoredArticle(
            article, StoredPage(article.name, "-", (), len(text), "-"), "-", (), passages,
            [passage.text for passage in passages], [passage.id for passage in passages],
            np.stack([vector for _, vector in drawn]),
        )


def measure(corpus: Corpus, size: int, count: int) -> None:
    retriever = Retriever(corpus, None)  # type: ignore[arg-type]  # vectors are given
    plain = list(queries(count))
    narrow = Filters(publishers=("Outlet 7",), published_from=date(2025, 1, 1))
    month = (Span(date(2026, 3, 1), date(2026, 3, 31)),)
    for query, vector in plain[:20]:
        retriever.retrieve(query, vector, 8)
    kinds = {
        "plain": plain,
        "asked today": [(replace(query, asked_on=TODAY), vector) for query, vector in plain],
        "a month asked about": [(replace(query, asked_on=TODAY, scope=month), vector) for query, vector in plain],
        "publisher and days filtered": [(replace(query, filters=narrow), vector) for query, vector in plain],
        "one language filtered": [(replace(query, filters=Filters(("sv",))), vector) for query, vector in plain],
    }
    for name, asked in kinds.items():
        print(f"{size} passages, {name}: {quantiles([seconds(retriever, one) for one in asked])}", flush=True)
    with ThreadPoolExecutor(4) as pool:
        times = list(pool.map(lambda one: seconds(retriever, one), plain))
    print(f"{size} passages, four threads: {quantiles(times)}")
    print(f"{size} passages: resident {resident():.0f} MB", flush=True)


def queries(count: int) -> Iterator[tuple[Query, np.ndarray]]:
    maker = Maker(2)
    for _ in range(count):
        text, vector = maker.passage()
        words = " ".join(text.split()[:8])
        yield Query(words, words, str(maker.random.choice(LANGUAGES))), vector


def seconds(retriever: Retriever, asked: tuple[Query, np.ndarray]) -> tuple[float, float]:
    """Wall-clock and CPU seconds (of all threads) of one retrieval."""
    began, worked = time.perf_counter(), time.process_time()
    retriever.retrieve(*asked, 8)
    return time.perf_counter() - began, time.process_time() - worked


def quantiles(times: list[tuple[float, float]]) -> str:
    wall, cpu = (np.quantile(np.array(values) * 1000, [0.5, 0.95]) for values in zip(*times, strict=True))
    return f"median {wall[0]:.1f} ms, p95 {wall[1]:.1f} ms (CPU {cpu[0]:.1f}, {cpu[1]:.1f})"


def resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
