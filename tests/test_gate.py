"""Comparison and gate: a planted regression is named and stops the gate, chance and seeds do not."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.demo import questions_file
from assistant.errors import QuestionError
from assistant.evaluation.compare import compare_runs
from assistant.evaluation.estimates import Estimate, estimate_means, flip_signs, widen_unanimous
from assistant.evaluation.gate import check_floors, raise_floors, read_floors
from assistant.evaluation.metrics import score_record
from assistant.evaluation.questions import digest_questions
from assistant.evaluation.records import Evidence, Hit, Question, Record
from assistant.evaluation.run_file import Header, Run
from assistant.evaluation.summary import Summary, summarize_run

QUESTIONS = tuple(
    Question(f"q{i:02}", f"Where is lamp {i}?", "sv" if i % 2 else "en", "single" if i % 4 else "temporal",
             must_include=((f"lamp {i}",),),
             evidence=(Evidence(f"a{i}.txt", language="de", publisher="The Lamplighter"),))
    for i in range(40)
)


def make_run(name: str, ranks: list[int], mode: str = "retrieval", **settings: object) -> Run:
    """A run in which the evidence of question i has rank `ranks[i]`, from 1; 0 is not found."""
    records = {}
    for question, rank in zip(QUESTIONS, ranks, strict=True):
        names = [f"other{n}.txt" for n in range(9)]
        if rank:
            names.insert(rank - 1, question.evidence[0].article)
        answer = None if mode == "retrieval" else f"It is lamp {int(question.id[1:])}."
        records[question.id] = Record(question.id, answer, retrieved=tuple(Hit(n, "Words.") for n in names),
                                      milliseconds=10.0)
    header = Header(mode, digest_questions(QUESTIONS), "corpus", settings, {}, {}, QUESTIONS)  # type: ignore[arg-type]
    return Run(Path(f"{name}.jsonl"), header, records)


GOOD = make_run("good", [1] * 30 + [2] * 8 + [0] * 2, top_k=8)
BAD = make_run("bad", [1] * 15 + [4] * 10 + [0] * 15, top_k=4)


# estimates

def test_a_mean_and_its_interval_leave_out_what_does_not_apply() -> None:
    values = np.array([[1.0, np.nan], [0.0, np.nan], [1.0, np.nan], [np.nan, np.nan]])
    first, second = estimate_means(values)
    assert second is None
    assert first is not None and first.count == 3 and first.mean == pytest.approx(2 / 3)
    assert 0.0 <= first.low < first.mean < first.high <= 1.0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 3))
def test_an_interval_holds_the_mean_and_stays_in_range(values: list[float], seed: int) -> None:
    estimate = estimate_means(np.array(values)[:, None], seed)[0]
    assert estimate is not None
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9
    assert estimate.low - 1e-9 <= estimate.mean + 0.25 and estimate.mean - 0.25 <= estimate.high + 1e-9


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    draws = np.random.default_rng(5).random((60, 200)) < 0.7
    estimates = estimate_means(draws.astype(np.float64))
    covered = sum(e is not None and e.low <= 0.7 <= e.high for e in estimates)
    assert 175 <= covered <= 200


def test_the_interval_of_unanimous_questions_is_the_exact_one() -> None:
    # five of five: the lower end is .025 ** (1 / 5), as in any table of Clopper and Pearson
    assert widen_unanimous(Estimate(5, 1.0, 1.0, 1.0)).low == pytest.approx(0.4782, abs=1e-4)
    assert widen_unanimous(Estimate(5, 0.0, 0.0, 0.0)).high == pytest.approx(0.5218, abs=1e-4)
    assert widen_unanimous(Estimate(5, 0.4, 0.0, 0.8)) == Estimate(5, 0.4, 0.0, 0.8)


def chance(*differences: float) -> float:
    return flip_signs(np.array(differences)[:, None])[0][0]


def test_sign_flips_know_chance_from_a_difference() -> None:
    assert chance(*[0.0] * 40) == 1.0
    assert chance(*[1.0, -1.0] * 10) > 0.5
    assert chance(*[1.0] * 6) == pytest.approx(2 / 64, abs=0.01)  # all six one way: 2 of 2^6 sign patterns
    assert chance(*[0.2] * 20, *[0.0] * 20) < 0.001


def test_correction_for_many_metrics_counts_those_that_move_together_once() -> None:
    one = np.array([1.0] * 8 + [0.0] * 32)
    twice_p, twice_corrected = flip_signs(np.column_stack([one, one]))
    assert twice_p == pytest.approx(twice_corrected)
    noise = np.random.default_rng(2).choice((-1.0, 1.0), size=(40, 20))
    alone_p, corrected = flip_signs(np.column_stack([one, noise]))
    assert corrected[0] > 2 * alone_p[0]


# comparison

def test_a_planted_regression_is_named_significant_with_its_losses() -> None:
    comparison = compare_runs(GOOD, BAD)
    by_name = {difference.metric: difference for difference in comparison.differences}
    hit = by_name["hit@5"]
    assert hit.significant and hit.better is False and hit.high < 0.0
    assert hit.difference == pytest.approx(25 / 40 - 38 / 40)
    assert comparison.losses["hit@5"] == tuple(f"q{i:02}" for i in range(25, 38))
    assert comparison.wins["hit@5"] == ()
    assert comparison.settings == {"top_k": (8, 4)}
    assert compare_runs(BAD, GOOD).wins["hit@5"] == comparison.losses["hit@5"]


@pytest.mark.parametrize("seed", range(5))
def test_identical_runs_do_not_differ_whatever_the_seed(seed: int) -> None:
    comparison = compare_runs(GOOD, make_run("again", [1] * 30 + [2] * 8 + [0] * 2, top_k=8), seed)
    assert not any(difference.significant for difference in comparison.differences)
    assert all(difference.p == 1.0 for difference in comparison.differences)
    assert comparison.settings == {}


def test_runs_that_differ_by_chance_alone_are_rarely_called_different() -> None:
    random = np.random.default_rng(3)
    cries = 0
    for _ in range(20):
        first, second = (make_run(name, random.integers(0, 6, 40).tolist()) for name in ("first", "second"))
        cries += any(difference.significant for difference in compare_runs(first, second).differences)
    assert cries <= 3


def answering(name: str, answers: list[str]) -> Run:
    """Runs that found alike and answered thus; every question expects “a lamp by the sea”."""
    gold = {"must_include": (), "answer": "a lamp by the sea"}
    questions = tuple(dataclasses.replace(question, **gold) for question in QUESTIONS)  # type: ignore[arg-type]
    records = {
        question.id: Record(question.id, answer, retrieved=(Hit(question.evidence[0].article, "Words."),))
        for question, answer in zip(questions, answers, strict=True)
    }
    digest = digest_questions(questions)
    header = dataclasses.replace(GOOD.header, mode="answers", set_digest=digest, questions=questions)
    return Run(Path(f"{name}.jsonl"), header, records)


def test_what_only_explains_a_difference_makes_none() -> None:
    first, second = answering("first", ["a lamp by the sea"] * 40), answering("second", ["It is a lamp."] * 40)
    by_name = {difference.metric: difference for difference in compare_runs(first, second).differences}
    assert by_name["correct"].difference == 0.0
    assert by_name["token_f1"].p < 0.001 and by_name["token_f1"].adjusted_p == 1.0


def test_a_main_metric_is_corrected_for_main_metrics_alone() -> None:
    random = np.random.default_rng(4)
    runs = [make_run(name, random.integers(0, 6, 40).tolist()) for name in ("a", "b")]
    scores = [[score_record(question, record) for question, record in run.pairs()] for run in runs]
    main = [[after[name] - before[name] for name in ("hit@5", "ndcg@10")]  # type: ignore[operator]
            for before, after in zip(*scores, strict=True)]
    by_name = {difference.metric: difference for difference in compare_runs(*runs).differences}
    _, corrected = flip_signs(np.array(main))
    assert [by_name[name].adjusted_p for name in ("hit@5", "ndcg@10")] == pytest.approx(corrected)
    assert by_name["hit@1"].adjusted_p >= min(corrected)


def test_different_sets_and_unfinished_runs_are_not_compared() -> None:
    other = QUESTIONS[1:]
    header = dataclasses.replace(GOOD.header, set_digest=digest_questions(other), questions=other)
    smaller = Run(Path("s.jsonl"), header, GOOD.records)
    with pytest.raises(QuestionError, match="different question sets"):
        compare_runs(GOOD, smaller)
    torn = Run(Path("torn.jsonl"), GOOD.header, {"q00": GOOD.records["q00"]})
    with pytest.raises(QuestionError, match="misses 39 questions"):
        compare_runs(GOOD, torn)


def test_a_slower_run_is_worse() -> None:
    slow = {key: dataclasses.replace(record, milliseconds=20.0) for key, record in GOOD.records.items()}
    by_name = {d.metric: d for d in compare_runs(GOOD, Run(Path("slow.jsonl"), GOOD.header, slow)).differences}
    latency = by_name["latency_ms"]
    assert latency.better is False and latency.significant


# gate

FLOORS = {"floors": {"all": {"hit@5": 0.9}, "type=temporal": {"hit@1": 0.5}, "pair=sv→de": {"mrr@10": 0.8}}}


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(FLOORS), encoding="utf-8")
    return path


def summary(run: Run) -> Summary:
    return summarize_run(run)


def test_the_gate_holds_and_falls_by_slice(floors: Path) -> None:
    assert all(check.holds for check in check_floors(summary(GOOD), read_floors(floors)))
    fallen = {(c.slice, c.metric) for c in check_floors(summary(BAD), read_floors(floors)) if not c.holds}
    assert fallen == {("all", "hit@5"), ("type=temporal", "hit@1"), ("pair=sv→de", "mrr@10")}


@pytest.mark.parametrize("seed", range(3))
def test_the_gate_does_not_depend_on_the_seed(floors: Path, seed: int) -> None:
    checks = check_floors(summarize_run(GOOD, seed), read_floors(floors))
    assert checks == check_floors(summary(GOOD), read_floors(floors))


def test_a_floor_that_cannot_be_measured_falls(floors: Path) -> None:
    floors.write_text('{"floors": {"type=conflict": {"hit@5": 0.1}}}', encoding="utf-8")
    check = check_floors(summary(GOOD), read_floors(floors))[0]
    assert check.measured is None and not check.holds


def test_a_retrieval_run_is_not_held_to_floors_of_answers(floors: Path) -> None:
    floors.write_text('{"floors": {"all": {"must_include": 0.9, "hit@5": 0.9}}}', encoding="utf-8")
    answers, retrieval = check_floors(summary(GOOD), read_floors(floors))
    assert answers.skipped and answers.holds and not retrieval.skipped
    full = check_floors(summary(make_run("full", [1] * 40, "answers")), read_floors(floors))
    assert [check.measured for check in full] == [1.0, 1.0]


def test_floors_rise_with_one_question_of_slack_and_never_fall_in_silence(floors: Path) -> None:
    changed = raise_floors(floors, summary(GOOD))
    raised = read_floors(floors)
    assert raised["all"]["hit@5"] == 0.925  # 38 of 40 measured, 37 of 40 asked for
    assert {check.metric for check in changed} >= {"hit@5"}
    assert raise_floors(floors, summary(BAD)) == [] and read_floors(floors) == raised
    assert raise_floors(floors, summary(GOOD)) == []


def test_the_slack_grows_with_the_set_as_the_noise_does(floors: Path) -> None:
    whole = summary(GOOD)
    estimate = dataclasses.replace(whole.slices["all"]["hit@5"], count=400, mean=0.95)
    raise_floors(floors, dataclasses.replace(whole, slices={**whole.slices, "all": {"hit@5": estimate}}))
    assert read_floors(floors)["all"]["hit@5"] == 0.935  # 6 of 400 questions, not 1


def test_floors_fall_only_with_a_reason_that_is_kept(floors: Path) -> None:
    lowered = raise_floors(floors, summary(BAD), lower_because="the set has ten new hard questions")
    assert {check.slice for check in lowered} == {"all", "type=temporal", "pair=sv→de"}
    document = json.loads(floors.read_text(encoding="utf-8"))
    assert {entry["reason"] for entry in document["lowered"]} == {"the set has ten new hard questions"}
    assert all(check.holds for check in check_floors(summary(BAD), read_floors(floors)))


@pytest.mark.parametrize("content", [
    "", "[]", "{}", '{"floors": []}', '{"floors": {"all": 1}}', '{"floors": {"all": {"no_such": 0.5}}}',
    '{"floors": {"all": {"latency_ms": 0.5}}}', '{"floors": {"all": {"unsupported_sentences": 0.5}}}',
    '{"floors": {"all": {"hit@5": 1.5}}}', '{"floors": {"all": {"hit@5": "high"}}}',
])
def test_what_cannot_be_a_floor_is_refused(floors: Path, content: str) -> None:
    floors.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionError, match=r"floors\.json"):
        read_floors(floors)


def test_the_floors_of_the_demo_set_can_be_read() -> None:
    floors = read_floors(questions_file().with_name("floors.json"))
    assert floors["all"]["verbatim"] == 1.0
