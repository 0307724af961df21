"""What people think of answers, kept beside the corpus: judgements, and rows for a question set."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.chat.keeping import answer_digest
from assistant.chat.show.tools import REASONS
from assistant.records import Answer

JUDGEMENTS = frozenset({"right", *REASONS})
_WRITING = threading.Lock()


def keep_judgement(folder: Path, judgement: str, kept: str, question: str, answer: Answer) -> None:
    """Append a line to `judgements.jsonl`; raises ValueError for an unknown judgement, OSError."""
    if judgement not in JUDGEMENTS:
        raise ValueError(f"{judgement!r} is no judgement: use one of {', '.join(sorted(JUDGEMENTS))}")
    document = answer.to_json()
    row = {
        "judged_at": datetime.now(UTC).isoformat(timespec="seconds"), "judgement": judgement,
        "id": answer_digest(kept), "question": question,
        **{key: document[key] for key in ("language", "answer", "abstained", "sentences", "citations")},
    }
    _append(folder / "judgements.jsonl", row)


def collect_question(folder: Path, question: str, answer: Answer) -> tuple[Path, bool]:
    """Add the answer as a row of `questions.jsonl`, a draft; (the file, False when it is there already)."""
    path = folder / "questions.jsonl"
    row = question_row(question, answer)
    if any(known.get("id") == row["id"] for known in _rows(path)):
        return path, False
    _append(path, row)
    return path, True


def question_row(question: str, answer: Answer) -> dict[str, Any]:
    """A row as question sets have it: the supported quotes are its evidence, to be looked over by a person."""
    evidence = [{"article": c.article, "quote": c.quote} for c in answer.citations if c.verdict == "supported"]
    kind = "unanswerable" if answer.abstained else "multi" if len(evidence) > 1 else "single"
    row: dict[str, Any] = {
        "id": f"chat-{answer_digest(question)}", "question": question, "language": answer.language, "type": kind,
        "draft": True,
    }
    if not answer.abstained:
        row |= {"answer": answer.text, "evidence": evidence}
    return row


def take_drafts(folder: Path, source: Path) -> int:
    """Add the drafts of a set to the collected ones, those with a known id aside; how many came anew."""
    path = folder / "questions.jsonl"
    known = {row.get("id") for row in _rows(path)}
    taken = [row for row in _rows(source) if _is_draft(row) and row["id"] not in known]
    for row in taken:
        _append(path, row)
    return len(taken)


def list_drafts(folder: Path) -> list[dict[str, Any]]:
    """The rows of the collected set that nobody has looked over."""
    return [row for row in _rows(folder / "questions.jsonl") if _is_draft(row)]


def settle_draft(folder: Path, name: str, settled: Mapping[str, Any] | None) -> None:
    """Put a row in the place of the draft of this id, or take it out (None); other lines stay as they are."""
    path = folder / "questions.jsonl"
    with _WRITING:
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            row = _read(line)
            if row is None or row.get("id") != name or not _is_draft(row):
                lines.append(line)
            elif settled is not None:
                lines.append(json.dumps(settled, ensure_ascii=False))
        whole = path.with_suffix(".part")
        whole.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="backslashreplace")
        whole.replace(path)


def _append(path: Path, row: Mapping[str, Any]) -> None:
    with _WRITING:
        path.parent.mkdir(exist_ok=True)
        # A lone surrogate becomes its JSON escape.
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [row for line in path.read_text(encoding="utf-8").splitlines() if (row := _read(line)) is not None]


def _read(line: str) -> dict[str, Any] | None:
    """The row of a line; None for one somebody wrote by hand and wrongly, which the set's check will name."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _is_draft(row: Mapping[str, Any]) -> bool:
    texts = (row.get(key) for key in ("id", "question"))
    return row.get("draft") is True and all(isinstance(text, str) and text for text in texts)
