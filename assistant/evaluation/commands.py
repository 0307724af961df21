"""The commands `evaluate` and `compare`: read files, call this package, print; decide nothing."""

from __future__ import annotations

import re
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assistant.errors import AssistantError, QuestionError
from assistant.evaluation.options import (
    GateOption,
    JudgeOption,
    LenientOption,
    LimitOption,
    LowerOption,
    OnlyOption,
    RaiseOption,
    ReportOption,
    RetrievalOption,
    RunOption,
    RunsArgument,
    SetArgument,
    TrecOption,
    VaryOption,
    WorkersOption,
)
from assistant.options import CorpusOption, JsonOption, TopKOption
from assistant.output import print_json
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.evaluation.gate import FloorCheck
    from assistant.evaluation.questions import QuestionSet
    from assistant.evaluation.run_file import Run
    from assistant.evaluation.summary import Summary
    from assistant.pipeline import Assistant

# A model at an endpoint answers several at once; quoting and searching use every core already (22 questions a second
# searched by one, 18 by two on two cores).
WORKERS_WITH_MODEL = 4


def evaluate(
    questions: SetArgument,
    corpus: CorpusOption = None,
    run: RunOption = None,
    report: ReportOption = None,
    gate: GateOption = None,
    raise_floors: RaiseOption = False,
    allow_lower: LowerOption = None,
    retrieval_only: RetrievalOption = False,
    only: OnlyOption = None,
    limit: LimitOption = None,
    top_k: TopKOption = None,
    workers: WorkersOption = None,
    lenient: LenientOption = False,
    trec: TrecOption = None,
    vary: VaryOption = None,
    judge: JudgeOption = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a question set and measure the answers."""
    from assistant.evaluation.judging import judge_answers
    from assistant.evaluation.questions import load_questions
    from assistant.evaluation.summary import summarize_run
    from assistant.evaluation.tables import print_judged, print_summary
    from assistant.llm import ChatModel
    from assistant.pipeline import Assistant

    _check_options(report or [], gate, raise_floors, allow_lower)
    chosen = load_questions(questions).select(only or (), limit)
    settings = _settings(corpus, top_k, retrieval_only)
    if vary:
        if gate or trec or judge or any(path.suffix == ".md" for path in report or []):
            raise QuestionError("--vary goes with --run and with --report in .html or .json only")
        _sweep(vary, chosen, settings, run, report or [], retrieval_only, workers, lenient, as_json)
        return
    if judge and (retrieval_only or not settings.has_model):
        raise QuestionError("--judge needs answers and a model: set OPENAI_BASE_URL or OPENAI_API_KEY")
    with ExitStack() as stack:
        folder = run.parent if run else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = run or folder / f"{questions.stem}.jsonl"
        assistant = Assistant.open(settings.corpus, settings)
        finished = _ask(chosen, assistant, path, retrieval_only, workers, lenient)
        summary = summarize_run(finished)
        checks = _pass_gate(gate, summary, raise_floors, allow_lower)
        _write(report or [], trec, finished, summary)
    judged = judge_answers(summary, ChatModel(settings)) if judge else None
    if as_json:
        second = {"judge": judged.to_json()} if judged else {}
        print_json(summary.to_json() | {"gate": [_check_json(check) for check in checks]} | second)
    else:
        print_summary(summary)
        if judged:
            print_judged(judged)
        _print_gate(checks)
    if summary.questions and all(item.record.error for item in summary.questions):
        raise AssistantError(f"every question failed, the first with: {summary.questions[0].record.error}")
    if not all(check.holds for check in checks):
        raise typer.Exit(1)


def compare(runs: RunsArgument, as_json: JsonOption = False) -> None:
    """Compare runs of one question set, paired, with confidence intervals and a permutation test."""
    from assistant.evaluation.compare import compare_runs
    from assistant.evaluation.run_file import read_run
    from assistant.evaluation.tables import print_comparison

    if len(runs) < 2:
        raise QuestionError("name two run files or more: assistant compare RUN_A RUN_B")
    first, *others = [read_run(path) for path in runs]
    comparisons = [compare_runs(first, other) for other in others]
    if as_json:
        documents = [comparison.to_json() for comparison in comparisons]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        for comparison in comparisons:
            print_comparison(comparison)


def _check_options(reports: list[Path], gate: Path | None, raising: bool, lowering: str | None) -> None:
    for path in reports:
        if path.suffix not in (".html", ".md", ".json"):
            raise QuestionError(f"--report {path} has no known form: end it in .html, .md or .json")
    if (raising or lowering) and gate is None:
        raise QuestionError("--raise-floors and --allow-lower need --gate FLOORS.json")
    if lowering is not None and not (raising and lowering.strip()):
        raise QuestionError("--allow-lower needs a reason, and --raise-floors")


def _settings(corpus: Path | None, top_k: int | None, retrieval_only: bool) -> Settings:
    settings = read_settings(corpus)
    if retrieval_only:
        settings = settings.without_model()
    return settings.model_copy(update={"top_k": top_k}) if top_k else settings


def _ask(
    chosen: QuestionSet, assistant: Assistant, path: Path, retrieval_only: bool, workers: int | None,
    lenient: bool,
) -> Run:
    from assistant.evaluation.checking import check_evidence, refuse_faults
    from assistant.evaluation.runs import run_questions
    from assistant.evaluation.tables import asking_progress, print_faults

    checked = check_evidence(chosen, assistant.corpus)
    print_faults(checked.faults)
    refuse_faults(checked, lenient=lenient)
    usual = WORKERS_WITH_MODEL if assistant.settings.has_model and not retrieval_only else 1
    with asking_progress() as progress:
        return run_questions(
            checked.questions, assistant, path, retrieval_only=retrieval_only, workers=workers or usual,
            progress=progress,
        )


def _sweep(
    vary: list[str], chosen: QuestionSet, settings: Settings, run: Path | None, reports: list[Path],
    retrieval_only: bool, workers: int | None, lenient: bool, as_json: bool,
) -> None:
    from assistant.evaluation.report import write_sweep
    from assistant.evaluation.sweep import Variant, name_variant, parse_variants, sweep_variants
    from assistant.evaluation.tables import print_sweep
    from assistant.pipeline import Assistant

    variants = parse_variants(vary, settings, retrieval_only=retrieval_only)
    with tempfile.TemporaryDirectory() as folder:
        base = run or Path(folder) / "sweep.jsonl"

        def ask(variant: Variant) -> Run:
            varied = settings.model_copy(update=dict(variant))
            name = re.sub(r"[^\w.=-]+", "_", name_variant(variant))
            path = base.with_name(f"{base.stem}.{name}.jsonl")
            assistant = Assistant.open(varied.corpus, varied)
            return _ask(chosen, assistant, path, retrieval_only, workers, lenient)

        swept = sweep_variants(variants, ask)
        for path in reports:
            write_sweep(path, swept)
    if as_json:
        print_json([item.to_json() for item in swept])
    else:
        print_sweep(swept)


def _pass_gate(gate: Path | None, summary: Summary, raising: bool, lowering: str | None) -> list[FloorCheck]:
    from assistant.evaluation.gate import check_floors, raise_floors, read_floors

    if gate is None:
        return []
    if raising:
        raise_floors(gate, summary, lower_because=lowering)
    return check_floors(summary, read_floors(gate))


def _write(reports: list[Path], trec: Path | None, run: Run, summary: Summary) -> None:
    from assistant.evaluation.report import write_report
    from assistant.evaluation.trec import write_trec

    for path in reports:
        write_report(path, run, summary)
    if trec:
        write_trec(run, trec, "article")
        write_trec(run, trec, "quote")


def _print_gate(checks: list[FloorCheck]) -> None:
    from assistant.evaluation.tables import print_gate

    if checks:
        print_gate(checks)


def _check_json(check: FloorCheck) -> dict[str, Any]:
    return {"slice": check.slice, "metric": check.metric, "floor": check.floor, "measured": check.measured,
            "holds": check.holds, "skipped": check.skipped}
