"""Fifty people at the web chat at once, over loopback, with the answerer that needs no model.

    python tests/benchmarks/chat_load.py CORPUS QUESTIONS.jsonl [--people 50] [--seconds 180]

Each person keeps asking through the page's own queue, with a session of their own: a question, its answer, the
next one. Before them one person asks alone. Reported: errors; frames with somebody else's question (mixed up);
p50 and p95 until the whole answer is there; resident memory of the server by minute. As in a browser, a tab keeps
a line open to the server, and every eight questions one is closed and another opened.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

ALONE_QUESTIONS = 40
# Questions in one conversation.
TURNS = 8
MEASURE_SECONDS = 5


class Person:
    """One browser tab: joins the page's queue and reads its frames as the page's script does."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._session = uuid.uuid4().hex
        self._line = self._http.stream("GET", f"/gradio_api/heartbeat/{self._session}")
        self._line.__enter__()
        config = self._http.get("/config").json()
        ids = {one["api_name"]: one for one in config["dependencies"]}
        self._run("open_page", ids, [])
        self._asked = ids["ask_typed"]

    def close(self) -> None:
        """Close the tab: the server sees its line end."""
        self._line.__exit__(None, None, None)
        self._http.close()

    def ask(self, question: str) -> tuple[float, str]:
        """Seconds until the first frame with the answer, and that frame."""
        began = time.perf_counter()
        for frame in self._frames(self._asked, [question, [], [], "", "", None, None, None]):
            if "data-markdown" in frame:
                seconds, answer = time.perf_counter() - began, frame
        return seconds, answer

    def _run(self, name: str, ids: dict[str, Any], data: list[Any]) -> None:
        for _ in self._frames(ids[name], data):
            pass

    def _frames(self, event: dict[str, Any], data: list[Any]) -> Iterator[str]:
        body = {"data": [*data, None], "fn_index": event["id"], "session_hash": self._session, "trigger_id": None}
        self._http.post("/gradio_api/queue/join", json=body).raise_for_status()
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {"msg": ""}
                if message["msg"] == "process_generating":
                    yield json.dumps(message["output"]["data"], ensure_ascii=False)
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(str(message["output"]))
                elif message["msg"] == "close_stream":
                    return
        raise RuntimeError("the stream ended without an answer")


def main() -> None:
    """Serve, ask alone, ask together, print."""
    options = _options()
    questions = [json.loads(line)["question"] for line in options.questions.read_text("utf-8").splitlines() if line]
    start = "from assistant.cli import main; main()"
    command = [sys.executable, "-c", start, "chat", "--corpus", str(options.corpus), "--port", "7960"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[1]
        try:
            alone = _ask_alone(address, questions)
            before = _memory(server.pid)
            print(f"one person: {_times(alone)}; server {before:.0f} MB")
            _ask_together(address, options.people, options.seconds, questions, server.pid)
        finally:
            server.terminate()


def _ask_alone(address: str, questions: list[str]) -> list[float]:
    for question in questions:  # once to warm up
        person = Person(address)
        person.ask(question)
        person.close()
    person = Person(address)
    return [person.ask(question)[0] for question in (questions * ALONE_QUESTIONS)[:ALONE_QUESTIONS]]


def _ask_together(address: str, people: int, seconds: float, questions: list[str], pid: int) -> None:
    times: list[float] = []
    troubles: list[str] = []
    memory: list[float] = []
    end = time.monotonic() + seconds

    def keep_asking(number: int) -> None:
        person, chance = Person(address), random.Random(number)
        for turn in range(10**6):
            if time.monotonic() > end:
                return
            if turn and turn % TURNS == 0:  # a conversation is not endless: a new tab
                person.close()
                person = Person(address)
            question = chance.choice(questions)
            try:
                taken, frame = person.ask(question)
            except (httpx.HTTPError, RuntimeError) as error:
                troubles.append(f"error {error!r}")
                continue
            times.append(taken)
            if json.dumps(f'data-question="{html.escape(question)}"', ensure_ascii=False)[1:-1] not in frame:
                troubles.append(f"mixed up: {question}")

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        memory.append(_memory(pid))
        time.sleep(MEASURE_SECONDS)
    print(f"{people} people, {seconds:.0f} s: {len(times)} answers, {len(times) / seconds:.1f} a second,"
          f" {_times(times)}")
    print(f"errors and answers mixed up: {len(troubles)} {troubles[:3]}")
    minute = int(60 / MEASURE_SECONDS)
    minutes = [statistics.mean(memory[start:start + minute]) for start in range(0, len(memory), minute)]
    print(f"server, mean of each minute: {', '.join(f'{one:.0f}' for one in minutes)} MB; {max(memory):.0f} at most")


def _times(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p50, p95 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
    return f"p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms"


def _memory(pid: int) -> float:
    """Resident megabytes of a process (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=180.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
