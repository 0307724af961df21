"""The bundled example: made-up articles in three languages, as messy as scraped ones, with questions."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def articles_dir() -> Path:
    """The folder of example articles (.txt, .html, .htm, .jsonl), ready for `assistant ingest`."""
    return _HERE / "articles"


def questions_file() -> Path:
    """The question set on the example articles, one JSON object a line."""
    return _HERE / "questions.jsonl"
