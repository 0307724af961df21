"""The demo articles and questions hold together: counts, fields, and every quote where it is said to be."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.demo import articles_dir, questions_file

TYPES = {"single", "multi", "temporal", "conflict", "summary", "follow_up", "unanswerable"}
REAL_OUTLETS = ("Reuters", "AFP", "BBC", "CNN", "DPA", "TT", "Spiegel", "Bloomberg", "Guardian",
                "Aftonbladet", "Expressen", "Dagens Nyheter", "Die Welt", "FAZ", "Getty", "Sputnik")


def squash(text: str) -> str:
    return " ".join(text.split())


def page_text(path: Path) -> str:
    """The page as a reader sees it, roughly: HTML loses its scripts and tags."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix in {".html", ".htm"}:
        raw = re.sub(r"<(script|style)\b.*?</\1>", " ", raw, flags=re.DOTALL)
        raw = html.unescape(re.sub(r"</?(a|strong|em|span)\b[^>]*>", "", raw))
        raw = re.sub(r"<[^>]*>", " ", raw)
    return squash(raw)


def load_articles() -> dict[str, str]:
    """Name (path relative to the folder, or a record's url or id) → whitespace-normalised page text."""
    pages: dict[str, str] = {}
    for path in sorted(articles_dir().rglob("*")):
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                pages[record.get("url") or record["id"]] = squash(record["text"])
        elif path.is_file():
            pages[path.relative_to(articles_dir()).as_posix()] = page_text(path)
    return pages


def load_questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in questions_file().read_text(encoding="utf-8").splitlines()]


ARTICLES = load_articles()
QUESTIONS = load_questions()


def test_there_are_enough_articles_of_every_format() -> None:
    suffixes = Counter(path.suffix for path in articles_dir().iterdir())
    assert len(ARTICLES) >= 24
    assert suffixes[".txt"] >= 15 and suffixes[".jsonl"] == 1
    assert suffixes[".html"] + suffixes[".htm"] >= 3
    assert all(100 < len(text.split()) < 800 for text in ARTICLES.values())


def test_there_are_questions_of_every_type_in_three_languages() -> None:
    assert len(QUESTIONS) >= 120
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS)
    assert {row["language"] for row in QUESTIONS} == {"sv", "de", "en"}
    assert {row["type"] for row in QUESTIONS} == TYPES


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["id"])
def test_a_question_has_its_fields(row: dict[str, Any]) -> None:
    assert row["question"].strip()
    assert all(isinstance(option, str) and option for group in row["must_include"] for option in group)
    assert all(isinstance(phrase, str) and phrase for phrase in row["must_not_include"])
    answerable = row["type"] != "unanswerable"
    assert bool(row["answer"]) == bool(row["evidence"]) == bool(row["must_include"]) == answerable
    assert bool(row.get("history")) == (row["type"] == "follow_up")
    assert ("asked_on" in row) == (row["type"] == "temporal")


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["id"])
def test_evidence_stands_verbatim_in_its_article(row: dict[str, Any]) -> None:
    for evidence in row["evidence"]:
        assert squash(evidence["quote"]) in ARTICLES[evidence["article"]]


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["must_include"]], ids=lambda row: row["id"])
def test_quoting_the_evidence_is_a_passing_answer(row: dict[str, Any]) -> None:
    quoted = " ".join(evidence["quote"] for evidence in row["evidence"]).casefold()
    for group in row["must_include"]:
        assert any(option.casefold() in quoted for option in group), group
    assert not any(phrase.casefold() in quoted for phrase in row["must_not_include"])


def test_many_questions_have_evidence_in_several_articles() -> None:
    voices = [len({evidence["article"] for evidence in row["evidence"]}) for row in QUESTIONS]
    assert sum(count >= 2 for count in voices) >= 12


@pytest.mark.parametrize("outlet", REAL_OUTLETS)
def test_no_real_outlet_is_named(outlet: str) -> None:
    word = re.compile(rf"\b{re.escape(outlet)}\b")
    assert not [name for name, text in ARTICLES.items() if word.search(text)]


def test_the_mess_is_there() -> None:
    joined = " ".join(ARTICLES.values())
    raw = " ".join(path.read_text(encoding="utf-8") for path in articles_dir().iterdir())
    for scar in ("XNUMX", "Lindqvistand", "loading", "Läs mer:", "Siehe auch", "Read more:",
                 "Adblocker erkannt", "Ignore previous instructions", "att att"):
        assert scar in joined
    assert "\u00a0" in raw and "Ã¥" in raw and "  • " in raw
