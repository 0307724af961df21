"""Reading a question set: JSON Lines, one question a line, every fault named with its line and id.

Knows no corpus; whether the evidence is there is the business of `checking`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation.faults import Fault, check_row
from assistant.evaluation.records import Question


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file, the lines they stand on, and the faults found in it."""

    questions: tuple[Question, ...]
    lines: tuple[int, ...]
    faults: tuple[Fault, ...] = ()

    def select(self, only: Sequence[str] = (), limit: int | None = None) -> QuestionSet:
        """The questions with every `field=value` of `only` (type, language, id), at most `limit` of them."""
        wanted = [_parse_filter(text) for text in only]
        kept = [
            (question, line)
            for question, line in zip(self.questions, self.lines, strict=True)
            if all(getattr(question, key) == value for key, value in wanted)
        ][:limit]
        if not kept:
            raise QuestionError(f"no question has {' and '.join(only)}: see the set's types and languages")
        questions, lines = zip(*kept, strict=True)
        return QuestionSet(questions, lines, self.faults)


def load_questions(path: Path) -> QuestionSet:
    """Read a set, unusable rows left out and told in `faults`; raises QuestionError without a file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise QuestionError(f"{path} cannot be read ({reason}): name a file of questions") from error
    questions, lines, faults = [], [], []
    seen: dict[str, int] = {}
    for line, row in _rows(content):
        found = [row] if isinstance(row, Fault) else check_row(row, line, seen)
        faults.extend(found)
        if not isinstance(row, Fault) and not any(fault.stops for fault in found):
            questions.append(Question.from_json(row))
            lines.append(line)
    if not questions and not faults:
        raise QuestionError(f"{path} holds no question: one JSON object a line, with id and question")
    return QuestionSet(tuple(questions), tuple(lines), tuple(faults))


def digest_questions(questions: Sequence[Question]) -> str:
    """16 hex digits that depend on the questions and their gold, not on their order or on corpus facts."""
    rows = []
    for question in questions:
        row = question.to_json()
        row["evidence"] = [[item.article, item.quote] for item in question.evidence]
        rows.append(json.dumps(row, sort_keys=True))
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]


def _rows(content: bytes) -> Iterator[tuple[int, Any]]:
    """(line number from 1, parsed value or the fault of that line)."""
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            try:
                yield number, json.loads(raw)
            except (ValueError, RecursionError) as error:
                reason = getattr(error, "msg", "") or str(error)
                yield number, Fault(number, None, f"is not a JSON object in UTF-8 ({reason})", "format")


def _parse_filter(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    if key not in ("type", "language", "id") or not value:
        raise QuestionError(f"--only {text} is not understood: use type=…, language=… or id=…")
    return key, value
