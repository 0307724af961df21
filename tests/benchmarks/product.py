"""What a person waits for: ingest of the demo corpus, opening it, first and later answers, memory.

    python tests/benchmarks/product.py [--repeats 3]

Each repeat is a process of its own. Seconds are wall-clock, medians with the range; memory is resident (VmRSS).
The chat is started as `assistant chat`; at rest means its corpus is open and nobody asks.
"""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from assistant.demo import articles_dir

ASSISTANT = str(Path(sys.executable).parent / "assistant")
ASK = """
import json, sys, time
started = time.perf_counter()
from assistant import Assistant
assistant = Assistant.open(sys.argv[1])
opened = time.perf_counter()
assistant.ask("How many permanent residents does Almskär have?")
first = time.perf_counter()
assistant.ask("Wie hoch sind die Schulden von Ferrolyt?")
second = time.perf_counter()
print(json.dumps([opened - started, first - opened, second - first]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    rows: dict[str, list[float]] = {}
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            for name, value in measure(Path(folder) / "corpus").items():
                rows.setdefault(name, []).append(value)
    print("| what | median | range |\n|---|---|---|")
    for name, values in rows.items():
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f}–{max(values):.2f} |")


def measure(corpus: Path) -> dict[str, float]:
    """One repeat: seconds and megabytes by name."""
    started = time.perf_counter()
    done = subprocess.run(
        [ASSISTANT, "ingest", str(articles_dir()), "--corpus", str(corpus), "--json"],
        capture_output=True, text=True, check=True,
    )
    whole = time.perf_counter() - started
    report = json.loads(done.stdout)
    asked = subprocess.run([sys.executable, "-c", ASK, str(corpus)], capture_output=True, text=True, check=True)
    opened, first, second = json.loads(asked.stdout)
    return {
        "ingest of 32 articles, whole command (s)": whole,
        "ingest, without starting up (s)": report["seconds"],
        "of it in the embedder (s)": report["embed_seconds"],
        "import and open (s)": opened,
        "first answer once open (s)": first,
        "a later answer (s)": second,
        **measure_chat(corpus),
    }


def measure_chat(corpus: Path) -> dict[str, float]:
    """Seconds until the chat serves its page, and its memory when it has come to rest (MB)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    with subprocess.Popen([ASSISTANT, "chat", "--corpus", str(corpus), "--port", str(port)],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as chat:
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        served = time.perf_counter() - started
        time.sleep(8)
        status = Path(f"/proc/{chat.pid}/status").read_text()
        chat.terminate()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return {"chat serves its page (s)": served, "chat at rest (MB resident)": resident / 1024}


if __name__ == "__main__":
    main()
