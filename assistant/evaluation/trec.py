"""The ranking of a run and its gold as TREC run and qrels files, for `trec_eval` and `ir-measures`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from assistant.evaluation.metrics.retrieval import Unit, rank_items
from assistant.evaluation.run_file import Run


def write_trec(run: Run, folder: Path, unit: Unit = "article") -> tuple[Path, Path]:
    """Write `NAME.UNIT.run` and `NAME.UNIT.qrels` into a folder; returns their paths.

    Only questions with evidence are written. Names are percent-encoded, since TREC fields hold no spaces.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ranked = folder / f"{run.name}.{unit}.run"
    gold = folder / f"{run.name}.{unit}.qrels"
    ranked.write_text("".join(_run_lines(run, unit)), encoding="ascii")
    gold.write_text("".join(_qrels_lines(run, unit)), encoding="ascii")
    return ranked, gold


def _run_lines(run: Run, unit: Unit) -> Iterator[str]:
    for question, record in run.pairs():
        ranking, relevant = rank_items(unit, question, record)
        if relevant:
            for rank, item in enumerate(ranking, start=1):
                # trec_eval orders by score alone, so the score is the place from the end.
                score = len(ranking) - rank + 1
                yield f"{_field(question.id)} Q0 {_field(item)} {rank} {score} {_field(run.name)}\n"


def _qrels_lines(run: Run, unit: Unit) -> Iterator[str]:
    for question, record in run.pairs():
        for item in sorted(rank_items(unit, question, record)[1]):
            yield f"{_field(question.id)} 0 {_field(item)} 1\n"


def _field(name: str) -> str:
    return quote(name, safe="/:.-_", errors="backslashreplace")
