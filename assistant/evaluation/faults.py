"""What can be wrong with one row of a question set, told with its line number and id.

A fault of kind "format" stops an evaluation, one of kind "corpus" stops it unless it is told to go on, a
"warning" is only shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.evaluation.records import TYPES, UNANSWERABLE

FIELDS = ("id", "question", "language", "type", "answer", "must_include", "must_not_include", "evidence",
          "history", "asked_on")
# Sets may carry fields of their own; a near miss of one of ours is a slip that would silently change a score.
MISSPELT = 0.8
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a question set: where, and what."""

    line: int
    id: str | None
    message: str
    kind: Literal["format", "corpus", "warning"]

    @property
    def stops(self) -> bool:
        """Whether the row cannot be used at all."""
        return self.kind == "format"

    def __str__(self) -> str:
        return f"line {self.line}{f' ({self.id})' if self.id else ''}: {self.message}"


def check_row(row: Any, line: int, seen: dict[str, int]) -> list[Fault]:
    """The faults of one row; `seen` maps ids to their first line and is added to."""
    if not isinstance(row, dict):
        return [Fault(line, None, "is not a JSON object: write {…} with id and question", "format")]
    name = row["id"] if isinstance(row.get("id"), str) else None
    faults = [Fault(line, name, message, "format") for message in _format_faults(row)]
    if name in seen:
        faults.append(Fault(line, name, f"has the id of line {seen[name]}: ids must differ", "format"))
    elif name:
        seen[name] = line
    if not faults:
        faults = [Fault(line, name, message, "warning") for message in _doubts(row)]
    return faults


def _format_faults(row: dict[str, Any]) -> Iterator[str]:
    for key in ("id", "question"):
        if key not in row:
            yield f"has no {key}"
        elif not isinstance(row[key], str) or not row[key].strip():
            yield f"has an empty {key}: a text is needed"
    for key in row:
        close = difflib.get_close_matches(key, FIELDS, 1, MISSPELT)
        if key not in FIELDS and close:
            yield f"has a field {key!r}: is {close[0]!r} meant?"
    if row.get("type") is not None and row["type"] not in TYPES:
        yield f"has the unknown type {row['type']!r}: use one of {', '.join(TYPES)}"
    language = row.get("language")
    if language is not None and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        yield f"has the language {language!r}: use a code such as sv, de or en"
    if row.get("answer") is not None and not isinstance(row["answer"], str):
        yield "has an answer that is not a text: use a text or null"
    yield from _phrase_faults(row)
    yield from _evidence_faults(row.get("evidence"))
    yield from _history_faults(row.get("history"))
    if row.get("asked_on") is not None and not _is_day(row["asked_on"]):
        yield f"has asked_on {row['asked_on']!r}: write a day as 2024-06-01"


def _phrase_faults(row: dict[str, Any]) -> Iterator[str]:
    groups = row.get("must_include")
    if groups is not None:
        if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
            yield 'has a must_include that is not a list of groups: write [["any of", "these"], ["and this"]]'
        elif not all(groups):
            yield "has an empty group in must_include, which nothing can meet"
        elif not all(_is_text(option) for group in groups for option in group):
            yield "has an empty or non-text option in must_include"
    phrases = row.get("must_not_include")
    if phrases is not None and not (isinstance(phrases, list) and all(map(_is_text, phrases))):
        yield "has a must_not_include that is not a list of texts"


def _evidence_faults(evidence: Any) -> Iterator[str]:
    if evidence is None:
        return
    if not isinstance(evidence, list) or not all(isinstance(item, dict) for item in evidence):
        yield 'has an evidence that is not a list of {"article", "quote"}'
        return
    for number, item in enumerate(evidence, start=1):
        if not _is_text(item.get("article")):
            yield f"has evidence {number} without an article"
        if item.get("quote") is not None and not _is_text(item["quote"]):
            yield f"has an empty quote in evidence {number}: leave it out or quote the article"


def _history_faults(history: Any) -> Iterator[str]:
    if history is None:
        return
    if not isinstance(history, list) or not all(map(_is_turn, history)):
        yield 'has a history that is not a list of {"role": "user" or "assistant", "content": "…"}'


def _doubts(row: dict[str, Any]) -> Iterator[str]:
    if row.get("type") == UNANSWERABLE:
        if row.get("evidence") or row.get("answer") or row.get("must_include"):
            yield "is unanswerable but has an answer, evidence or must_include, which will not be judged"
    elif row.get("type") and not row.get("evidence"):
        yield f"is of type {row['type']} but has no evidence, so retrieval cannot be judged"
    if row.get("type") == "follow_up" and not row.get("history"):
        yield "is a follow_up without a history"
    if row.get("asked_on") is None and row.get("type") == "temporal":
        yield "is temporal without asked_on, so its answer depends on the day it is asked"


def _is_turn(value: Any) -> bool:
    return (isinstance(value, dict) and value.get("role") in ("user", "assistant")
            and isinstance(value.get("content"), str))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
