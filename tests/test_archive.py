"""A corpus as one file and back: consistent under a reader, checked file by file, safe against made-up archives."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_news import ConstantEmbedder, made_articles
from typer.testing import CliRunner

from assistant.archive import MANIFEST, backup_corpus, restore_corpus
from assistant.cli import app
from ingest.corpus import Corpus, report_corpus
from ingest.corpus.lock import writer_lock
from ingest.corpus.server import ChromaServer
from ingest.errors import CorpusError, LockedError, RecipeError
from ingest.pipeline import ingest_articles, open_corpus_for_writing

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus with what a chat leaves beside it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "in").mkdir()
    for name, text in made_articles(10, words=80):
        (folder / "in" / name).write_text(text, encoding="utf-8")
    corpus = open_corpus_for_writing(folder / "corpus", ConstantEmbedder(), "constant")
    ingest_articles([folder / "in"], corpus, ConstantEmbedder(), workers=1)
    corpus.close()
    (folder / "corpus" / "chat").mkdir()
    (folder / "corpus" / "chat" / "seal.key").write_bytes(b"very secret")
    (folder / "corpus" / "chat" / "judgements.jsonl").write_text("{}\n")
    return folder / "corpus"


@pytest.fixture(scope="module")
def archive(built: Path) -> Path:
    path = built.parent / "backup.tar.gz"
    backup_corpus(built, path)
    return path


def members_of(archive: Path) -> Members:
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def write_archive(path: Path, members: Members) -> Path:
    """An archive of these members, with a true list of them at its end."""
    listed = {name: [hashlib.sha256(data).hexdigest(), len(data)] for name, data in members.items() if name != MANIFEST}
    manifest = {MANIFEST: json.dumps({"format": 1, "files": listed}).encode()}
    with tarfile.open(path, "w:gz") as tar:
        for name, data in (members | (manifest if MANIFEST not in members else {})).items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def test_what_comes_back_is_what_was_there(built: Path, archive: Path, tmp_path: Path) -> None:
    report = restore_corpus(archive, tmp_path / "new")
    assert report.files == len(members_of(archive)) - 1
    before, after = Corpus.open(built), Corpus.open(tmp_path / "new")
    assert report_corpus(before) | {"bytes": 0} == report_corpus(after) | {"bytes": 0}
    ids = [row[0] for row in before.catalogue.count("SELECT id FROM passage ORDER BY id")]
    assert ids
    for key, vector in before.vectors.get(ids).items():
        assert np.array_equal(after.vectors.get([key])[key], vector)
    assert before.lexical.count() == after.lexical.count() == len(ids)


def test_secrets_and_locks_stay_behind(archive: Path) -> None:
    names = members_of(archive).keys()
    assert "chat/judgements.jsonl" in names
    assert not [name for name in names if name.endswith((".key", ".lock", "-wal", "-shm"))]
    assert b"very secret" not in b"".join(members_of(archive).values())


def test_a_chat_that_reads_is_not_disturbed(built: Path, tmp_path: Path) -> None:
    with_reader = Corpus.open(built)
    query = np.eye(1, int(with_reader.recipe["dimensions"]), dtype=np.float32)[0]
    found = with_reader.vectors.search(query, 3)
    backup_corpus(built, tmp_path / "b.tar.gz")
    assert with_reader.vectors.search(query, 3) == found
    assert restore_corpus(tmp_path / "b.tar.gz", tmp_path / "new").files


def test_an_ingest_that_writes_is_waited_for(built: Path, tmp_path: Path) -> None:
    with writer_lock(built), pytest.raises(LockedError):
        backup_corpus(built, tmp_path / "b.tar.gz")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_meanwhile_in_the_log_is_in_the_backup(built: Path, tmp_path: Path) -> None:
    """Rows that stand only in SQLite's write-ahead log belong to the catalogue too."""
    restore_corpus(backup_of(built, tmp_path), tmp_path / "c")
    writer = Corpus.create(tmp_path / "c", Corpus.open(tmp_path / "c").recipe)
    with writer.catalogue.transaction() as connection:
        connection.execute("INSERT INTO failure VALUES ('late.txt', 'late.txt', 'is empty')")
    assert (tmp_path / "c" / "catalogue.sqlite-wal").stat().st_size > 0
    backup_corpus(tmp_path / "c", tmp_path / "late.tar.gz")
    restore_corpus(tmp_path / "late.tar.gz", tmp_path / "d")
    assert [failure.name for failure in Corpus.open(tmp_path / "d").catalogue.failures("late.txt")] == ["late.txt"]


def backup_of(corpus: Path, folder: Path) -> Path:
    backup_corpus(corpus, folder / "once.tar.gz")
    return folder / "once.tar.gz"


