"""The judge is a second opinion: its verdicts are read strictly, and shown with their agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from fake_endpoint import Script, fake_endpoint
from typer.testing import CliRunner

from assistant.demo import questions_file
from assistant.errors import QuestionError
from assistant.evaluation.commands import compare, evaluate
from assistant.evaluation.judging import compare_verdicts, judge_answers, read_verdict
from assistant.evaluation.questions import digest_questions
from assistant.evaluation.records import Question, Record
from assistant.evaluation.run_file import Header, Run
from assistant.evaluation.summary import Summary, summarize_run
from assistant.llm import ChatModel
from assistant.settings import Settings

QUESTIONS = tuple(
    Question(f"q{i}", "How many lamps burn?", "en", "single", "12 lamps.", (("12",),)) for i in range(4)
)


@pytest.fixture
def summary() -> Summary:
    """Four answers, of which the metric `correct` finds the first three right, and one abstention."""
    texts = ["12 lamps burn.", "It is 12. [1]", "12", "Eleven lamps burn."]
    records = {f"q{i}": Record(f"q{i}", text) for i, text in enumerate(texts)}
    refused = Question("q4", "How many lamps burn?", "en", "single", "12 lamps.", (("12",),))
    questions = (*QUESTIONS, refused)
    records["q4"] = Record("q4", "The articles do not tell.", abstained=True)
    header = Header("answers", digest_questions(questions), "corpus", {}, {}, {}, questions)
    return summarize_run(Run(Path("run.jsonl"), header, records))


@pytest.mark.parametrize(("reply", "verdict"), [
    ("correct", True), ("Wrong.", False), (" **Correct** because", True), ("correctly", None), ("", None),
    ("It is not correct", None), ("incorrect", None),
])
def test_a_verdict_is_the_first_word(reply: str, verdict: bool | None) -> None:
    assert read_verdict(reply) is verdict


def test_agreement_is_worked_out_by_hand(summary: Summary) -> None:
    items = [item for item in summary.questions if not item.record.abstained]
    judged = compare_verdicts(items, {"q0": True, "q1": True, "q2": False, "q3": False})
    assert (judged.judged, judged.undecided, judged.correct) == (4, 0, 0.5)
    # agrees on 3 of 4; by chance .5 x .75 + .5 x .25 = .5, so kappa is (.75 - .5) / (1 - .5)
    assert judged.agreement == 0.75 and judged.kappa == pytest.approx(0.5)
    assert judged.disagreements == ("q2",)
    silent = compare_verdicts(items, dict.fromkeys(("q0", "q1", "q2", "q3")))
    assert silent.agreement is None and silent.undecided == 4


def test_a_model_judges_answers_and_sees_no_markers(summary: Summary) -> None:
    script = Script(["cor", "rect"])
    with fake_endpoint(script) as address:
        judged = judge_answers(summary, ChatModel(Settings(base_url=address)))
    assert (judged.judged, judged.correct, judged.agreement, judged.kappa) == (4, 1.0, 0.75, 0.0)
    prompts = [request["body"]["messages"][0]["content"] for request in script.requests]
    assert len(prompts) == 4 and all("12 lamps." in prompt and "[1]" not in prompt for prompt in prompts)


def test_a_judge_that_fails_leaves_the_numbers_alone(summary: Summary) -> None:
    with fake_endpoint(Script(status=401)) as address:
        judged = judge_answers(summary, ChatModel(Settings(base_url=address)))
    assert judged.judged == 0 and judged.undecided == 4


@pytest.fixture
def app() -> typer.Typer:
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command()(evaluate)
    commands.command()(compare)
    return commands


def test_the_command_judges_only_with_a_model(
    app: typer.Typer, demo_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = ["evaluate", str(questions_file()), "--corpus", str(demo_corpus), "--lenient", "--judge",
              "--only", "id=ferry-germans"]
    assert isinstance(CliRunner().invoke(app, common).exception, QuestionError)
    with fake_endpoint(Script(["wrong"])) as address:
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        result = CliRunner().invoke(app, [*common, "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["judge"].keys() >= {"judged", "agreement", "kappa"}
