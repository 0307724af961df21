"""How fast is an evaluation, and what does it add to asking?

Ingests the passages of a question set (articles.jsonl, questions.jsonl), asks it and prints questions a second and
what the run adds to asking one by one.

    python tests/benchmarks/evaluation.py --data ../shared/data/xling --questions 700
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from assistant.evaluation.checking import check_evidence
from assistant.evaluation.questions import load_questions
from assistant.evaluation.run_file import Run
from assistant.evaluation.runs import run_questions
from assistant.evaluation.summary import summarize_run
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.corpus import Corpus
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/xling"))
    parser.add_argument("--questions", type=int, default=700)
    parser.add_argument("--corpus", type=Path, help="ingest here, and use what is there the next time")
    parser.add_argument("--answers", action="store_true", help="ask for answers too, not for passages only")
    arguments = parser.parse_args()
    if not (arguments.data / "articles.jsonl").is_file():
        sys.exit(f"{arguments.data} has no articles.jsonl: name the folder of a question set with --data")
    with tempfile.TemporaryDirectory() as folder:
        corpus = arguments.corpus or Path(folder) / "corpus"
        if not corpus.exists():
            ingest(arguments.data, corpus)
        measure(corpus, arguments.data / "questions.jsonl", arguments.questions, retrieval_only=not arguments.answers)


def ingest(data: Path, directory: Path) -> None:
    """The articles of the set as a corpus."""
    embedder = open_embedder("local")
    corpus = open_corpus_for_writing(directory, embedder, "local")
    ingest_articles([data / "articles.jsonl"], corpus, embedder)
    corpus.close()


def measure(directory: Path, questions: Path, limit: int, *, retrieval_only: bool) -> None:
    """Print the figures; each run and each asking one by one begins with nothing remembered."""
    checked, checking = timed(
        lambda: check_evidence(load_questions(questions).select((), limit), Corpus.open(directory)).questions
    )
    print(f"set checked in {checking[0]:.2f} s")

    def run() -> Run:
        with tempfile.TemporaryDirectory() as folder:
            return run_questions(checked, assistant, Path(folder) / "run.jsonl", retrieval_only=retrieval_only)

    def ask() -> None:
        for question in checked:
            (assistant.search if retrieval_only else assistant.ask)(question.question)

    spent = {act: [0.0, 0.0] for act in (run, ask)}
    for act in (run, ask, ask, run):  # what is measured later finds the files read already
        assistant = open_warm(directory)
        result, took = timed(act)
        spent[act] = [have + more / 2 for have, more in zip(spent[act], took, strict=True)]
    summary, judging = timed(lambda: summarize_run(result))
    count = len(checked)
    for what, (wall, cpu) in (("asked one by one", spent[ask]), ("run", spent[run]), ("judged", judging)):
        print(f"{what:17} {wall / count * 1e3:6.1f} ms a question, {cpu / count * 1e3:6.1f} ms of CPU")
    print(f"the run asks {count / spent[run][0]:.1f} a second; run and judging cost "
          f"{(spent[run][1] + judging[1]) / spent[ask][1] - 1:+.1%} CPU over asking one by one")
    for name in ("hit@5", "recall@5", "mrr@10", "ndcg@10"):
        estimate = summary.slices["all"][name]
        print(f"{name:10} {estimate.mean:.3f} ({estimate.low:.3f} … {estimate.high:.3f}), n {estimate.count}")


def open_warm(directory: Path) -> Assistant:
    """A new assistant on the corpus that has answered once: the model is loaded, no passage is remembered."""
    assistant = Assistant.open(directory, Settings())
    assistant.search("?")
    return assistant


def timed(act: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    """What it gives, with its seconds by the wall and by the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    return result, (time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    main()
