"""How fast is an evaluation, what does it add to asking, and where does the time of a search go?

Ingests the passages of a question set (articles.jsonl, questions.jsonl), asks it retrieval-only and prints
questions a second, milliseconds by part, and what the run adds to searching alone.

    python tests/benchmarks/evaluation.py --data ../shared/data/xling --questions 700
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.evaluation.checking import check_evidence
from assistant.evaluation.commands import WORKERS_SEARCHING
from assistant.evaluation.questions import load_questions
from assistant.evaluation.records import Question
from assistant.evaluation.runs import run_questions
from assistant.evaluation.summary import summarize_run
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/xling"))
    parser.add_argument("--questions", type=int, default=700)
    parser.add_argument("--corpus", type=Path, help="ingest here, and use what is there the next time")
    arguments = parser.parse_args()
    if not (arguments.data / "articles.jsonl").is_file():
        sys.exit(f"{arguments.data} has no articles.jsonl: name the folder of a question set with --data")
    with tempfile.TemporaryDirectory() as folder:
        corpus = arguments.corpus or Path(folder) / "corpus"
        if not corpus.exists():
            ingest(arguments.data, corpus)
        measure(Assistant.open(corpus, Settings()), arguments.data, arguments.questions, Path(folder))


def ingest(data: Path, directory: Path) -> None:
    """The articles of the set as a corpus."""
    embedder = open_embedder("local")
    corpus = open_corpus_for_writing(directory, embedder, "local")
    ingest_articles([data / "articles.jsonl"], corpus, embedder)
    corpus.close()


def measure(assistant: Assistant, data: Path, limit: int, folder: Path) -> None:
    """Print the figures."""
    began = time.perf_counter()
    checked = check_evidence(load_questions(data / "questions.jsonl").select((), limit), assistant.corpus)
    print(f"set checked in {time.perf_counter() - began:.2f} s, {len(checked.faults)} faults")
    questions = checked.questions
    assistant.search(questions[0].question)
    embedder = open_embedder("local")
    embedding = seconds(questions, lambda q: embedder.embed_query(q.question))
    searching = seconds(questions, lambda q: assistant.search(q.question))
    began = time.perf_counter()
    run = run_questions(questions, assistant, folder / "run.jsonl", retrieval_only=True, workers=WORKERS_SEARCHING)
    running = time.perf_counter() - began
    began = time.perf_counter()
    summary = summarize_run(run)
    judging = time.perf_counter() - began
    count = len(questions)
    print(f"one query embedded   {embedding / count * 1e3:6.1f} ms")
    print(f"one search in all    {searching / count * 1e3:6.1f} ms")
    print(f"one question of a run {running / count * 1e3:5.1f} ms, {count / running:.1f} a second")
    print(f"the run adds         {running / searching - 1:+.1%} to searching, judging {judging:.1f} s")
    for name in ("hit@5", "recall@5", "mrr@10", "ndcg@10"):
        estimate = summary.slices["all"][name]
        print(f"{name:10} {estimate.mean:.3f} ({estimate.low:.3f} … {estimate.high:.3f}), n {estimate.count}")


def seconds(questions: Sequence[Question], act: Callable[[Question], object]) -> float:
    """Wall-clock seconds of doing something with every question."""
    began = time.perf_counter()
    for question in questions:
        act(question)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
