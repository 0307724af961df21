"""The command as a person runs it: documents on stdout, one readable line and the right exit code on failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "Bron stängs.\n\nBron över Sälgån stängs på måndag, säger brochefen Alva Renström till Norrbladet i dag.\n"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=120)


def failing_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = result.stderr.strip().splitlines()
    assert "Traceback" not in result.stderr
    return lines[-1]


def test_ingest_ask_search_corpus(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bro.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "in" / "tom.txt").write_text("")
    corpus = tmp_path / "corpus"
    report = json.loads(run("ingest", tmp_path / "in", "--corpus", corpus, "--json").stdout)
    assert (report["added"], report["unchanged"]) == (1, 0)
    assert report["failed"] == [{"article": "tom.txt", "reason": "is empty"}]
    answer = json.loads(run("ask", "Vem är brochef?", "--json", ASSISTANT_CORPUS=str(corpus)).stdout)
    assert set(answer) >= {"question", "language", "answer", "abstained", "sentences", "citations", "retrieved",
                           "timings_ms"}
    (hit, *_) = json.loads(run("search", "bro", "--corpus", corpus, "--top-k", "1", "--json").stdout)
    assert set(hit) >= {"article", "passage", "start", "end", "score", "language", "published_at"}
    health = json.loads(run("corpus", "--corpus", corpus, "--json").stdout)
    assert (health["articles"], health["undated"]) == (1, 1)
    for command in (["ask", "Vem är brochef?"], ["search", "bro"], ["corpus"]):
        shown = run(*command, "--corpus", corpus)
        assert shown.returncode == 0
        assert shown.stdout


def test_clean_shows_kept_and_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{ARTICLE}\nDela på Facebook\n\nLäs mer\n", encoding="utf-8")
    (document,) = json.loads(run("clean", tmp_path / "a.txt", "--json").stdout)
    assert set(document) >= {"article", "title", "author", "publisher", "published_at", "published_from", "language",
                             "text", "dropped"}
    assert "Sälgån" in document["text"]
    assert "Dela på Facebook" in [line["text"] for line in document["dropped"]]
    assert all(line["reason"] for line in document["dropped"])
    assert "Dela på Facebook" in run("clean", tmp_path / "a.txt").stdout
    diff = run("clean", tmp_path / "a.txt", "--diff").stdout.splitlines()
    assert diff[:2] == ["--- a.txt", "+++ a.txt (cleaned)"]
    assert any(line.startswith("-Dela på Facebook  ← ") for line in diff)
    assert sum(line.startswith("@@ -") for line in diff) >= 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ingest", "nowhere"], 2, "no such file"),
        (["ask", "Vem?"], 1, "assistant ingest FOLDER"),
        (["corpus"], 1, "no corpus in"),
        (["remove", "x"], 1, "no corpus in"),
        (["ask"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_failures_are_one_line_with_the_right_code(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    result = run(*arguments, ASSISTANT_CORPUS=str(tmp_path / "none"))
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "none").exists()


def test_bad_settings_name_the_variable(tmp_path: Path) -> None:
    result = run("ask", "x", ASSISTANT_TOP_K="many")
    assert result.returncode == 2
    assert "ASSISTANT_TOP_K" in failing_line(result)
    result = run("ingest", __file__.replace("test_cli.py", "data"), ASSISTANT_EMBEDDING="nonsense",
                 ASSISTANT_CORPUS=str(tmp_path / "c"))
    assert result.returncode != 0
    assert "Traceback" not in result.stderr


def test_an_empty_question(demo_corpus: Path) -> None:
    result = run("ask", " ", "--corpus", demo_corpus)
    assert result.returncode == 2
    assert "empty" in failing_line(result)
