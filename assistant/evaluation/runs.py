"""Asking a question set: with progress, in parallel, resumable, since every answer is on disk at once."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.evaluation.asking import Searcher, answer_question
from assistant.evaluation.checking import digest_corpus
from assistant.evaluation.questions import digest_questions
from assistant.evaluation.records import Question
from assistant.evaluation.run_file import Header, Mode, Run, encode_row, read_run, start_run
from assistant.pipeline import Assistant
from ingest.errors import IngestError

# What can change an answer; addresses and keys have no business in a file that is passed on.
SETTINGS = ("top_k", "embedding", "llm_model")
PACKAGES = ("article-assistant", "chromadb", "tantivy", "onnxruntime", "llama-index-core")

ENGINE = ("assistant", "ingest", "prompts")
ENGINE_FILES = frozenset({".py", ".json", ".tsv", ".txt", ".md", ".onnx"})
# Packages that show or judge answers and do not make them.
SHOWING = frozenset({"evaluation", "demo", "chat"})

Ask = Callable[[Question], Mapping[str, Any]]
Progress = Callable[[int, int], None]


def run_questions(
    questions: Sequence[Question], assistant: Assistant, path: Path, *, retrieval_only: bool = False,
    workers: int = 1, progress: Progress | None = None,
) -> Run:
    """Ask what the run file at `path` does not hold yet, and read the whole run; raises QuestionError."""
    mode: Mode = "retrieval" if retrieval_only else "answers"
    run = start_run(path, make_header(questions, assistant, mode))

    missing = set(run.missing)
    searcher = Searcher([question for question in questions if question.id in missing], assistant)

    def answer(question: Question) -> Mapping[str, Any]:
        return answer_question(question, assistant)

    ask = searcher.search if retrieval_only else answer
    record_answers(run, ask, mode=mode, workers=workers, progress=progress)
    return read_run(path)


def record_answers(
    run: Run, ask: Ask, *, mode: Mode, workers: int = 1, progress: Progress | None = None
) -> None:
    """Append a record to the run's file for every question it misses, in the order they are answered."""
    missing = set(run.missing)
    waiting = [question for question in run.header.questions if question.id in missing]
    total = len(run.header.questions)
    if progress:
        progress(total - len(waiting), total)
    with run.path.open("ab") as file, ThreadPoolExecutor(workers) as pool:
        answers = [pool.submit(_timed, ask, question, mode) for question in waiting]
        try:
            for done, answer in enumerate(as_completed(answers), start=total - len(waiting) + 1):
                file.write(encode_row(answer.result()))
                file.flush()
                if progress:
                    progress(done, total)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def make_header(questions: Sequence[Question], assistant: Assistant, mode: Mode) -> Header:
    """The header of a run of these questions with this assistant, now."""
    chosen: dict[str, Any] = {key: getattr(assistant.settings, key) for key in SETTINGS}
    chosen["answers"] = "model" if assistant.settings.has_model else "extractive"
    if mode == "retrieval":
        del chosen["answers"], chosen["llm_model"]
    return Header(
        mode, digest_questions(questions), digest_corpus(assistant.corpus), chosen, _versions(),
        assistant.corpus.recipe, tuple(questions), datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _timed(ask: Ask, question: Question, mode: Mode) -> dict[str, Any]:
    """The record of one question with its milliseconds; an error of ours becomes part of the record."""
    began = time.perf_counter()
    row: dict[str, Any] = {"id": question.id, "question": question.question}
    try:
        row |= ask(question)
    except (AssistantError, IngestError) as error:
        row |= {"error": f"{type(error).__name__}: {error}", "retrieved": []}
        if mode == "answers":
            row["answer"] = ""
    row["id"] = question.id
    return {"milliseconds": round((time.perf_counter() - began) * 1000.0, 1)} | row


def digest_engine() -> str:
    """16 hex digits of the code, tables and prompts that answer: they can change without a release."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for folder in ENGINE:
        for file in sorted(path for path in (root / folder).rglob("*") if path.suffix in ENGINE_FILES):
            name = file.relative_to(root)
            if not SHOWING.intersection(name.parts):
                digest.update(name.as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _versions() -> dict[str, str]:
    found = {"engine": digest_engine(), "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
