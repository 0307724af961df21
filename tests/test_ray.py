"""Ingest on Ray: the same corpus as on this machine alone, though workers are killed; one line where it cannot be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_news import ConstantEmbedder, made_articles
from ray_ingest import processes
from typer.testing import CliRunner

import ingest.batches
import ingest.ray_cluster
import ingest.workers
from assistant.cli import app
from ingest.article import Failure, Page
from ingest.corpus import Corpus
from ingest.errors import EmbeddingError, InputError
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.progress import IngestReport
from ingest.ray_cluster import RayCluster, open_cluster
from ingest.ray_embedder import RayEmbedder


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayCluster]:
    pytest.importorskip("ray")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RAY_ADDRESS", raising=False)
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        with open_cluster(cores=2) as cluster:
            yield cluster


@pytest.fixture(scope="module")
def embedder(cluster: RayCluster) -> RayEmbedder:
    return RayEmbedder(cluster, ConstantEmbedder(), ConstantEmbedder)


def content(corpus: Corpus) -> list[list[tuple[object, ...]]]:
    count = corpus.catalogue.count
    return [
        count("SELECT id, name, digest, text, title, language, lines, copy_of, done FROM article ORDER BY number"),
        count("SELECT id, article_id, start, \"end\", text, input FROM passage ORDER BY id"),
        count("SELECT path, article_id FROM held ORDER BY 1, 2"),
    ]


def test_the_corpus_is_the_same_though_workers_are_killed(
    cluster: RayCluster, embedder: RayEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.batches, "BATCH_PASSAGES", 8)
    monkeypatch.setattr(ingest.workers, "PAGES_AHEAD", 8)
    folder = tmp_path / "in"
    killed: list[str] = []
    folder.mkdir()
    articles = list(made_articles(90, words=240))
    for name, text in [*articles, *((f"zz-{name}", text) for name, text in articles[:5])]:
        (folder / name).write_text(text, encoding="utf-8")

    def kill(done: int, files: int, report: IngestReport) -> None:
        """One process that embeds and one that cleans, each as soon as it is seen at work."""
        for kind in ("ray::Model", "ray::prepare"):
            for worker in processes(kind)[:1] if kind not in killed else []:
                os.kill(worker, signal.SIGKILL)
                killed.append(kind)

    local = open_corpus_for_writing(tmp_path / "local", ConstantEmbedder(), "constant")
    ingest_articles([folder], local, ConstantEmbedder(), workers=0)
    corpus = open_corpus_for_writing(tmp_path / "ray", embedder, "constant")
    report = ingest_articles([folder], corpus, embedder, pool=cluster, progress=kill)
    assert sorted(killed) == ["ray::Model", "ray::prepare"]
    assert (report.failed, report.added, report.copies) == ([], 95, 5)
    assert content(corpus) == content(local)
    keys = [str(row[0]) for row in content(local)[1]]
    found = [one.vectors.get(keys) for one in (local, corpus)]
    assert len(found[0]) == len(found[1]) == len(keys) == corpus.lexical.count()
    assert all(np.allclose(found[0][key], found[1][key], atol=1e-6) for key in keys)
    local.close()
    corpus.close()


def test_a_page_that_takes_too_long_is_left_out(cluster: RayCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_seconds", 0.05)
    failure = cluster.submit(Page("slow", "Ord om en bro. " * 400_000)).result()
    assert isinstance(failure, Failure) and "was not cleaned within" in failure.reason
    monkeypatch.undo()
    broken = cluster.submit(Page("broken", text=["no", "text"])).result()  # type: ignore[arg-type]
    assert isinstance(broken, Failure) and "--retry-failed" in broken.reason and "\n" not in broken.reason


def test_another_version_on_the_cluster_is_refused(
    cluster: RayCluster, embedder: RayEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.ray_cluster, "CLEANER_VERSION", "another")
    with pytest.raises(InputError, match="same version"):
        cluster.submit(Page("page", "En bro.")).result()
    other = ConstantEmbedder()
    other.name = "another"
    monkeypatch.setattr(embedder, "_here", other)
    with pytest.raises(EmbeddingError, match="same version"):
        embedder.embed_passages(["En bro."])


def test_what_fails_far_away_is_one_line(embedder: RayEmbedder) -> None:
    with pytest.raises(EmbeddingError, match="cannot embed: 'NoneType' object") as caught:
        embedder.embed_passages([None])  # type: ignore[list-item]
    assert "\n" not in str(caught.value)


def test_the_command_prints_its_report_and_nothing_of_rays(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    code = (
        "import sys, ingest.pipeline as pipeline\n"
        "from assistant.cli import app\n"
        "whole = pipeline.ingest_articles\n"
        "pipeline.ingest_articles = lambda *a, **k: (print('said by Ray'), whole(*a, **k))[1]\n"
        "app(['ingest', sys.argv[1], '--corpus', sys.argv[2], '--ray', '--json'], standalone_mode=False)\n"
    )
    (tmp_path / "in").mkdir()
    for name, text in made_articles(3, words=60):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "RAY_ADDRESS"}
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "in"), str(tmp_path / "corpus")], text=True,
                          capture_output=True, cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == 3
    assert "said by Ray" in done.stderr


def test_without_ray_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "one.txt").write_text("En bro öppnades på måndagen.")
    result = CliRunner().invoke(app, ["ingest", str(tmp_path), "--corpus", str(tmp_path / "c"), "--ray"])
    assert isinstance(result.exception, InputError)
    assert "article-assistant[ray]" in str(result.exception)
    assert not (tmp_path / "c").exists()


def test_an_address_without_a_cluster_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray")
    monkeypatch.setenv("RAY_ADDRESS", "nonsense")
    with pytest.raises(InputError, match="mend RAY_ADDRESS"), open_cluster():
        pass
