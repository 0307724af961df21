"""A model as a second opinion on answers, shown with how far it agrees with the metric `correct`.

It decides nothing: no floor and no table rests on it. Agreement beyond chance is Cohen's kappa (1960).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from assistant.errors import EndpointError
from assistant.evaluation.records import Question, Record
from assistant.evaluation.summary import Scored, Summary
from assistant.evaluation.words import strip_markers
from assistant.llm import ChatModel, Message
from assistant.prompts import render_prompt

TOGETHER = 4
_VERDICT = re.compile(r"\W*(correct|wrong)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge said of the answers that have an expected one, and how that agrees with `correct`.

    `judged` were decided, `undecided` got no verdict; `agreement` is a share, `kappa` None when either
    side says the same of all. `disagreements` are ids.
    """

    judged: int
    undecided: int
    correct: float | None
    agreement: float | None
    kappa: float | None
    disagreements: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The part `judge` of `assistant evaluate --json`."""
        return asdict(self)


def judge_answers(summary: Summary, model: ChatModel) -> Judged:
    """Have every answer judged that has an expected one."""
    items = [item for item in summary.questions if _can_be_judged(item.question, item.record)]
    with ThreadPoolExecutor(TOGETHER) as pool:
        verdicts = dict(zip((item.question.id for item in items),
                            pool.map(lambda item: _ask(item, model), items), strict=True))
    return compare_verdicts(items, verdicts)


def compare_verdicts(items: list[Scored], verdicts: Mapping[str, bool | None]) -> Judged:
    """The verdicts (by question id, None for undecided) against the metric `correct`."""
    pairs = list(_pairs(items, verdicts))
    if not pairs:
        return Judged(0, len(items), None, None, None, ())
    agreed = sum(said == found for _, said, found in pairs) / len(pairs)
    said_so = sum(said for _, said, _ in pairs) / len(pairs)
    found_so = sum(found for _, _, found in pairs) / len(pairs)
    chance = said_so * found_so + (1 - said_so) * (1 - found_so)
    kappa = (agreed - chance) / (1 - chance) if chance < 1.0 else None
    disagreements = tuple(name for name, said, found in pairs if said != found)
    return Judged(len(pairs), len(items) - len(pairs), said_so, agreed, kappa, disagreements)


def read_verdict(reply: str) -> bool | None:
    """True for correct, False for wrong, None for anything else."""
    match = _VERDICT.match(reply)
    return None if match is None else match[1].casefold() == "correct"


def _pairs(items: list[Scored], verdicts: Mapping[str, bool | None]) -> Iterator[tuple[str, bool, bool]]:
    for item in items:
        said, found = verdicts[item.question.id], item.scores["correct"]
        if said is not None and found is not None:
            yield item.question.id, said, found == 1.0


def _can_be_judged(question: Question, record: Record) -> bool:
    return bool(question.answer) and record.answer is not None and not record.abstained and record.error is None


def _ask(item: Scored, model: ChatModel) -> bool | None:
    values = {"question": item.question.question, "expected": item.question.answer or "",
              "answer": strip_markers(item.record.answer or "")}
    try:
        return read_verdict("".join(model.stream([Message("user", render_prompt("judge", values))])))
    except EndpointError:
        return None
