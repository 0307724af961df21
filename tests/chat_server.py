"""The chat as a person would start it, in a process of its own, ended with Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

START_SECONDS = 120
# Tests that run beside these take ports of their own: a chat that is started again wants the one it had.
PORT = 7900 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@contextmanager
def served(corpus: Path, *options: str, base_url: str | None = None) -> Iterator[str]:
    """The address of a chat started as a person would, ended with Ctrl-C."""
    start = "from assistant.cli import main; main()"
    command = [sys.executable, "-c", start, "chat", "--corpus", str(corpus), "--port", str(PORT), *options]
    environment = {**os.environ, **({"OPENAI_BASE_URL": base_url} if base_url else {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               cwd=corpus.parent, env=environment, start_new_session=True)
    try:
        yield _address(process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def _address(process: subprocess.Popen[str]) -> str:
    output = process.stdout
    assert output is not None
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(output.readline()), daemon=True)
    reader.start()
    reader.join(START_SECONDS)
    found = re.search(r"http://\S+", "".join(lines))
    if not found:
        process.kill()
        pytest.fail(f"the chat did not start: {process.communicate()[1]}")
    return found[0]
