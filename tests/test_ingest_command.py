"""`assistant ingest` as a person runs it: what it costs when nothing changed, what it shows meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from made_news import ConstantEmbedder, made_articles

import assistant.console
from assistant.console import ingest_progress, print_ingest_report
from assistant.opening import EmbedderOnDemand, open_for_writing
from assistant.settings import Settings
from ingest.article import Failure
from ingest.errors import EmbeddingError
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.progress import IngestReport


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose articles are in tmp_path / "corpus", under an embedding that cannot be opened."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in made_articles(3, words=80):
        (folder / name).write_text(text, encoding="utf-8")
    corpus = open_corpus_for_writing(tmp_path / "corpus", ConstantEmbedder(), "constant")
    ingest_articles([folder], corpus, ConstantEmbedder())
    corpus.close()
    return folder


def test_nothing_to_embed_opens_no_embedder(tmp_path: Path, folder: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", embedding="constant")
    corpus, embedder = open_for_writing(settings)
    assert isinstance(embedder, EmbedderOnDemand)
    assert ingest_articles([folder], corpus, embedder).unchanged == 3
    (folder / "new.txt").write_text("Färjan till Almskär är inställd hela veckan, meddelar rederiet i ett utskick.")
    with pytest.raises(EmbeddingError, match="unknown embedder"):
        ingest_articles([folder], corpus, embedder)


def test_nothing_to_do_imports_nothing_heavy(tmp_path: Path, folder: Path) -> None:
    code = (
        "import sys\n"
        "from assistant.cli import app\n"
        "app(['ingest', sys.argv[1], '--corpus', sys.argv[2], '--json'], standalone_mode=False)\n"
        "heavy = [name for name in ('chromadb', 'llama_index.core', 'onnxruntime', 'gradio') if name in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    result = subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / "corpus")], text=True,
                            capture_output=True, env={"ASSISTANT_EMBEDDING": "constant", "PATH": ""}, timeout=60)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["unchanged"] == 3


def test_plain_lines_tell_what_is_done_and_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(assistant.console, "SECONDS_BETWEEN_LINES", 0.0)
    report = IngestReport(added=1_200, passages=3_400, tokens=90_000, embed_seconds=30.0, share=0.5,
                          failed=[Failure("x", "is empty")])
    with ingest_progress() as progress:
        progress(600, 1_200, report)
    line = capsys.readouterr().err
    for part in ("600/1200 files", "1,200 articles", "3,400 passages", "3,000 tokens/s", "1 failed", "left"):
        assert part in line


def test_the_report_says_what_can_be_done_next(capsys: pytest.CaptureFixture[str]) -> None:
    print_ingest_report(IngestReport(added=2, renamed=1, older=5, interrupted=True).to_json())
    shown = capsys.readouterr().err
    for part in ("2 added, 1 renamed", "run again for the rest", "5 articles", "--refresh"):
        assert part in shown
