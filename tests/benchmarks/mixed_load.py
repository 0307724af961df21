"""Two hours of use in ten minutes: questions, ingests that add, change and remove articles, and kills of each process.

    python tests/benchmarks/mixed_load.py [--minutes 10] [--askers 2] [--seed 1]

Real processes: `assistant chat`, `assistant ingest --prune` again and again, `chroma run` for the vectors. A SIGKILL
meets now an ingest, now the server (started again at once), and, in the first third, the chat. Each article tells one
figure of one town; in each round some are new, some have another figure, one is gone. Checked all the while: every
citation's quote is what stands at its place in a version of that article, and errors are one line. Checked at the end,
after one undisturbed ingest: the corpus has exactly the articles of the folder in their last version, no vector or
lexical entry too few or too many, and what is cited is the last version. Memory and open files of the chat that ran
longest are printed. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from chroma_server import free_port, kill, start
from made_news import SYLLABLES

from ingest.article import Page
from ingest.corpus import Corpus
from ingest.corpus.server import ChromaServer
from ingest.prepare import prepare_article

COMMAND = [sys.executable, "-c", "from assistant.cli import main; main()"]
ARTICLES_AT_FIRST, ADDED, CHANGED = 40, 2, 2
SECONDS_BETWEEN_KILLS = 30.0
MARGIN = 60.0  # for a chat or a server to be there again


@dataclass
class Folder:
    """The articles as files, and every text that each of them ever had."""

    place: Path
    chance: random.Random
    versions: dict[str, list[str]] = field(default_factory=dict)
    towns: dict[str, str] = field(default_factory=dict)

    def add(self) -> None:
        town = "".join(self.chance.choice(SYLLABLES["en"]) for _ in range(3)).capitalize() + str(len(self.versions))
        name = f"{town.lower()}.txt"
        self.towns[name] = town
        self.write(name)

    def write(self, name: str) -> None:
        town, cost = self.towns[name], self.chance.randint(100, 9_999)
        mayor = "".join(self.chance.choice(SYLLABLES["sv"]) for _ in range(2)).capitalize()
        text = (f"{town} opens its bridge\n\nThe new bridge in {town} has cost {cost} million pounds, the council of"
                f" {town} said on Friday. Mayor Ida {mayor} opened it before a crowd of {cost // 3} people.\n")
        self.versions.setdefault(name, []).append(prepare_article(Page(name, text)).article.text)
        (self.place / name).write_text(text, encoding="utf-8")

    def change(self) -> None:
        """One round: some new, some with another figure, one gone."""
        for _ in range(ADDED):
            self.add()
        for name in self.chance.sample(sorted(self.towns), CHANGED):
            self.write(name)
        gone = self.chance.choice(sorted(self.towns))
        del self.towns[gone]
        (self.place / gone).unlink()


@dataclass
class Chat:
    """`assistant chat` in a process of its own, at an address that stays."""

    corpus: Path
    port: int
    process: subprocess.Popen[str] | None = None
    measured: list[tuple[float, float, int]] = field(default_factory=list)

    def start(self) -> None:
        self.measured = []
        command = [*COMMAND, "chat", "--corpus", str(self.corpus), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def measure(self, now: float) -> None:
        """Seconds, resident megabytes and open files."""
        assert self.process is not None
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
            memory = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
            self.measured.append((now, memory, len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))))
        except (OSError, StopIteration):
            return


@dataclass
class Told:
    """What was seen, from all threads."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--askers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(run(Path(scratch), options.minutes * 60.0, options.askers, random.Random(options.seed)))


def run(place: Path, seconds: float, askers: int, chance: random.Random) -> int:
    port = free_port()
    os.environ.update(ASSISTANT_CHROMA_URL=f"http://127.0.0.1:{port}", ASSISTANT_EMBEDDING="local")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        os.environ.pop(name, None)
    (place / "in").mkdir()
    folder, told = Folder(place / "in", chance), Told()
    for _ in range(ARTICLES_AT_FIRST):
        folder.add()
    server = start(place / "data", port)
    chat = Chat(place / "corpus", free_port())
    try:
        ingest(place).wait()
        chat.start()
        wait_for(chat)
        began, over = time.monotonic(), threading.Event()
        threads = [
            threading.Thread(target=keep_asking, args=(folder, chat, told, over, number)) for number in range(askers)
        ]
        for thread in threads:
            thread.start()
        server = disturb(place, folder, chat, server, told, chance, began + seconds)
        over.set()
        for thread in threads:
            thread.join()
        last = ingest(place)
        told.wrong += [] if last.wait() == 0 else ["the last ingest failed"]
        check_end(place, folder, chat, told)
        chat.measure(time.monotonic() - began)
    finally:
        chat.kill()
        kill(server)
    return report(told, chat)


def disturb(
    place: Path, folder: Folder, chat: Chat, server: subprocess.Popen[bytes], told: Told, chance: random.Random,
    end: float,
) -> subprocess.Popen[bytes]:
    """Ingest round after round and kill in turn until `end`; the server that runs then."""
    began, killed, next_kill = time.monotonic(), 0, time.monotonic() + SECONDS_BETWEEN_KILLS / 2
    while time.monotonic() < end:
        folder.change()
        writer = ingest(place)
        told.counts["ingests"] += 1
        while writer.poll() is None:
            time.sleep(0.1)
            chat.measure(time.monotonic() - began)
            if time.monotonic() < next_kill:
                continue
            next_kill = time.monotonic() + chance.uniform(0.5, 1.5) * SECONDS_BETWEEN_KILLS
            victim = ("ingest", "server", "chat")[killed % 3]
            if victim == "chat" and time.monotonic() - began > (end - began) / 3:
                victim = "ingest"
            killed += 1
            told.counts[f"kills of the {victim}"] += 1
            if victim == "ingest":
                writer.kill()
            elif victim == "server":
                kill(server)
                time.sleep(chance.uniform(0.0, 3.0))
                server = start(place / "data", int(os.environ["ASSISTANT_CHROMA_URL"].rpartition(":")[2]))
            else:
                chat.kill()
                chat.start()
        told.counts["ingests that ended well"] += writer.returncode == 0
        errors = writer.stderr.read() if writer.stderr else ""
        if "Traceback" in errors:
            told.wrong.append(f"an ingest told a traceback: {errors[-800:]}")
    return server


