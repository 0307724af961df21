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
    if path.is_file() and any(known.get("id") == row["id"] for known in _rows(path)):
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


def _append(path: Path, row: Mapping[str, Any]) -> None:
    with _WRITING:
        path.parent.mkdir(exist_ok=True)
        # A lone surrogate becomes its JSON escape.
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue  # a line somebody wrote by hand; the set's check will name it
        if isinstance(row, dict):
            rows.append(row)
    return rows
