"""Regressions planted in the engine itself: the gate stops them, and `compare` names what is no chance.

The regression is planted where the engine reads it, a constant of its module; all else is real.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from assistant import answering
from assistant.demo import questions_file
from assistant.evaluation.checking import check_evidence
from assistant.evaluation.compare import compare_runs
from assistant.evaluation.gate import FloorCheck, check_floors, raise_floors, read_floors
from assistant.evaluation.questions import QuestionSet, load_questions
from assistant.evaluation.run_file import Run
from assistant.evaluation.runs import run_questions
from assistant.evaluation.summary import summarize_run
from assistant.pipeline import Assistant
from assistant.retrieve import fusion
from assistant.settings import Settings
from ingest.corpus import lexical

RETRIEVAL = ("recall@3", "recall@5", "recall@10", "mrr@10", "ndcg@10", "recall_quote@10", "ndcg_quote@10")


@pytest.fixture(scope="module")
def assistant(demo_corpus: Path) -> Assistant:
    return Assistant.open(demo_corpus, Settings())


@pytest.fixture(scope="module")
def questions(assistant: Assistant) -> QuestionSet:
    return check_evidence(load_questions(questions_file()), assistant.corpus)


@pytest.fixture(scope="module")
def sound(assistant: Assistant, questions: QuestionSet, tmp_path_factory: pytest.TempPathFactory) -> Run:
    path = tmp_path_factory.mktemp("sound") / "sound.jsonl"
    return run_questions(questions.questions, assistant, path, retrieval_only=True)


@pytest.fixture
def floors(sound: Run, tmp_path: Path) -> Path:
    """Floors as far below the sound run as the project's own are."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"floors": {"all": dict.fromkeys(RETRIEVAL, 0.0)}}), encoding="utf-8")
    raise_floors(path, summarize_run(sound))
    return path


def search_again(demo_corpus: Path, questions: QuestionSet, path: Path) -> Run:
    """A retrieval run of an engine opened anew, with whatever is planted in it."""
    return run_questions(questions.questions, Assistant.open(demo_corpus, Settings()), path, retrieval_only=True)


def fallen(run: Run, floors: Path) -> list[FloorCheck]:
    return [check for check in check_floors(summarize_run(run), read_floors(floors)) if not check.holds]


def named_worse(sound: Run, worse: Run) -> set[str]:
    return {d.metric for d in compare_runs(sound, worse).differences if d.significant and d.better is False}


def test_languages_left_uncorrected_fall_through_the_gate_and_are_named_significant(
    monkeypatch: pytest.MonkeyPatch, demo_corpus: Path, questions: QuestionSet, floors: Path, tmp_path: Path,
) -> None:
    # Over the whole set what own-language questions gain hides what those answered in another language lose.
    across = [q for q in questions.questions if q.evidence and q.language not in {e.language for e in q.evidence}]
    abroad = dataclasses.replace(questions, questions=tuple(across))
    sound = search_again(demo_corpus, abroad, tmp_path / "sound.jsonl")
    monkeypatch.setattr(fusion, "LANGUAGE_CORRECTION", 0.0)
    assert fallen(search_again(demo_corpus, questions, tmp_path / "all.jsonl"), floors)
    worse = search_again(demo_corpus, abroad, tmp_path / "worse.jsonl")
    assert named_worse(sound, worse) >= {"ndcg@10", "ndcg_quote@10"}


def test_a_wrong_stemmer_falls_through_the_gate_and_is_named_significant(
    monkeypatch: pytest.MonkeyPatch, demo_corpus: Path, questions: QuestionSet, sound: Run, floors: Path,
    tmp_path: Path,
) -> None:
    wrong = {"sv": "turkish", "de": "finnish", "en": "hungarian"}
    monkeypatch.setattr(lexical, "STEMMERS", lexical.STEMMERS | wrong)
    worse = search_again(demo_corpus, questions, tmp_path / "worse.jsonl")
    assert fallen(worse, floors)
    assert named_worse(sound, worse) & {"ndcg@10", "ndcg_quote@10"}


def test_a_lexical_side_switched_off_falls_through_the_gate_and_is_named_significant(
    monkeypatch: pytest.MonkeyPatch, demo_corpus: Path, questions: QuestionSet, sound: Run, floors: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(lexical.Lexical, "_search", lambda *_: [])
    worse = search_again(demo_corpus, questions, tmp_path / "worse.jsonl")
    assert fallen(worse, floors)
    assert "ndcg@10" in named_worse(sound, worse)


def test_a_threshold_of_zero_falls_through_the_gate_and_is_named_significant(
    monkeypatch: pytest.MonkeyPatch, assistant: Assistant, questions: QuestionSet, tmp_path: Path
) -> None:
    chosen = questions.select(["type=unanswerable"]).questions
    before = run_questions(chosen, assistant, tmp_path / "before.jsonl")
    floor = summarize_run(before).slices["all"]["abstention_recall"].mean
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"floors": {"all": {"abstention_recall": floor}}}), encoding="utf-8")
    monkeypatch.setattr(answering, "THRESHOLD", 0.0)
    worse = run_questions(chosen, assistant, tmp_path / "worse.jsonl")
    assert [check.measured for check in fallen(worse, floors)] == [0.0]
    assert "abstention_recall" in named_worse(before, worse)


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_engine_asked_twice_does_not_differ(
    demo_corpus: Path, questions: QuestionSet, sound: Run, floors: Path, tmp_path: Path, seed: int
) -> None:
    again = search_again(demo_corpus, questions, tmp_path / "again.jsonl")
    assert fallen(again, floors) == []
    judged = [d for d in compare_runs(sound, again, seed).differences if d.metric != "latency_ms"]
    assert judged and not any(d.significant or d.difference for d in judged)
