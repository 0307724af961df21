"""Going through drafted questions in the chat: kept, changed, dropped, left for later, and what cannot be kept."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from browsing import ANSWER_MS, OpenPage, browser, open_page, scroll_excess
from chat_server import served
from playwright.sync_api import expect

from assistant.chat.answering import Answering
from assistant.chat.feedback import list_drafts, settle_draft, take_drafts
from assistant.chat.serve.limits import Limits
from assistant.chat.shelf import Library
from assistant.chat.tabs.review import Review
from assistant.chat.tabs.reviewing import Form, find_faults, read_form, settled_row
from assistant.evaluation.questions import load_questions
from assistant.settings import Settings
from ingest.corpus import Corpus

__all__ = ["browser", "open_page"]

BUILT = {
    "id": "built", "question": "When was the dam built?", "language": "en", "type": "single", "answer": "In 1931",
    "must_include": [["1931", "MCMXXXI"], ["Kaltenrode"]],
    "evidence": [{"article": "010_60b2e8d7fa13c49e.txt", "quote": "The Kaltenrode dam, built in 1931, was"}],
    "draft": True,
}
WRONG = {"id": "wrong", "question": "Who built it?", "type": "single", "draft": True,
         "evidence": [{"article": "010_60b2e8d7fa13c49e.txt", "quote": "Beavers built the dam."}]}
CHECKED = {"id": "checked", "question": "Is this one checked?"}


def write(folder: Path, *rows: dict[str, Any], after: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + after, encoding="utf-8")
    return path


def test_a_draft_is_a_form_and_a_form_is_a_row() -> None:
    form = read_form(BUILT)
    assert form == Form("When was the dam built?", "In 1931", "1931 | MCMXXXI\nKaltenrode")
    assert settled_row(BUILT, form) == {key: value for key, value in BUILT.items() if key != "draft"}
    changed = settled_row(BUILT, Form(" When? ", "", " 1931|in 1931 \n\n"))
    assert changed["question"] == "When?" and "answer" not in changed
    assert changed["must_include"] == [["1931", "in 1931"]]
    assert read_form({"question": 7, "answer": [], "must_include": "x"}) == Form("7")


def test_what_is_wrong_with_a_draft_is_told(demo_corpus: Path) -> None:
    corpus = Corpus.open(demo_corpus)
    assert find_faults(BUILT, corpus) == []
    assert "words it does not contain" in find_faults(WRONG, corpus)[0]
    assert "unknown type" in find_faults({"id": "a", "question": "?", "type": "odd"}, corpus)[0]


def test_settling_one_draft_leaves_every_other_line_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, BUILT, CHECKED, WRONG, after="written by hand, and wrongly\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    settle_draft(tmp_path, "built", {"id": "built", "question": "Wann?"})
    settle_draft(tmp_path, "wrong", None)
    settle_draft(tmp_path, "checked", None)  # no draft, so nobody's to drop
    assert path.read_text(encoding="utf-8").splitlines() == ['{"id": "built", "question": "Wann?"}', lines[1], lines[3]]
    assert not list(tmp_path.glob("*.part"))


def test_drafts_of_a_file_are_taken_in_once(tmp_path: Path) -> None:
    source = write(tmp_path / "own", BUILT, CHECKED, WRONG, {"question": "without an id", "draft": True})
    folder = tmp_path / "chat"
    assert take_drafts(folder, source) == 2 and take_drafts(folder, source) == 0
    assert [row["id"] for row in list_drafts(folder)] == ["built", "wrong"]


@pytest.fixture
def review(demo_corpus: Path, tmp_path: Path) -> Review:
    return Review(Answering(Library(Settings(corpus=demo_corpus)), Limits(3)), tmp_path)


def test_drafts_are_gone_through_one_by_one(review: Review, tmp_path: Path) -> None:
    third = BUILT | {"id": "third", "question": "And the third?"}
    path = write(tmp_path, BUILT, WRONG, third)
    _, name, told, *fields = review.begin(None, "en")
    assert name == "built" and "Draft 1 of 3" in told and "built in 1931" in told and fields[1] == "In 1931"
    _, name, told, *_ = review.later(name, "sv")
    assert name == "wrong" and "Utkast 2 av 3" in told and "words it does not contain" in told
    assert review.keep(name, Form("  "), "en")[1] == "wrong"  # no question, no row
    _, name, told, *_ = review.drop(name, "de")
    assert name == "third" and "Entwurf 2 von 2" in told
    assert review.later(name, "en")[1] == "built"
    _, name, *_ = review.keep(name, Form("And the last?", "1931", "1931"), "en")
    assert name == "built"
    assert review.keep("nobody", Form("?"), "en")[1] == "built"
    _, name, told, *_ = review.keep(name, read_form(BUILT), "en")
    assert name == "" and "No draft is left" in told
    loaded = load_questions(path)
    assert not loaded.faults and [q.question for q in loaded.questions] == ["When was the dam built?", "And the last?"]


def test_drafts_are_reviewed_on_the_page(demo_corpus: Path, tmp_path: Path, open_page: OpenPage) -> None:
    corpus = Path(shutil.copytree(demo_corpus, tmp_path / "corpus"))
    source = write(tmp_path / "own", BUILT, WRONG)
    with served(corpus) as address:
        page = open_page(f"{address}#evaluate", ready="#intro h2", phone=True)
        page.locator("#own input[type=file]").set_input_files(source)
        expect(page.locator("#own")).to_contain_text(re.compile(r"questions\s*\.jsonl"), timeout=ANSWER_MS)
        page.locator("#review").click()
        box = page.locator("#draft-question textarea")
        expect(box).to_have_value(BUILT["question"], timeout=ANSWER_MS)
        expect(page.locator("#draft blockquote")).to_contain_text("built in 1931")
        assert scroll_excess(page) == 0
        box.fill("In which year was it built?")
        page.locator("#keep").click()
        expect(page.locator("#draft [role=status]")).to_contain_text("Draft 1 of 1", timeout=ANSWER_MS)
        page.locator("#drop").click()
        expect(page.locator("#draft [role=status]")).to_contain_text("No draft is left", timeout=ANSWER_MS)
        expect(page.locator("#draft-form")).to_be_hidden()
    kept = load_questions(corpus / "chat" / "questions.jsonl")
    assert [question.question for question in kept.questions] == ["In which year was it built?"]
