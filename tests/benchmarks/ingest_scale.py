"""Does an ingest stay bounded? Time and memory at growing numbers of articles, then again unchanged, then ten changed.

    python tests/benchmarks/ingest_scale.py [--sizes 2000 20000] [--words 320] [--again 5000] [--jsonl]

The embedder is replaced by one that takes constant time: what is measured is everything else. Articles are made up
in three languages. Each size is a process of its own; memory is the peak of it and of its workers together (PSS
where the system tells it: a page that two processes share counts half for each). `--again` measures
`assistant ingest` as a person runs it, on a folder (or a JSONL file) that has not changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from made_news import ConstantEmbedder, made_articles

from ingest.pipeline import ingest_articles, open_corpus_for_writing

PAUSE = 0.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[2_000, 20_000])
    parser.add_argument("--again", type=int, default=5_000)
    parser.add_argument("--words", type=int, default=320, help="length of an article")
    parser.add_argument("--jsonl", action="store_true", help="one JSONL file instead of a folder of texts")
    parser.add_argument("--child", nargs=2, metavar=("SOURCE", "CORPUS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        measure(Path(options.child[0]), Path(options.child[1]))
        return
    with tempfile.TemporaryDirectory() as scratch:
        print("| articles | passages | seconds | ms an article | CPU ms an article | peak MB | corpus, kB an article |")
        print("|---|---|---|---|---|---|---|")
        for size in options.sizes:
            source = write_source(Path(scratch) / f"in{size}", size, options.words, as_jsonl=options.jsonl)
            print(json_row(run_child(source, Path(scratch) / f"corpus{size}")), flush=True)
        if options.again:
            again(Path(scratch), options.again, options.words, as_jsonl=options.jsonl)


def write_source(folder: Path, size: int, words: int, *, as_jsonl: bool) -> Path:
    """A folder of texts, or a JSONL file in it."""
    folder.mkdir(parents=True)
    if not as_jsonl:
        for name, text in made_articles(size, words=words):
            (folder / name).write_text(text, encoding="utf-8")
        return folder
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for name, text in made_articles(size, words=words):
            stream.write(json.dumps({"id": name, "text": text}) + "\n")
    return folder / "articles.jsonl"


def run_child(source: Path, corpus: Path) -> dict[str, float]:
    """What one ingest in a process of its own took."""
    command = [sys.executable, __file__, "--child", str(source), str(corpus)]
    row: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return row


def measure(source: Path, directory: Path) -> None:
    """Ingest, and print what it took as JSON."""
    embedder = ConstantEmbedder()
    corpus = open_corpus_for_writing(directory, embedder, "constant")
    peak = Peak()
    with peak:
        cpu = time.process_time()
        report = ingest_articles([source], corpus, embedder)
        cpu = time.process_time() - cpu
    corpus.close()
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    print(json.dumps({
        "articles": report.added, "passages": report.passages, "seconds": report.seconds, "cpu": cpu,
        "peak": peak.megabytes, "size": size, "copies": report.copies,
    }))


class Peak:
    """The most memory this process and its children had, looked at four times a second."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(PAUSE):
            self.megabytes = max(self.megabytes, sum(map(_memory, _family())) / 1e3)


def _family() -> list[str]:
    found = ["self"]
    for thread in Path("/proc/self/task").iterdir():
        try:
            found += (thread / "children").read_text().split()
        except OSError:
            continue  # the thread has ended since
    return found


def _memory(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def json_row(row: dict[str, float]) -> str:
    """One line of the table."""
    count = row["articles"]
    return (f"| {count:,.0f} | {row['passages']:,.0f} | {row['seconds']:.1f} | {1e3 * row['seconds'] / count:.1f} |"
            f" {1e3 * row['cpu'] / count:.1f} | {row['peak']:.0f} | {row['size'] / count / 1e3:.1f} |")


def again(scratch: Path, size: int, words: int, *, as_jsonl: bool) -> None:
    """A second run of the command on unchanged articles, and one after ten of them changed."""
    source = write_source(scratch / "again", size, words, as_jsonl=as_jsonl)
    directory = scratch / "corpus-again"
    embedder = ConstantEmbedder()
    corpus = open_corpus_for_writing(directory, embedder, "local")
    ingest_articles([source], corpus, embedder)
    corpus.close()
    command = [str(Path(sys.executable).parent / "assistant"), "ingest", str(source), "--corpus", str(directory),
               "--json"]
    for what in ("unchanged", "unchanged, once more", "touched, not changed"):
        if what.startswith("touched"):
            for file in source.iterdir() if source.is_dir() else [source]:
                file.touch()
        started = time.perf_counter()
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        print(f"{what}: `assistant ingest` took {time.perf_counter() - started:.1f} s for"
              f" {json.loads(done.stdout)['unchanged']:,} articles", flush=True)
    change(source)
    before = embedder.embedded
    corpus = open_corpus_for_writing(directory, embedder, "local")
    report = ingest_articles([source], corpus, embedder)
    corpus.close()
    print(f"ten changed: {report.updated} updated, {report.unchanged:,} unchanged,"
          f" {embedder.embedded - before} passages embedded, {report.seconds:.1f} s")


def change(source: Path) -> None:
    """A new sentence at the end of ten articles."""
    if source.is_dir():
        for file in sorted(source.iterdir())[:10]:
            file.write_text(file.read_text(encoding="utf-8") + "\nMer följer under dagen, skriver redaktionen.\n")
        return
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for row in rows[:10]:
        row["text"] += "\nMer följer under dagen, skriver redaktionen.\n"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