def ingest(place: Path) -> subprocess.Popen[str]:
    command = [*COMMAND, "ingest", str(place / "in"), "--corpus", str(place / "corpus"), "--prune"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def keep_asking(folder: Folder, chat: Chat, told: Told, over: threading.Event, seed: int) -> None:
    chance = random.Random(seed)
    while not over.is_set():
        try:
            town = folder.towns[chance.choice(list(folder.towns))]
        except (KeyError, RuntimeError):  # just removed
            continue
        check_answer(ask(chat, question_about(town), told), folder, told, None)
        time.sleep(0.2)


def question_about(town: str) -> str:
    return f"What has the new bridge in {town} cost?"


def ask(chat: Chat, question: str, told: Told) -> dict[str, Any] | None:
    """The answer, None where there is none because something is dead."""
    body = {"model": "articles", "messages": [{"role": "user", "content": question}]}
    request = urllib.request.Request(f"http://127.0.0.1:{chat.port}/v1/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    told.counts["questions"] += 1
    try:
        with urllib.request.urlopen(request, timeout=MARGIN) as reply:
            document: dict[str, Any] = json.load(reply)
            return document
    except urllib.error.HTTPError as error:
        with error:
            text = error.read().decode()
        told.errors[f"{error.code} {re.sub(r'[0-9]+', '#', text)[:300]}"] += 1
        if "Traceback" in text or len(text.splitlines()) > 1:
            told.wrong.append(f"an error of more than a line: {text[:300]}")
    except OSError:
        told.errors["chat away"] += 1
        time.sleep(0.5)
    return None


def check_answer(document: dict[str, Any] | None, folder: Folder, told: Told, current: str | None) -> None:
    """Each quote is what a version of its article has at its place; the last one, when `current` names the article."""
    if document is None:
        return
    told.counts["answers"] += 1
    told.counts["abstained"] += bool(document["abstained"])
    for citation in document["citations"]:
        told.counts["citations"] += 1
        versions = folder.versions.get(citation["article"], [])
        allowed = versions[-1:] if current else versions
        if not any(text[citation["start"]:citation["end"]] == citation["quote"] for text in allowed):
            told.wrong.append(f"cited wrongly: {citation}")
    if current and current not in {citation["article"] for citation in document["citations"]}:
        told.counts["last answers without their article"] += 1


def check_end(place: Path, folder: Folder, chat: Chat, told: Told) -> None:
    """What is stored is what the folder has, once each; what is answered is its last version."""
    corpus = Corpus.open(place / "corpus", chroma=ChromaServer(os.environ["ASSISTANT_CHROMA_URL"]))
    stored = {article.name: article.text for article in corpus.catalogue.articles()}
    wanted = {name: folder.versions[name][-1] for name in folder.towns}
    told.wrong += [f"lost: {name}" for name in wanted if name not in stored]
    told.wrong += [f"too many: {name}" for name in stored if name not in wanted]
    told.wrong += [f"another version: {name}" for name in wanted if stored.get(name, wanted[name]) != wanted[name]]
    passages = [row[0] for row in corpus.catalogue.count("SELECT id FROM passage")]
    searcher = tantivy.Index.open(str(place / "corpus" / "lexical")).searcher()
    hits = searcher.search(tantivy.Query.all_query(), limit=1_000_000).hits
    entries = sorted(str(searcher.doc(address)["passage_id"][0]) for _, address in hits)
    told.wrong += [] if entries == sorted(passages) else ["lexical entries too few or too many"]
    told.wrong += [] if sorted(corpus.vectors.get(passages)) == sorted(passages) else ["vectors are lost"]
    told.wrong += [] if corpus.vectors.count() == len(passages) else ["vectors too many"]
    told.wrong += [] if not corpus.catalogue.chores() else ["chores are left"]
    told.counts["articles at the end"] = len(stored)
    corpus.close()
    for name in sorted(folder.towns)[:20]:
        check_answer(ask(chat, question_about(folder.towns[name]), told), folder, told, name)


def wait_for(chat: Chat) -> None:
    for _ in range(int(MARGIN * 5)):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{chat.port}/healthz", timeout=MARGIN):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("the chat did not start")


def report(told: Told, chat: Chat) -> int:
    print(", ".join(f"{count} {name}" for name, count in sorted(told.counts.items())))
    for text, count in told.errors.most_common():
        print(f"not answered, {count} times: {text}")
    rows = chat.measured
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        at, memory, files = rows[min(len(rows) - 1, int(share * len(rows)))]
        print(f"the last chat, {share:.0%} of its time ({at:.0f} s): {memory:.0f} MB, {files} open files")
    for wrong in told.wrong[:20]:
        print("WRONG:", wrong)
    print(f"{len(told.wrong)} wrong")
    return 1 if told.wrong else 0


if __name__ == "__main__":
    main()
