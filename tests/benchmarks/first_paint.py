"""How soon the chat can be used in a real Chromium, and what it loads for that: first visit and the next one.

    python tests/benchmarks/first_paint.py CORPUS [--visits 5]

Usable is when the question box takes text and the example questions stand above it, counted from the start of the
navigation. Bytes and requests as the browser measured them; a request to another host would be listed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

READY = """() => document.querySelector('.welcome h2') && document.querySelector('#question textarea:enabled')
  && performance.now()"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LOADED = """() => [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
  .map((one) => [one.name, one.transferSize])"""


def main() -> None:
    """Serve, visit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args()
    start = "from assistant.cli import main; main()"
    command = [sys.executable, "-c", start, "chat", "--corpus", str(options.corpus), "--port", "7970"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        assert server.stdout is not None
        address = server.stdout.readline().split()[1]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            _visit(chromium.new_context(), address)  # the server itself is warm from here on
            firsts, nexts = [], []
            for _ in range(options.visits):
                context = chromium.new_context()
                firsts.append(_visit(context, address))
                nexts.append(_visit(context, address))
                context.close()
            _tell("first visit", firsts, address)
            _tell("next visit", nexts, address)
        finally:
            chromium.close()
            server.terminate()


def _visit(context: BrowserContext, address: str) -> tuple[float, float, list[tuple[str, int]]]:
    """Milliseconds to the first text and to the usable page, and (address, bytes) of all that was asked for."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    usable = page.wait_for_function(READY, timeout=60_000).json_value()
    paint, loaded = page.evaluate(PAINT), page.evaluate(LOADED)
    page.close()
    return float(paint), float(usable), [(name, int(size)) for name, size in loaded]


def _tell(name: str, visits: list[tuple[float, float, list[tuple[str, int]]]], address: str) -> None:
    paint, usable = (statistics.median(visit[place] for visit in visits) for place in (0, 1))
    loaded = visits[-1][2]
    hosts = {urlsplit(one).netloc for one, _ in loaded} - {urlsplit(address).netloc, ""}
    print(f"{name}: first text {paint:.0f} ms, usable {usable:.0f} ms, {len(loaded)} requests,"
          f" {sum(size for _, size in loaded) / 1e6:.2f} MB; other hosts: {sorted(hosts) or 'none'}")


if __name__ == "__main__":
    main()
