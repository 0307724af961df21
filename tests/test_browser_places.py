"""What stands around the conversation, in a real Chromium: history, links, feedback, places, accounts, axe."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import (
    ANSWER_MS,
    OpenPage,
    ask,
    browser,
    open_page,
    scroll_excess,
)
from chat_server import served
from playwright.sync_api import Page, expect

from assistant.chat.serve.accounts import add_user
from assistant.demo import questions_file

FERRY = "How many people were hurt when the ferry Ejdervind ran aground off Almskär?"
PAINTING = "Was ist mit dem Gemälde „Die Eisfischer“ geschehen?"
ARABIC = (
    "افتتاح مكتبة المدينة الجديدة في واحة الزيتون\n\n"
    "افتتحت مكتبة المدينة الجديدة في واحة الزيتون يوم الثلاثاء بحضور ثلاثمئة من سكانها.\n\n"
    "وقالت مديرة المكتبة ليلى منصور إن المبنى يضم أربعين ألف كتاب وقاعة للأطفال.\n\n"
    "وتفتح المكتبة أبوابها كل يوم من الثامنة صباحا حتى التاسعة مساء.\n"
)


@pytest.fixture(scope="module")
def corpus(demo_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_corpus, tmp_path_factory.mktemp("places") / "corpus"))


@pytest.fixture(scope="module")
def chat(corpus: Path) -> Iterator[str]:
    with served(corpus, "--allow-ingest") as address:
        yield address


def test_history_is_kept_found_reopened_and_deleted(chat: str, open_page: OpenPage) -> None:
    page = open_page(chat)
    ask(page, FERRY)
    page.locator("#new").click()
    page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
    ask(page, PAINTING)
    page.reload()
    page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
    page.locator("[data-history]").click()
    history = page.locator("#history")
    expect(history.locator(".name")).to_have_count(2)
    history.locator("input").fill("ejderVIND")
    expect(history.locator(".name")).to_have_count(1)
    history.locator(".name").click()
    expect(page.locator("#live .question")).to_have_text(FERRY, timeout=ANSWER_MS)
    expect(page.locator("#live .chip[data-source]").first).to_be_visible()
    page.locator("#live .chip[data-source]").first.click()
    page.locator("#source-1-1 details.whole summary").first.click()
    expect(page.locator("#source-1-1 .fulltext mark")).to_be_visible(timeout=ANSWER_MS)
    ask(page, "And how many were on board?")  # goes on where it stopped
    page.locator("[data-history]").click()
    expect(history.locator(".name")).to_have_count(2)
    history.locator("li").nth(1).locator("button").nth(1).click()
    expect(history.locator(".name")).to_have_count(1)
    history.locator(".all").click()
    expect(history.locator(".all")).to_have_text("Really delete all?")
    expect(history.locator(".name")).to_have_count(1)
    history.locator(".all").click()
    expect(history.locator(".hint")).to_be_visible()
    page.keyboard.press("Escape")
    expect(history).to_be_hidden()


def test_a_link_reopens_an_answer_and_a_forged_one_does_not(chat: str, open_page: OpenPage) -> None:
    page = open_page(chat)
    ask(page, FERRY)
    text = page.locator("#live .text").text_content()
    page.locator("#live .menu summary").first.click()
    page.locator("#live [data-link]").click()
    link = str(page.evaluate("navigator.clipboard.readText()"))
    other = open_page(link, locale="sv-SE", ready="#live .text")
    assert other.locator("#live .text").text_content() == text
    assert other.locator("#live .question").text_content() == FERRY
    assert "answer=" not in other.url
    forged = open_page(link[:-3] + ("AAA" if link[-3:] != "AAA" else "BBB"), ready="#live .trouble")
    expect(forged.locator("#live .trouble")).to_contain_text("cannot be reopened")


def test_a_question_is_taken_back_and_changed(chat: str, open_page: OpenPage) -> None:
    page = open_page(chat)
    ask(page, FERRY)
    ask(page, PAINTING)
    page.locator("#live [data-edit]").click()
    expect(page.locator("#question textarea")).to_have_value(PAINTING, timeout=ANSWER_MS)
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator("#live .question")).to_have_text(FERRY)
    ask(page, PAINTING.replace("Was", "Wann"))
    assert page.locator(".exchange").count() == 2
    page.locator("#live [data-undo]").click()
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator("#live .question")).to_have_text(FERRY)
    expect(page.locator("#question textarea")).to_have_value("")


def test_judgements_and_questions_are_written_down(chat: str, corpus: Path, open_page: OpenPage) -> None:
    page = open_page(chat, locale="sv-SE")
    ask(page, FERRY)
    page.locator("#live .menu summary").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#live .choices").nth(1)).to_be_hidden()
    page.keyboard.press("Enter")
    page.locator('#live [data-judge="wrong_source"]').click()
    expect(page.locator("#live .outcome")).to_have_text("Tack, noterat.", timeout=ANSWER_MS)
    expect(page.locator("#live .choices").nth(1)).to_be_hidden()
    page.locator("#live .menu summary").first.click()
    page.locator("#live [data-collect]").click()
    expect(page.locator("#live .outcome")).to_contain_text("questions.jsonl", timeout=ANSWER_MS)
    judged = json.loads((corpus / "chat" / "judgements.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (judged["judgement"], judged["question"]) == ("wrong_source", FERRY)
    row = json.loads((corpus / "chat" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert row["question"] == FERRY and row["evidence"]


def test_an_answer_is_saved_as_a_page_that_needs_nothing(chat: str, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(chat)
    ask(page, FERRY)
    page.locator("#live .menu summary").first.click()
    with page.expect_download() as download:
        page.locator("#live [data-page]").click()
    saved = tmp_path / "answer.html"
    download.value.save_as(saved)
    asked: list[str] = []
    alone = page.context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(saved.as_uri())
    expect(alone.locator("h1")).to_have_text(FERRY)
    alone.locator("a.chip").first.click()
    expect(alone.locator("#source-1-1 blockquote")).to_be_in_viewport()
    assert asked == [saved.as_uri()]
    assert_accessible(alone, "saved page")


def test_a_search_is_narrowed_by_language_and_day(chat: str, open_page: OpenPage) -> None:
    page = open_page(chat)
    page.locator("#narrow button").first.click()
    page.locator("#languages").get_by_label(re.compile("German")).check()
    ask(page, FERRY)
    facts = page.locator("#evidence .turn:not([hidden]) .facts").all_text_contents()
    assert facts and all("German" in fact for fact in facts)
    expect(page.locator("#live .trouble")).to_contain_text("Only searched: German.")
    page.locator("#languages").get_by_label(re.compile("German")).uncheck()
    page.locator("#since input").fill("2024-06-01")
    ask(page, FERRY)
    facts = page.locator("#evidence .turn:not([hidden]) .facts").all_text_contents()
    assert facts and all(re.search("202[4-9]", fact) for fact in facts)
    expect(page.locator("#live .trouble")).to_contain_text("Published from 1 Jun 2024")


def test_places_have_addresses(chat: str, open_page: OpenPage) -> None:
    page = open_page(f"{chat}#corpus", ready="#health h2")
    expect(page.locator("#desk")).to_be_hidden()
    expect(page.locator(".figures dd").first).to_have_text(re.compile(r"\d+"))
    expect(page.locator(".months rect").first).to_be_visible()
    page.locator('[data-place="ask"]').click()
    expect(page.locator("#desk")).to_be_visible()
    expect(page.locator("#health")).to_be_hidden()
    page.go_back()
    expect(page.locator("#health")).to_be_visible()
    expect(page.locator('[data-place="corpus"]')).to_have_attribute("aria-current", "page")


def test_a_topic_is_summarised_and_told_day_by_day(chat: str, open_page: OpenPage) -> None:
    page = open_page(f"{chat}#summaries", ready="#digest-head h2")
    page.locator("#topic :is(input, textarea)").fill("Ejdervind")
    page.locator("#summarize").click()
    page.locator("#digest a.chip").first.wait_for(timeout=ANSWER_MS)
    page.locator("#digest a.chip").first.click()
    expect(page.locator("#source-0-1 blockquote")).to_be_in_viewport()
    expect(page.locator("#summaries")).to_be_visible()
    page.locator("#timeline").click()
    expect(page.locator("#digest .events li").first).to_be_visible(timeout=ANSWER_MS)


def test_a_question_set_is_asked_and_its_report_read(chat: str, open_page: OpenPage, tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    rows = questions_file().read_text(encoding="utf-8").splitlines()[:3]
    own.write_text("\n".join([*rows, '{"id": "x"}']) + "\n", encoding="utf-8")
    page = open_page(f"{chat}#evaluate", ready="#intro h2")
    page.locator("#own input[type=file]").set_input_files(own)
    expect(page.locator("#own")).to_contain_text(re.compile(r"own\s*\.jsonl"), timeout=ANSWER_MS)
    page.locator("#search-only input").check()
    page.locator("#run").click()
    report = page.frame_locator("iframe.report")
    expect(report.locator("h1").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator("#result .stage")).to_have_text("3 questions asked.")
    expect(page.locator("#result details")).to_contain_text("(1)")
    with page.expect_download() as download:
        page.locator("[data-report]").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_dropped_articles_are_added_and_read_from_right_to_left(
    chat: str, open_page: OpenPage, tmp_path: Path
) -> None:
    (tmp_path / "maktaba.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    page = open_page(f"{chat}#corpus", ready="#health h2")
    page.locator("#dropped input[type=file]").set_input_files([tmp_path / "maktaba.txt", tmp_path / "empty.txt"])
    expect(page.locator("#added")).to_contain_text("1 added", timeout=ANSWER_MS)
    expect(page.locator("#added li")).to_contain_text("empty.txt")
    page.locator('[data-place="ask"]').click()
    ask(page, "كم كتابا يضم مبنى مكتبة المدينة الجديدة في واحة الزيتون؟")
    quote = page.locator("#evidence .turn:not([hidden]) blockquote", has_text="كتاب").first
    expect(quote).to_be_visible()
    assert quote.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator("#live .question").evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert scroll_excess(page) == 0


def test_the_keyboard_alone_is_enough(chat: str, open_page: OpenPage) -> None:
    page = open_page(chat)
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(FERRY)
    page.keyboard.press("Enter")
    page.locator("#live [data-copy]").wait_for(timeout=ANSWER_MS)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(str(page.evaluate(
            "(() => { const e = document.activeElement; return e.className + ' ' + e.id + ' '"
            " + Object.keys(e.dataset).join(' ') + ' ' + e.tagName; })()"
        )))
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none" or page.evaluate("document.activeElement === document.body"), reached
    told = "\n".join(reached)
    for part in ("place", "history", "new", "chip", "copy", "judge", "edit", "again", "SUMMARY", "TEXTAREA"):
        assert part in told, part
    page.locator("#live .menu summary").first.focus()
    page.keyboard.press("Enter")
    for part in ("save", "page", "link", "collect"):
        page.keyboard.press("Tab")
        assert part in str(page.evaluate("Object.keys(document.activeElement.dataset).join(' ')"))
    chip = page.locator("#live .chip[data-source]").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()


def assert_accessible(page: Page, state: str) -> None:
    """No serious or critical issue that axe-core knows of."""
    found = Axe().run(page).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"][:300])
             for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, f"{state}: {grave}"


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True), (False, True), (True, False)])
def test_axe_finds_nothing_serious(chat: str, open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page(chat, phone=phone, dark=dark, locale="de-DE" if phone else "en-US")
    assert_accessible(page, "welcome")
    page.locator("#narrow button").first.click()
    ask(page, FERRY)
    page.locator("#live .menu summary").nth(1).click()
    expect(page.locator("#live .choices").nth(1)).to_be_in_viewport(ratio=1)
    assert_accessible(page, "answer")
    page.keyboard.press("Escape")
    if not phone:
        page.locator("#live .chip[data-source]").first.hover()
        expect(page.locator("#chip-note")).to_be_visible()
        assert_accessible(page, "note")
        page.keyboard.press("Escape")
    if phone:
        page.locator("#live .chip[data-source]").first.tap()
        assert_accessible(page, "sources")
        page.keyboard.press("Escape")
        assert page.evaluate("[...document.querySelectorAll('.places > *')].at(-1).getBoundingClientRect().right") < 360
    page.locator("[data-history]").click()
    assert_accessible(page, "history")
    page.keyboard.press("Escape")
    for place, ready in (
        ("corpus", "#health h2"), ("evaluate", "#intro h2"), ("summaries", "#digest-head h2")
    ):
        page.locator(f'[data-place="{place}"]').click()
        page.locator(ready).wait_for(timeout=ANSWER_MS)
        assert_accessible(page, place)
        assert scroll_excess(page) == 0


def test_accounts_ask_for_a_password(demo_corpus: Path, open_page: OpenPage, tmp_path: Path) -> None:
    add_user(tmp_path / "users", "ida", "correct horse")
    with served(demo_corpus, "--users", str(tmp_path / "users"), "--rate", "1") as address:
        page = open_page(address, ready="input[type=password]")
        page.locator("input").first.fill("ida")
        page.locator("input[type=password]").fill("correct horse")
        page.locator("button").last.click()
        page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
        ask(page, FERRY)
        page.locator("#question textarea").fill(FERRY)
        page.locator("#send").click()
        expect(page.locator("#live .trouble")).to_contain_text("too many questions", timeout=ANSWER_MS)
