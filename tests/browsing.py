"""A real Chromium for the tests of the chat, and pages that note everything that must not happen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ANSWER_MS = 60_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]
GONE = "net::ERR_CONNECTION_REFUSED"  # the chat has ended before its page
OpenPage = Callable[..., Page]


def find_chromium() -> str:
    """The path of a Chromium, or a failed test that says how to get one."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("no Chromium: install one (apt-get install chromium), it must be on the PATH")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages that note every dialog, console error and request to another host; none may happen."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def opened(
        address: str, *, locale: str = "en-US", phone: bool = False, dark: bool = False, ready: str = ".welcome h2"
    ) -> Page:
        context = browser.new_context(
            locale=locale, color_scheme="dark" if dark else "light", has_touch=phone, reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
            viewport={"width": 360, "height": 740} if phone else {"width": 1280, "height": 800},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: trouble.append(f"error {error}"))
        page.on("console", lambda m: trouble.append(f"console {m.text}") if m.type == "error" and GONE not in m.text
                else None)
        page.on("request", lambda r: None if re.match(r"(https?://127\.0\.0\.1[:/]|data:|blob:)", r.url)
                else trouble.append(f"request {r.url}"))
        page.goto(address)
        page.locator(ready).wait_for(timeout=ANSWER_MS)
        return page

    yield opened
    for context in contexts:
        context.close()  # no more than a look when the test has closed it, before the chat ended
    assert not trouble, trouble


def ask(page: Page, question: str) -> None:
    turn = page.locator(".exchange").count() + 1
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator(f'#live [data-exchange="{turn}"] [data-copy]').wait_for(timeout=ANSWER_MS)


def scroll_excess(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
