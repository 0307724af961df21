"""An ingest killed at random moments and run again: is the corpus the same as that of an undisturbed run?

    python tests/benchmarks/ingest_kill.py [--articles 300] [--kills 30] [--seed 1]

Each kill is a SIGKILL of an ingest in a process of its own: every other one at a random moment between its start and
the time an undisturbed run takes, the others at a random call made while the corpus is written. The run after it is
left alone. Compared are articles and their copies, passages, vectors,
lexical entries, files and failures. All the while another process asks questions of the same corpus. The embedder
takes constant time. Exit code 1 when anything differs or the asking process saw an error.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import tantivy
from made_news import ConstantEmbedder, made_articles

from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.corpus import Corpus
from ingest.pipeline import ingest_articles, open_corpus_for_writing

ARTICLES_AT_FIRST = 20
NEVER = -1  # the calls are counted, none of them is the last
PAUSE = 0.1  # between two questions, so that asking does not slow the ingest down to nothing
QUESTIONS = ("Vad säger kommunen om bron?", "Was sagt die Gemeinde über die Schule?", "What does the council say?")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ingest", nargs=2, type=Path, metavar=("FOLDER", "CORPUS"), help=argparse.SUPPRESS)
    parser.add_argument("--die-at", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, metavar="CORPUS", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ingest:
        run_ingest(*options.ingest, die_at=options.die_at)
    elif options.ask:
        run_asking(options.ask)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            sys.exit(compare(Path(scratch), options.articles, options.kills, random.Random(options.seed)))


def compare(scratch: Path, articles: int, kills: int, chance: random.Random) -> int:
    """Kill and run again `kills` times; 0 when every corpus equals the undisturbed one, else 1."""
    folder = scratch / "in"
    write_articles(folder, articles, chance)
    first = scratch / "first"
    run_ingest(folder / "first", first)
    wanted, seconds, calls = undisturbed(folder, first, scratch)
    sizes = ", ".join(f"{len(value)} {key}" for key, value in wanted.items())
    print(f"undisturbed: {seconds:.1f} s, {calls} calls, {sizes}")
    wrong, finished, asked = 0, 0, 0
    for number in range(kills):
        corpus = scratch / f"killed-{number}"
        shutil.copytree(first, corpus)
        with child("--ask", corpus) as asking:
            moment, call = (chance.uniform(0, seconds), 0) if number % 2 else (None, chance.randrange(1, calls))
            with child("--ingest", folder, corpus, "--die-at", str(call)) as victim:
                victim.stdout.readline()
                try:
                    victim.wait(timeout=moment)
                except subprocess.TimeoutExpired:
                    victim.send_signal(signal.SIGKILL)
            finished += victim.wait() == 0
            with child("--ingest", folder, corpus) as again:
                again.wait()
            asking.stdin.close()
            told = asking.stdout.read().split()
        differing = [key for key, value in state_of(corpus).items() if not same(value, wanted[key])]
        answers = int(told[0]) if asking.wait() == 0 and told else 0
        asked += answers
        wrong += bool(differing) or not answers or again.returncode != 0
        place = f"in call {call}" if call else f"after {moment:.2f} s"
        print(f"killed {place}: {'differs in ' + ', '.join(differing) if differing else 'identical'},"
              f" {answers or 'FAILED after some'} questions answered meanwhile", flush=True)
    print(f"{kills - wrong} of {kills} identical; {finished} ended before their kill; {asked} questions answered")
    return 1 if wrong else 0


def child(*arguments: str | Path) -> subprocess.Popen[str]:
    """This script in a process of its own."""
    return subprocess.Popen([sys.executable, __file__, *map(str, arguments)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)


def write_articles(folder: Path, count: int, chance: random.Random) -> None:
    """A few articles in `first`, the others beside it; one in ten is a copy: lightly edited, cut, or longer."""
    (folder / "first").mkdir(parents=True)
    texts: list[str] = []
    for number, (name, text) in enumerate(made_articles(count)):
        if number > ARTICLES_AT_FIRST and number % 10 == 0:
            text = copy_of(chance.choice(texts), number)
        texts.append(text)
        target = folder / "first" if number < ARTICLES_AT_FIRST else folder
        (target / name).write_text(text, encoding="utf-8")
    (folder / "zz-empty.txt").write_text(" ")


def copy_of(text: str, number: int) -> str:
    """A copy as it happens: a word changed, the end cut off, or a paragraph more at the end."""
    if number % 30 == 0:
        return text.replace(" och ", " samt ", 1).replace(" und ", " sowie ", 1)
    if number % 30 == 10:
        paragraphs = text.split("\n\n")
        return "\n\n".join(paragraphs[: max(2, len(paragraphs) // 2)])
    _, extra = next(made_articles(1, seed=number, words=150))
    return text + "\n\n" + extra.partition("\n\n")[2]


def undisturbed(folder: Path, first: Path, scratch: Path) -> tuple[dict[str, Any], float, int]:
    """The state of a corpus nobody killed, how long its second ingest took after its start, and its calls."""
    told = []
    for die_at in (0, NEVER):
        corpus = shutil.copytree(first, scratch / f"undisturbed-{die_at}")
        with child("--ingest", folder, corpus, "--die-at", str(die_at)) as process:
            process.stdout.readline()
            started = time.perf_counter()
            told.append((int(process.stdout.readline()), time.perf_counter() - started))
    return state_of(corpus), told[0][1], told[1][0]


def run_ingest(folder: Path, directory: Path, *, die_at: int = 0) -> None:
    """Bring a corpus up to date; a line tells when it begins, another how many calls were made to write it."""
    embedder = ConstantEmbedder()
    corpus = open_corpus_for_writing(directory, embedder, "constant")
    if "--ingest" not in sys.argv:
        ingest_articles([folder], corpus, embedder)
        corpus.close()
        return
    print("begins", flush=True)
    calls = Calls(die_at)
    if die_at:  # counting takes as much time as the ingest itself
        sys.setprofile(calls)
    ingest_articles([folder], corpus, embedder)
    sys.setprofile(None)
    corpus.close()
    print(calls.made, flush=True)


class Calls:
    """Counts the calls made in `ingest.corpus` and ends this process at one of them."""

    def __init__(self, last: int) -> None:
        self.made = 0
        self._last = last

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "c_call") and "/ingest/corpus/" in frame.f_code.co_filename:
            self.made += 1
            if self.made == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def run_asking(directory: Path) -> None:
    """Ask until standard input closes; the number of answers is printed, an error ends it with a traceback."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    assistant = Assistant(Corpus.open(directory), ConstantEmbedder(), Settings(), None)
    answers = 0
    while not ended.is_set() or not answers:
        assistant.ask(QUESTIONS[answers % len(QUESTIONS)])
        answers += 1
        time.sleep(PAUSE)
    print(answers)


