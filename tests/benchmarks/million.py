"""One corpus grown to a million passages: what ingest and search cost at 10^4, 10^5 and 10^6.

    python tests/benchmarks/million.py CORPUS [--sizes 10000 100000 1000000] [--queries 200]

Vectors are synthetic (a topic's direction and noise, 384 numbers), texts have the length and the word frequencies of
news: four passages of 120 words an article, three languages in the shares 70, 25 and 5 %, and the 100 shingles by
which copies would be found. Articles come ready embedded and go through `Corpus.store` in batches as those of an
ingest do. One JSON line a size: wall-clock and CPU seconds since the size before, the writer's peak memory, megabytes
on disk, and a fresh reader's retrieval times (embedding of the query not included), start and memory. A run that was
ended goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from retrieval_scale import DIMENSIONS, LANGUAGES, SHARES, TODAY, Maker, queries

from assistant.records import Filters
from assistant.retrieve import Retriever
from ingest.article import Article, Metadata, Passage
from ingest.corpus import Corpus
from ingest.corpus.recipe import make_recipe
from ingest.corpus.rows import StoredPage
from ingest.corpus.store import StoredArticle

ARTICLES_AT_ONCE, PASSAGES_AN_ARTICLE, SHINGLES = 64, 4, 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.corpus, options.queries)))
        return
    maker = Maker(0)
    for size in options.sizes:
        written = write(options.corpus, size, maker)
        command = [sys.executable, __file__, str(options.corpus), "--read", "--queries", str(options.queries)]
        found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        print(json.dumps({**written, **json.loads(found.stdout)}), flush=True)


def write(directory: Path, size: int, maker: Maker) -> dict[str, Any]:
    """Let a corpus grow to `size` passages: batch after batch, each made from its number alone."""
    recipe = make_recipe(embedder="synthetic", dimensions=DIMENSIONS, splitter="-", cleaner="-", embedding="local",
                         collection="passages")
    corpus = Corpus.create(directory, recipe)
    stored = corpus.catalogue.count("SELECT COUNT(*) FROM article WHERE done = 1")[0][0]
    wanted = size // PASSAGES_AN_ARTICLE
    storing, cpu = 0.0, 0.0
    for number in range(stored // ARTICLES_AT_ONCE, -(-wanted // ARTICLES_AT_ONCE)):
        batch = make_batch(number, maker)
        began, worked = time.perf_counter(), time.process_time()
        corpus.store(batch)
        storing += time.perf_counter() - began
        cpu += time.process_time() - worked
        if number % 100 == 0:
            print(f"{(number + 1) * ARTICLES_AT_ONCE * PASSAGES_AN_ARTICLE} passages, {storing:.0f} s,"
                  f" {memory('VmHWM'):.0f} MB", file=sys.stderr, flush=True)
    passages = corpus.vectors.count()
    entries = corpus.lexical.count()
    corpus.close()
    return {
        "passages": passages, "lexical entries": entries, "added": wanted - stored,
        "seconds": round(storing, 1), "cpu seconds": round(cpu, 1), "writer's peak MB": round(memory("VmHWM")),
        "MB on disk": {part: megabytes(directory, part) for part in ("vectors", "lexical", "catalogue.sqlite*")},
    }


def make_batch(number: int, maker: Maker) -> list[StoredArticle]:
    """Articles as they come from the embedder; the same for the same number."""
    maker.random = np.random.default_rng(number + 10)
    return [make_article(f"{number}-{place}.txt", maker) for place in range(ARTICLES_AT_ONCE)]


def make_article(name: str, maker: Maker) -> StoredArticle:
    drawn = [maker.passage() for _ in range(PASSAGES_AN_ARTICLE)]
    text = "\n\n".join(words for words, _ in drawn)
    day = TODAY - timedelta(days=int(maker.random.integers(1100)))
    meta = Metadata(" ".join(text.split()[:6]), publisher=f"Outlet {maker.random.integers(30)}", published_at=str(day))
    article = Article(name, text, str(maker.random.choice(LANGUAGES, p=SHARES)), meta)
    passages, start = [], 0
    for words, _ in drawn:
        passages.append(Passage(article.id, start, start + len(words), words))
        start += len(words) + 2
    return StoredArticle(
        article, StoredPage(name, "-", (), len(text), "-"), "-",
        maker.random.integers(-(2**63), 2**63, SHINGLES).tolist(), passages, [passage.text for passage in passages],
        [passage.id for passage in passages], np.stack([vector for _, vector in drawn]),
    )


def read(directory: Path, count: int) -> dict[str, Any]:
    """What a process that only reads needs: start, memory, milliseconds a question (median and 95 of 100)."""
    began = time.perf_counter()
    corpus = Corpus.open(directory)
    retriever = Retriever(corpus, None)  # type: ignore[arg-type]  # vectors are given
    asked = list(queries(count))
    opened = memory("VmRSS")
    retriever.retrieve(*asked[0], 8)
    start = time.perf_counter() - began
    for query, vector in asked[:50]:
        retriever.retrieve(query, vector, 8)
    plain = [milliseconds(retriever, query, vector) for query, vector in asked]
    narrow = Filters(publishers=("Outlet 7",))
    filtered = [milliseconds(retriever, replace(query, filters=narrow), vector) for query, vector in asked[:50]]
    return {
        "first question s": round(start, 1), "ms": quantiles(plain), "ms, a publisher asked for": quantiles(filtered),
        "reader's MB": round(memory("VmRSS")), "reader's MB before a question": round(opened),
    }




def milliseconds(retriever: Retriever, query: Any, vector: np.ndarray) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    retriever.retrieve(query, vector, 8)
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def quantiles(times: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = zip(*times, strict=True)
    return {"median": round(float(np.median(wall)), 1), "p95": round(float(np.quantile(wall, 0.95)), 1),
            "cpu p95": round(float(np.quantile(cpu, 0.95)), 1)}


def megabytes(directory: Path, part: str) -> int:
    found = [path for top in directory.glob(part) for path in (top.rglob("*") if top.is_dir() else [top])]
    return round(sum(path.stat().st_size for path in found if path.is_file()) / 1e6)


def memory(kind: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at its most."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(kind))


if __name__ == "__main__":
    main()
