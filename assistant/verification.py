"""A file of claims judged as the answers are: with the local embedder, and the corpus where evidence is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.opening import open_settings_embedder
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.vectors import RememberedVectors
from assistant.verify import verify_claims
from ingest.language import detect_question_language


def verify_file(path: Path, settings: Settings) -> list[dict[str, Any]]:
    """Judge the claims of a JSONL file; a corpus is only needed when a claim brings no evidence."""
    rows = read_claims(path)
    if all(row.get("evidence") is not None for row in rows):
        similarity = RememberedVectors(open_settings_embedder(settings).embed_queries)
        return verify_claims(rows, similarity=similarity, detect_language=detect_question_language)
    return Assistant.open(settings.corpus, settings).verify(rows)


def read_claims(path: Path) -> list[dict[str, Any]]:
    """The claims of a JSONL file; raises QuestionError naming the line that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}): give a file with one JSON claim a line") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise QuestionError(f"{path} line {number} is not valid JSON ({error}): mend it") from error
        if not isinstance(row, dict):
            raise QuestionError(f'{path} line {number} is not an object: write {{"id": …, "claim": …}}')
        rows.append(row)
    return rows