def same(one: Any, other: Any) -> bool:
    """Whether two parts of a state are equal; vectors to 1e-6, since one stored anew is brought to length 1 again."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(np.allclose(row, other[key], atol=1e-6) for key, row in one.items())
    return bool(one == other)


def state_of(directory: Path) -> dict[str, Any]:
    """All that a reader could find in a corpus, in an order of its own."""
    corpus = Corpus.open(directory)
    query = corpus.catalogue.count
    passages = query("SELECT id, article_id, kind, start, \"end\", text FROM passage ORDER BY id")
    vectors = corpus.vectors.get([row[0] for row in passages])
    searcher = tantivy.Index.open(str(directory / "lexical")).searcher()
    hits = searcher.search(tantivy.Query.all_query(), limit=1_000_000).hits
    state = {
        "articles": query("SELECT name, digest, text, copy_of, done FROM article ORDER BY name"),
        "copies": query("SELECT name, copy_of FROM article WHERE copy_of NOT NULL ORDER BY name"),
        "passages": passages,
        "vectors": vectors,
        "lexical entries": sorted(str(searcher.doc(address)["passage_id"][0]) for _, address in hits),
        "files": query("SELECT path, COUNT(*) FROM held WHERE path IN (SELECT path FROM file) GROUP BY 1 ORDER BY 1"),
        "failures": query("SELECT source, name, reason FROM failure ORDER BY 1, 2"),
        "chores": query("SELECT article_id FROM chore"),
        "stray vectors": [None] * (corpus.vectors.count() - len(vectors)),
    }
    corpus.close()
    return state


if __name__ == "__main__":
    main()
