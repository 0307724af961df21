"""Sweeps: what can be varied, one table for all variants, and a report that shows which is best."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

from assistant.demo import questions_file
from assistant.errors import QuestionError
from assistant.evaluation.commands import compare, evaluate
from assistant.evaluation.report.plots import plot_lines
from assistant.evaluation.sweep import name_variant, parse_variants
from assistant.settings import Settings

MODEL = Settings(base_url="http://localhost:1/v1")


def test_every_combination_is_a_variant() -> None:
    variants = parse_variants(["top_k=4,8", "llm_model=small, large"], MODEL, retrieval_only=False)
    assert [name_variant(variant) for variant in variants] == [
        "top_k=4 llm_model=small", "top_k=4 llm_model=large", "top_k=8 llm_model=small", "top_k=8 llm_model=large",
    ]
    assert parse_variants(["corpus=a,b"], MODEL, retrieval_only=True) == [{"corpus": Path("a")}, {"corpus": Path("b")}]
    assert parse_variants(["top_k=4,4"], MODEL, retrieval_only=True) == [{"top_k": 4}]


@pytest.mark.parametrize("text", [
    "embedding=local", "corpus=", "api_key=x", "top_k", "top_k=", "top_k=0", "top_k=101", "top_k=4,many", "=4",
    "llm_model=small",
])
def test_what_cannot_be_varied_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="--vary"):
        parse_variants([text], Settings(), retrieval_only=False)


def test_a_model_is_not_varied_when_none_is_asked() -> None:
    with pytest.raises(QuestionError, match="llm_model"):
        parse_variants(["llm_model=small"], MODEL, retrieval_only=True)
    with pytest.raises(QuestionError, match="once"):
        parse_variants(["top_k=4", "top_k=8"], MODEL, retrieval_only=True)


@pytest.mark.parametrize("values", [[0.1], [0.1, None, 0.9], [None, None]])
def test_lines_are_sound_svg_whatever_is_missing(values: list[float | None]) -> None:
    figure = plot_lines("<Means>", ["<a>", "b", "c"][: len(values)], [("hit@5", values), ("x<y", values)])
    ElementTree.fromstring(figure)


def test_a_sweep_from_the_command_line(demo_corpus: Path, tmp_path: Path) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(evaluate)
    app.command()(compare)
    page, document = tmp_path / "sweep.html", tmp_path / "sweep.json"
    common = ["evaluate", str(questions_file()), "--corpus", str(demo_corpus), "--retrieval-only", "--lenient",
              "--limit", "5", "--run", str(tmp_path / "run.jsonl"), "--vary", "top_k=1,8"]
    result = CliRunner().invoke(app, [*common, "--report", str(page), "--report", str(document)])
    assert result.exit_code == 0, result.output
    assert "top_k=1" in result.stdout and "top_k=8" in result.stdout and "hit@5" in result.stdout
    first, second = json.loads(document.read_text(encoding="utf-8"))
    assert first["against_first"] is None
    assert second["against_first"]["settings"] == {"top_k": [1, 8]}
    assert second["metrics"]["recall@5"]["mean"] >= first["metrics"]["recall@5"]["mean"]
    assert "polyline" in page.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.glob("run.*")} == {"run.top_k=1.jsonl", "run.top_k=8.jsonl"}
    refused = CliRunner().invoke(app, [*common, "--report", str(tmp_path / "sweep.md")])
    assert isinstance(refused.exception, QuestionError)


def test_corpora_made_differently_are_swept(demo_corpus: Path, tmp_path: Path) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(evaluate)
    app.command()(compare)
    other = shutil.copytree(demo_corpus, tmp_path / "other")
    result = CliRunner().invoke(app, [
        "evaluate", str(questions_file()), "--retrieval-only", "--limit", "2", "--json", "--vary",
        f"corpus={demo_corpus},{other}",
    ])
    assert result.exit_code == 0, result.output
    _, second = json.loads(result.stdout)
    assert second["variant"] == f"corpus={other}"
    assert not any(d["significant"] for d in second["against_first"]["differences"])