@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "vectors/../../evil.txt", "evil.txt", "vectors",
                                  "vectors\\..\\evil", "lexical/a\nb", "chat/../catalogue.sqlite", ""])
def test_names_that_lead_out_are_refused(archive: Path, tmp_path: Path, name: str) -> None:
    bad = write_archive(tmp_path / "bad.tar.gz", {**members_without_list(archive), name: b"evil"})
    with pytest.raises(CorpusError, match="nothing was restored"):
        restore_corpus(bad, tmp_path / "in" / "new")
    assert list((tmp_path / "in").iterdir()) == []
    assert not list(tmp_path.rglob("evil*"))


def members_without_list(archive: Path) -> Members:
    return {name: data for name, data in members_of(archive).items() if name != MANIFEST}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as tar:
        member = tarfile.TarInfo("vectors/link")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(CorpusError, match="nothing was restored"):
        restore_corpus(tmp_path / "bad.tar.gz", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def damaged(archive: Path) -> Iterator[tuple[str, Members]]:
    members = members_of(archive)
    listed = members[MANIFEST]
    largest = max(members, key=lambda name: len(members[name]))
    flipped = bytes([members[largest][0] ^ 1]) + members[largest][1:]
    yield "one bit", {**members, largest: flipped, MANIFEST: listed}
    yield "one file less", {name: data for name, data in members.items() if name != largest}
    yield "one file more", {"chat/more.jsonl": b"{}", **members}
    yield "no list", {}
    for wrong in (b"", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "files": {"a": 1}}',
                  b'{"format": 2, "files": {}}', b"[" * 100_000):
        yield f"list {wrong[:40]!r}", {**members, MANIFEST: wrong}


def test_a_damaged_archive_is_refused_whole(archive: Path, tmp_path: Path) -> None:
    cases = list(damaged(archive))
    assert len(cases) == 11
    for number, (what, members) in enumerate(cases):
        bad = tmp_path / f"{number}.tar.gz"
        if what == "no list":
            with tarfile.open(bad, "w:gz"):
                pass
        else:
            write_archive(bad, members)
        with pytest.raises(CorpusError):
            restore_corpus(bad, tmp_path / "new")
        assert not (tmp_path / "new").exists(), what
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    (tmp_path / "text.tar.gz").write_text("no archive")
    for bad in (cut, tmp_path / "text.tar.gz", tmp_path / "missing.tar.gz"):
        with pytest.raises(CorpusError, match="use another backup"):
            restore_corpus(bad, tmp_path / "new")


def test_nothing_is_overwritten(built: Path, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(CorpusError, match="not empty"):
        restore_corpus(archive, tmp_path / "full")
    with pytest.raises(CorpusError, match="exists already"):
        backup_corpus(built, archive)
    (tmp_path / "empty").mkdir()
    assert restore_corpus(archive, tmp_path / "empty").files


def test_what_cannot_be_backed_up_is_said(built: Path, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus"):
        backup_corpus(tmp_path, tmp_path / "b.tar.gz")
    restore_corpus(archive, tmp_path / "other")
    corpus = Corpus.create(tmp_path / "other", Corpus.open(tmp_path / "other").recipe)
    corpus.catalogue.write_recipe({"collection": "articles-1"})
    with pytest.raises(CorpusError, match="Chroma server"):
        backup_corpus(tmp_path / "other", tmp_path / "b.tar.gz")
    with pytest.raises(CorpusError, match="set ASSISTANT_CHROMA_URL"):
        Corpus.open(tmp_path / "other")
    with pytest.raises(CorpusError, match="unset ASSISTANT_CHROMA_URL"):
        Corpus.open(built, chroma=ChromaServer("http://127.0.0.1:9"))


def test_another_layout_of_the_corpus_is_refused(archive: Path, tmp_path: Path) -> None:
    restore_corpus(archive, tmp_path / "old")
    corpus = Corpus.create(tmp_path / "old", Corpus.open(tmp_path / "old").recipe)
    corpus.catalogue.write_recipe({"schema": "1"})
    corpus.catalogue.count("PRAGMA wal_checkpoint(TRUNCATE)")
    corpus.close()
    with pytest.raises(RecipeError, match="schema 1"):
        backup_corpus(tmp_path / "old", tmp_path / "b.tar.gz")
    members = members_without_list(archive)
    members["catalogue.sqlite"] = (tmp_path / "old" / "catalogue.sqlite").read_bytes()
    with pytest.raises(RecipeError, match="schema 1"):
        restore_corpus(write_archive(tmp_path / "old.tar.gz", members), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_commands(built: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "b.tar.gz"), "--corpus", str(built), "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    done = CliRunner().invoke(app, ["restore", str(tmp_path / "b.tar.gz"), "--corpus", str(tmp_path / "new"), "--json"])
    assert json.loads(done.stdout)["files"] == report["files"]
