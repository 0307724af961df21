"""The ten best passages of 200 questions with vectors in the corpus and on a real `chroma run`: are they the same?

    python tests/benchmarks/chroma_server.py [DATA] [--questions 200]

DATA (default ../shared/data) needs xling. The articles are embedded once and ingested twice. The server is killed and
started again halfway through the questions; what it says is printed. Exit code 1 when a question's ten differ.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.corpus import Corpus
from ingest.corpus.server import ChromaServer
from ingest.embed import PassageEmbedding, open_embedder
from ingest.errors import CorpusError
from ingest.pipeline import ingest_articles, open_corpus_for_writing

DEPTH = 10


class Remembering:
    """The local embedder, that embeds no passage twice."""

    def __init__(self, embedder: PassageEmbedding) -> None:
        self.name, self.dimensions, self.max_tokens = embedder.name, embedder.dimensions, embedder.max_tokens
        self.count_tokens, self.embed_query = embedder.count_tokens, embedder.embed_query
        self.embed_queries, self._embed = embedder.embed_queries, embedder.embed_passages
        self._known: dict[str, np.ndarray] = {}

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known |= dict(zip(fresh, self._embed(fresh), strict=True))
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    source = options.data / "xling" / "articles.jsonl"
    if not source.is_file():
        sys.exit(f"{source} is missing: name the data folder")
    rows = (options.data / "xling" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows]
    questions = questions[:: max(1, len(questions) // options.questions)][: options.questions]
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(compare(Path(scratch), source, questions))


def compare(place: Path, source: Path, questions: Sequence[str]) -> int:
    port = free_port()
    chroma, server = ChromaServer(f"http://127.0.0.1:{port}"), start(place / "data", port)
    try:
        embedder = Remembering(open_embedder("local"))
        assistants = [make(place / name, source, embedder, where) for name, where in (("in", None), ("out", chroma))]
        counts = [one.corpus.vectors.count() for one in assistants]
        print(f"{counts[0]} passages in the corpus, {counts[1]} on the server", flush=True)
        same, largest, refusals = 0, 0.0, 0
        for number, question in enumerate(questions):
            if number == len(questions) // 2:
                kill(server)
                try:
                    assistants[1].search(question, DEPTH)
                except CorpusError as error:
                    refusals += 1
                    print(f"killed: {error}")
                server = start(place / "data", port)
            found = [one.search(question, DEPTH) for one in assistants]
            same += [hit.passage.id for hit in found[0]] == [hit.passage.id for hit in found[1]]
            largest = max([largest, *(abs(a.score - b.score) for a, b in zip(*found, strict=False))])
    finally:
        kill(server)
    print(f"the same ten in the same order: {same} of {len(questions)} questions; largest difference of a score"
          f" {largest:.1e}; refused while the server was away: {refusals} of 1")
    return 0 if same == len(questions) else 1


def make(directory: Path, source: Path, embedder: Remembering, chroma: ChromaServer | None) -> Assistant:
    corpus = open_corpus_for_writing(directory, embedder, "local", chroma=chroma)
    ingest_articles([source], corpus, embedder)
    corpus.close()
    return Assistant(Corpus.open(directory, chroma=chroma), embedder, Settings(), None)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(port),
               "--path", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(1200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    sys.exit("chroma run did not start")


def kill(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGKILL)
    server.wait()


if __name__ == "__main__":
    main()
