"""The chat in a real Chromium, served by the real command: asking, sources, states, hostile articles."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browsing import (
    ANSWER_MS,
    OpenPage,
    ask,
    browser,
    open_page,
    scroll_excess,
)
from chat_server import served
from playwright.sync_api import Browser, expect

from assistant.chat.serve.launch import listen
from assistant.chat.show.examples import shorten_title
from assistant.errors import SettingsError
from ingest.corpus import Corpus
from ingest.corpus.story_table import find_stories
from ingest.embed import Embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

# A real model writes up to 800 tokens: 40 s on two quiet cores, over two minutes where they are shared.
WRITTEN_MS = 6 * ANSWER_MS
QUESTION = "How many people were hurt when the ferry Ejdervind ran aground off Almskär?"
DRAFT = (
    "The ferry ran aground off **Almskär** [1]. As many as 4711 helicopters took part [1]."
    " The captain moved to the moon.\n\n- It was late in the year [2]."
)


@pytest.fixture(scope="module")
def demo_chat(demo_corpus: Path) -> Iterator[str]:
    with served(demo_corpus) as address:
        yield address


def test_an_answer_leads_to_its_quote(demo_chat: str, demo_corpus: Path, open_page: OpenPage) -> None:
    page = open_page(demo_chat)
    expect(page.locator(".mode")).to_have_text("Quotes only, no model")
    ask(page, QUESTION)
    chip = page.locator("#live .chip[data-source]").first
    chip.click()
    card = page.locator("#source-1-1")
    expect(card).to_have_class(re.compile(r"\blit\b"))
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    expect(card.locator(".verdict")).to_contain_text("✓ Supported")
    whole = card.locator("details.whole")
    article = Corpus.open(demo_corpus).article(whole.get_attribute("data-article") or "")
    assert article is not None
    start, end = (int(whole.get_attribute(f"data-{name}") or "") for name in ("start", "end"))
    assert card.locator("blockquote mark").text_content() == article.text[start:end]
    whole.locator("summary").first.click()
    expect(whole.locator(".fulltext mark")).to_have_text(article.text[start:end], timeout=ANSWER_MS)
    assert whole.locator(".fulltext").text_content() == article.text
    whole.locator(".removed summary").click()
    expect(whole.locator(".removed li").first).to_be_visible()


def test_examples_follow_ups_and_a_new_conversation(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat)
    example = page.locator("[data-ask]").first
    question = example.text_content() or ""
    example.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#live .question")).to_have_text(question, timeout=ANSWER_MS)
    page.locator("#live .chip[data-source]").first.wait_for(timeout=ANSWER_MS)
    ask(page, QUESTION)
    assert page.locator(".exchange").count() == 2
    page.locator("#past .chip[data-source]").first.click()
    expect(page.locator("#source-1-1")).to_be_visible()
    expect(page.locator("#source-2-1")).to_be_hidden()
    page.locator("#live .answer").evaluate("element => { element.dataset.before = 'yes' }")
    page.locator("#live [data-again]").click()  # the answer comes too fast for its stages to be seen for sure
    page.locator('#live [data-exchange="2"] .answer:not([data-before]) [data-copy]').wait_for(timeout=ANSWER_MS)
    assert page.locator(".exchange").count() == 2
    page.locator("#new").click()
    page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
    assert page.locator(".exchange, .card").count() == 0


def test_a_chip_tells_its_source_when_pointed_at_or_focused(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat)
    ask(page, QUESTION)
    chip, note = page.locator("#live .chip[data-source]").first, page.locator("#chip-note")
    chip.hover()
    expect(note).to_be_visible()
    expect(note.locator("q")).to_have_text(page.locator("#source-1-1 mark").first.text_content() or "")
    for part in (".publisher", ".facts", ".verdict"):
        expect(note.locator(part)).to_have_text(page.locator(f"#source-1-1 {part}").first.text_content() or "")
    expect(page.locator("#source-1-1")).to_have_class(re.compile(r"\blit\b"))
    note.hover()
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.mouse.move(5, 790)
    expect(note).to_have_count(0)
    page.locator("#live [data-copy]").focus()
    page.keyboard.press("Shift+Tab")
    expect(note).to_be_in_viewport(ratio=1)
    expect(page.locator(".chip:focus")).to_have_attribute("aria-describedby", "chip-note")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_an_answers_language_and_length_are_chosen(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat)
    page.locator("#narrow button").first.click()
    page.locator("#length").get_by_label("Short").check()
    page.locator("#answer-language").get_by_label("German").check()
    ask(page, "What is known about the ferry Ejdervind?")
    expect(page.locator("#live .text .chip")).to_have_count(1)
    expect(page.locator("#live .text p").first).to_have_attribute("lang", "de")
    page.locator("#length").get_by_label("Long").check()
    ask(page, "What is known about the ferry Ejdervind?")
    assert page.locator("#live .text .chip").count() > 3


def test_examples_come_from_the_largest_stories(demo_chat: str, demo_corpus: Path, open_page: OpenPage) -> None:
    corpus = Corpus.open(demo_corpus)
    largest = max(find_stories(corpus), key=len)
    titles = [one.metadata.title or "" for one in corpus.catalogue.articles() if one.name in largest]
    page = open_page(demo_chat)
    for _ in range(20):  # they are looked for while the page is served already
        first = page.locator("[data-ask]").first.text_content() or ""
        if any(shorten_title(title) in first for title in titles if shorten_title(title)):
            break
        page.wait_for_timeout(250)
        page.reload()
        page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
    else:
        pytest.fail(f"{first} is no title of {titles}")


def test_nothing_found_is_said_in_the_questions_language(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat, locale="de-DE")
    expect(page.locator("#send")).to_have_text("Fragen")
    ask(page, "Vilken är den högsta vulkanen på planeten Mars?")
    expect(page.locator("#live .abstained")).to_contain_text("Det framgår inte av artiklarna")
    assert page.locator("#evidence .card").count() == 0


def test_the_answer_can_be_saved_with_its_sources(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat)
    ask(page, QUESTION)
    page.locator("#live .menu summary").first.click()
    with page.expect_download() as download:
        page.locator("#live [data-save]").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert saved.startswith(f"# {QUESTION}")
    assert "## Sources" in saved and "[1]" in saved and "\n> " in saved


# Chips that do not stand on the line of the word before them.
STRAY_CHIPS = """
[...document.querySelectorAll('#live .text .chip')].filter((chip) => {
  const texts = document.createTreeWalker(chip.closest('p'), NodeFilter.SHOW_TEXT);
  let before = null;
  while (texts.nextNode() && !chip.contains(texts.currentNode)) {
    if (texts.currentNode.data.trim()) before = texts.currentNode;
  }
  const word = document.createRange();
  const end = before.data.trimEnd().length;
  word.setStart(before, end - 1);
  word.setEnd(before, end);
  const [one, other] = [word.getBoundingClientRect(), chip.getBoundingClientRect()];
  return other.top > one.bottom || other.bottom < one.top;
}).map((chip) => chip.textContent)
"""


def test_a_phone_shows_the_sources_in_a_sheet(demo_chat: str, open_page: OpenPage) -> None:
    page = open_page(demo_chat, locale="sv-SE", phone=True, dark=True)
    expect(page.locator("#send")).to_have_text("Fråga")
    assert page.locator("html").get_attribute("lang") == "sv"
    assert scroll_excess(page) == 0
    ask(page, QUESTION)
    expect(page.locator("#live .question")).to_be_in_viewport(ratio=1)  # an answer is read from its beginning
    assert page.evaluate(STRAY_CHIPS) == []
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator("#live .chip[data-source]").first.tap()
    expect(page.locator("#source-1-1")).to_be_in_viewport()
    assert scroll_excess(page) == 0
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(page.locator("#live .chip[data-source]").first).to_be_focused()


def test_a_lost_assistant_is_told_and_the_conversation_goes_on(
    demo_corpus: Path, browser: Browser
) -> None:
    page = browser.new_context(locale="de-DE", reduced_motion="reduce").new_page()
    with served(demo_corpus) as address:
        page.goto(address)
        page.locator(".welcome h2").wait_for(timeout=ANSWER_MS)
        ask(page, QUESTION)
    reach = page.locator(".reach")
    expect(reach).to_contain_text("nicht zu erreichen", timeout=ANSWER_MS)
    expect(page.locator("#live .text")).to_be_visible()
    assert scroll_excess(page) == 0
    page.locator("#question textarea").fill("And how many")
    with served(demo_corpus) as again:
        assert again == address
        page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'", timeout=ANSWER_MS)
        expect(page.locator("#live .question")).to_have_text(QUESTION, timeout=ANSWER_MS)
        expect(page.locator("#question textarea")).to_have_value("And how many")
        ask(page, "And how many were on board?")  # the server was told again what it is about
        expect(page.locator(".exchange")).to_have_count(2)
    page.context.close()


def test_two_people_do_not_see_each_others_answers(demo_chat: str, open_page: OpenPage) -> None:
    one, two = open_page(demo_chat), open_page(demo_chat)
    ask(one, QUESTION)
    assert two.locator(".exchange").count() == 0
    ask(two, "Was ist mit dem Gemälde „Die Eisfischer“ geschehen?")
    assert "Ejdervind" not in (two.locator("#talk").text_content() or "")
    assert one.locator(".exchange").count() == 1


HOSTILE_TITLE = '<img src=x onerror="alert(1)"> Lighthouse of Vessla repainted by volunteers'
HOSTILE_TEXT = (
    'The lighthouse of Vessla was painted red by forty volunteers <script>alert(2)</script> in June'
    ' <img src="http://outside.example/a.png" onerror="alert(3)">.\n\n'
    "The lighthouse keeper of Vessla said ![pixel](http://outside.example/b.png) and"
    " [read more](javascript:alert(4)) that ${alert(5)} {{value}} the paint cost 900 crowns.\n\n"
    "Volunteers at the Vessla lighthouse wrote \u202eevil\u202c and " + "Ä" * 10_000 + " on its wall.\n\n"
    "A [picture](data:text/html,<script>alert(9)</script>) of the Vessla lighthouse \u2067\u202bhangs\u2069 there."
    "\n\n"
    "</article></div><iframe src='javascript:alert(6)'></iframe> The painting took eleven days in all.\n"
)


def ingest_hostile(folder: Path, corpus_directory: Path, embedder: Embedder) -> None:
    folder.mkdir()
    record = {"text": HOSTILE_TEXT, "title": HOSTILE_TITLE, "publisher": '"><svg onload=alert(7)>',
              "url": "javascript:alert(8)", "language": "en"}
    (folder / "hostile.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    corpus = open_corpus_for_writing(corpus_directory, embedder, "local")
    report = ingest_articles([folder], corpus, embedder)
    corpus.close()
    assert not report.failed


def test_no_corpus_then_a_hostile_one(tmp_path: Path, embedder: Embedder, open_page: OpenPage) -> None:
    corpus = tmp_path / "corpus"
    with served(corpus) as address:
        page = open_page(address)
        expect(page.locator(".welcome")).to_contain_text(f"assistant ingest FOLDER --corpus {corpus}")
        expect(page.locator(".welcome")).to_contain_text("assistant demo")
        page.locator("#question textarea").fill("What happened to the lighthouse of Vessla?")
        page.locator("#send").click()
        expect(page.locator("#live .trouble")).to_contain_text("no corpus in", timeout=ANSWER_MS)
        ingest_hostile(tmp_path / "articles", corpus, embedder)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 740})
            ask(page, "What was painted red by volunteers at the lighthouse of Vessla?")
            page.locator("#live .chip[data-source]").first.click()
            page.locator("#evidence .turn:not([hidden]) details.whole summary").first.click()
            expect(page.locator("#evidence .fulltext").last).to_contain_text("alert(2)", timeout=ANSWER_MS)
            assert scroll_excess(page) == 0
            assert page.locator("#desk :is(img, script, iframe, svg, a:not(.chip), [onerror], [onload])").count() == 0
            targets = page.locator("#desk a.chip").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            assert targets and all(target.startswith("#source-") for target in targets)
            page.keyboard.press("Escape")
        shown = page.locator("#evidence .fulltext").last.text_content() or ""
        assert "<script>alert(2)</script>" in shown
        assert "${alert(5)} {{value}}" in shown
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.locator("body").text_content() or "")
        assert "data:text/html" in shown
        assert page.evaluate("location.href.split('#')[0]") == address


class Endpoint(BaseHTTPRequestHandler):
    """A tiny OpenAI-compatible server that streams DRAFT, slowly when it is `going`.

    When it is not, it falls silent after a burst up to the first marker. Key trouble when `refusing`.
    """

    refusing = False
    going = threading.Event()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        model = {"id": "tiny", "object": "model", "created": 0, "owned_by": "nobody"}
        self._reply(200, {"object": "list", "data": [model]})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if Endpoint.refusing:
            self._reply(401, {"error": {"message": "wrong key", "type": "auth"}})
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for start in range(0, len(DRAFT), 12):
                reason = "stop" if start + 12 >= len(DRAFT) else None
                choice = {"index": 0, "delta": {"content": DRAFT[start:start + 12]}, "finish_reason": reason}
                chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "tiny",
                         "choices": [choice]}
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()
                if Endpoint.going.is_set():
                    time.sleep(0.08)
                elif start > DRAFT.index("]"):
                    Endpoint.going.wait(ANSWER_MS / 1000)
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def _reply(self, status: int, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def endpoint() -> Iterator[str]:
    Endpoint.going.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_models_answer_streams_stops_and_is_judged(
    demo_corpus: Path, endpoint: str, open_page: OpenPage
) -> None:
    with served(demo_corpus, base_url=endpoint) as address:
        page = open_page(address)
        expect(page.locator(".mode")).to_contain_text(endpoint.split("/")[2])
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#send").click()
        page.locator("#live .draft .chip.idle").first.wait_for(timeout=ANSWER_MS)
        page.locator("#stop").click()  # while the endpoint is silent: nobody waits for its next word
        expect(page.locator("#live .stage")).to_have_text("Stopped.", timeout=ANSWER_MS)
        expect(page.locator("#send")).to_be_visible()
        Endpoint.going.set()
        ask(page, QUESTION)
        text = page.locator("#live .text")
        expect(page.locator("#live .trouble")).to_have_count(0)
        expect(text).to_contain_text("ran aground off Almskär")
        expect(text.locator(".badge.partly, .badge.unsupported").first).to_be_visible()
        expect(text).to_contain_text("The captain moved to the moon. ✗ Not supported")
        expect(text.locator("p.item")).to_have_count(1)
        Endpoint.refusing = True
        try:
            ask(page, QUESTION + " Really?")
        finally:
            Endpoint.refusing = False
        expect(page.locator("#live .trouble")).to_contain_text("refused the key")
        expect(page.locator("#live .text q").first).to_be_visible()


def test_a_port_in_use_gives_way_to_the_next() -> None:
    with listen("127.0.0.1", 8400) as one, listen("127.0.0.1", 8400) as two:
        assert one.getsockname()[1] != two.getsockname()[1]


def test_an_address_that_is_not_ours_is_refused_in_one_line() -> None:
    with pytest.raises(SettingsError, match=r"cannot listen on 203\.0\.113\.7"):
        listen("203.0.113.7", 7900)


def test_a_real_model_writes_into_the_chat(
    demo_corpus: Path, small_model: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_CONTEXT", "2048")  # few passages: a slow machine reads them in seconds
    with served(demo_corpus, base_url=small_model) as address:
        page = open_page(address)
        expect(page.locator(".mode")).to_contain_text(small_model.split("/")[2])
        page.locator("#narrow button").first.click()
        page.locator("#length").get_by_label("Long").check()
        page.locator("#languages").get_by_label(re.compile("English")).check()  # nothing to translate
        page.locator("#question textarea").fill("What happened to the ferry Ejdervind and those on board?")
        page.locator("#send").click()
        expect(page.locator("#live .stage")).to_have_text("Writing the answer …", timeout=ANSWER_MS)
        page.locator("#live .draft p").first.wait_for(timeout=WRITTEN_MS)
        page.locator("#live [data-copy]").wait_for(timeout=WRITTEN_MS)
        assert (page.locator("#live .text").text_content() or "").strip()
        expect(page.locator("#live .trouble", has_text="Something went wrong")).to_have_count(0)
        page.context.close()  # a page that misses its server says so in the console
