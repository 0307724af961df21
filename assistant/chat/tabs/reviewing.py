"""A drafted question as a form and back: what a person sees of it, and the row that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.chat.show.escape import escape, isolate
from assistant.chat.texts import TEXTS
from assistant.evaluation.checking import check_evidence
from assistant.evaluation.faults import check_row
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.records import Question
from ingest.corpus import Corpus

# Between the alternatives of a line.
OR = " | "


@dataclass(frozen=True, slots=True)
class Form:
    """What can be changed of a draft; `must` has a group a line, its alternatives divided by ` | `."""

    question: str = ""
    answer: str = ""
    must: str = ""


def read_form(row: Mapping[str, Any]) -> Form:
    """The form of a draft; a row of an odd shape gives an empty field, never an error."""
    groups, answer = row.get("must_include"), row.get("answer")
    known = [group for group in groups if isinstance(group, list)] if isinstance(groups, list) else []
    lines = [OR.join(map(str, group)) for group in known]
    return Form(str(row["question"]), answer if isinstance(answer, str) else "", "\n".join(lines))


def settled_row(row: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The draft as changed, a draft no more; empty fields are left out."""
    groups = [[part.strip() for part in line.split(OR.strip()) if part.strip()] for line in form.must.splitlines()]
    changed = {
        "question": form.question.strip(), "answer": form.answer.strip() or None,
        "must_include": [group for group in groups if group] or None,
    }
    kept = {key: value for key, value in row.items() if key != "draft"} | changed
    return {key: value for key, value in kept.items() if value is not None}


def can_be_kept(row: Mapping[str, Any]) -> bool:
    """Whether a question set can hold the row."""
    return not any(fault.stops for fault in check_row(dict(row), 1, {}))


def find_faults(row: Mapping[str, Any], corpus: Corpus) -> list[str]:
    """What is wrong with a row, by itself and held against the corpus; doubts included."""
    faults = check_row(dict(row), 1, {})
    if not any(fault.stops for fault in faults):
        checked = check_evidence(QuestionSet((Question.from_json(row),), (1,)), corpus)
        faults += checked.faults
    return [fault.message for fault in faults]


def render_draft(row: Mapping[str, Any], place: int, count: int, faults: list[str], interface: str) -> str:
    """Which draft it is, of what kind, what is wrong with it, and the quotes it rests on."""
    texts = TEXTS[interface]
    kind = " · ".join(str(row[key]) for key in ("type", "language") if row.get(key))
    wrong = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    evidence = row.get("evidence")
    quotes = "".join(
        f'<blockquote>{isolate(str(item.get("quote") or ""))}</blockquote>'
        f'<p class="source">{isolate(str(item.get("article")))}</p>'
        for item in (evidence if isinstance(evidence, list) else []) if isinstance(item, dict)
    )
    return (
        f'<p role="status">{escape(texts["draft_of"].format(place=place, count=count))}'
        f' <small>{escape(kind)}</small></p>{f"<ul>{wrong}</ul>" if wrong else ""}{quotes}'
    )
