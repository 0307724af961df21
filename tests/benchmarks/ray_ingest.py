"""Ingest on Ray beside ingest on this machine alone: the same corpus, though workers are killed, and how fast.

    python tests/benchmarks/ray_ingest.py [--articles 1000] [--embedded 90] [--kills 4]

`--articles` made-up articles (0: none), one in ten a copy, are ingested locally and on a Ray cluster of two cores with
a constant embedder, `--kills` processes of Ray's killed on the way, half of those with a model and half that clean;
compared are articles and copies, passages, vectors (largest difference of a number), lexical entries, files and
failures. Then `--embedded` articles (0: none) with the local model: without Ray, on one core of it and on two. Exit
code 1 when corpora differ.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from ingest_kill import state_of, write_articles
from made_news import ConstantEmbedder

from ingest.corpus import Corpus
from ingest.embed import Embedder, open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.progress import IngestReport, Progress
from ingest.ray_cluster import open_cluster
from ingest.ray_embedder import RayEmbedder

Opener = Callable[[], Embedder]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--embedded", type=int, default=90)
    parser.add_argument("--kills", type=int, default=4)
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # by it Ray finds the constant embedder
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        differing = compare(place, options.articles, options.kills) if options.articles else 0
        differing += measure(place, options.embedded) if options.embedded else 0
    sys.exit(1 if differing else 0)


def compare(place: Path, articles: int, kills: int) -> int:
    write_articles(place / "many", articles, random.Random(1))
    print(f"local, constant embedder: {locally(place / 'many', place / 'local', ConstantEmbedder)}", flush=True)
    killer = Killer(kills, articles)
    told = on_ray(place / "many", place / "ray", ConstantEmbedder, 2, killer)
    print(f"Ray, 2 cores, constant embedder, {killer.killed} killed: {told}")
    return differences(place / "local", place / "ray")


def measure(place: Path, articles: int) -> int:
    opener = partial(open_embedder, "local")
    write_articles(place / "few", articles, random.Random(2))
    print(f"local, e5: {locally(place / 'few', place / 'local-e5', opener)}")
    differing = 0
    for cores in (1, 2):
        corpus = place / f"ray-e5-{cores}"
        print(f"Ray, {cores} cores, e5: {on_ray(place / 'few', corpus, opener, cores, None)}")
        differing += differences(place / "local-e5", corpus)
    return differing


def locally(folder: Path, directory: Path, opener: Opener) -> str:
    embedder = opener()
    corpus = open_corpus_for_writing(directory, embedder, "made-up")
    report = ingest_articles([folder], corpus, embedder)
    corpus.close()
    return rate(report)


def on_ray(folder: Path, directory: Path, opener: Opener, cores: int, killer: Progress | None) -> str:
    began = time.perf_counter()
    with open_cluster(cores=cores) as cluster:
        embedder = RayEmbedder(cluster, opener(), opener)
        corpus = open_corpus_for_writing(directory, embedder, "made-up")
        embedder.embed_passages(["The models are open before the clock runs."] * cores)
        start = time.perf_counter() - began
        report = ingest_articles([folder], corpus, embedder, pool=cluster, progress=killer)
        corpus.close()
    return f"{rate(report)}, after {start:.1f} s to start"


def rate(report: IngestReport) -> str:
    counts = f"{report.articles} articles, {report.passages} passages, {len(report.failed)} failed"
    speed = f"{report.articles / report.seconds:.2f} articles/s"
    return f"{counts} in {report.seconds:.1f} s = {speed}, embedding {report.embed_seconds:.1f} s"


class Killer:
    """Kills now a process with a model, now one that cleans, evenly over the run."""

    def __init__(self, kills: int, files: int) -> None:
        self.killed = 0
        self._at = [files * (number + 1) // (kills + 1) for number in range(kills)]

    def __call__(self, done: int, files: int, report: IngestReport) -> None:
        if self.killed < len(self._at) and done >= self._at[self.killed]:
            kind = "ray::prepare" if self.killed % 2 else "ray::Model"
            for worker in processes(kind)[:1]:
                os.kill(worker, signal.SIGKILL)
                self.killed += 1


def processes(title: str) -> list[int]:
    """Processes of Ray's that show this title; the tests kill them too."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if place.read_bytes().startswith(title.encode()):
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def differences(one: Path, other: Path) -> int:
    """How many parts of two corpora differ, said on a line."""
    states = [state_of(directory) for directory in (one, other)]
    wrong = [key for key in states[0] if key != "vectors" and states[0][key] != states[1][key]]
    corpora = [Corpus.open(directory) for directory in (one, other)]
    keys = [row[0] for row in states[0]["passages"]]
    found = [corpus.vectors.get(keys) for corpus in corpora]
    largest = max((float(np.abs(found[0][key] - found[1][key]).max()) for key in keys if key in found[1]), default=1.0)
    wrong += ["vectors"] if largest > 1e-6 or any(key not in found[1] for key in keys) else []
    for corpus in corpora:
        corpus.close()
    sizes = ", ".join(f"{len(value)} {key}" for key, value in states[1].items())
    print(f"{'DIFFERS in ' + ', '.join(wrong) if wrong else 'identical'}; largest difference of a vector's number"
          f" {largest:.1e}; {sizes}", flush=True)
    return len(wrong)


if __name__ == "__main__":
    main()
