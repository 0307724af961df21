"""Files nobody would write on purpose: names, pipes, encodings, ids and languages that once stopped a whole ingest."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from made_news import ConstantEmbedder

from ingest.article import Failure, Page
from ingest.corpus import Corpus
from ingest.errors import CorpusError
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.prepare import prepare_page
from ingest.readers import find_sources, read_source

BODY = "Almskärs kommun bygger en ny brygga vid hamnen. Arbetet börjar i maj och kostar 2,4 miljoner kronor. "


def read_all(path: Path) -> list[Page | Failure]:
    return [page for source in find_sources([path]) for page in read_source(source)]


def ingest(folder: Path, directory: Path) -> list[Failure]:
    with closing(open_corpus_for_writing(directory, ConstantEmbedder(), "constant")) as corpus:
        return ingest_articles([folder], corpus, ConstantEmbedder(), workers=0).failed


def names_in(directory: Path) -> set[str]:
    with closing(Corpus.open(directory)) as corpus:
        return {article.name for article in corpus.catalogue.articles()}


def test_a_name_that_is_no_utf8_fails_alone(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "good").mkdir(parents=True)
    (folder / "good" / "a.txt").write_text(BODY)
    for name in (b"bl\xe5sv\xe4der/b.txt", b"\xf6.jsonl"):  # Latin-1, as old folders have it
        bad = folder / os.fsdecode(name)
        bad.parent.mkdir(exist_ok=True)
        bad.write_text(BODY)
    for _ in range(2):
        failed = ingest(folder, tmp_path / "corpus")
        assert {failure.name for failure in failed} == {"bl\\udce5sv\\udce4der/b.txt", "\\udcf6.jsonl"}
        assert all("UTF-8" in failure.reason for failure in failed)
    assert names_in(tmp_path / "corpus") == {"good/a.txt"}


def test_pipes_sockets_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe.jsonl.gz")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.html"))
        read: list[Page | Failure] = []
        reading = threading.Thread(target=lambda: read.extend(read_all(tmp_path)), daemon=True)
        reading.start()
        reading.join(20)
    assert not reading.is_alive()
    reasons = {page.name: page.reason for page in read if isinstance(page, Failure)}
    assert set(reasons) == {"pipe.txt", "pipe.jsonl.gz", "endless.txt", "gone.txt", "socket.html"} and len(read) == 5
    assert "out of the folder" in reasons["endless.txt"] and "vanished" in reasons["gone.txt"]
    assert all("not a file" in reasons[name] for name in ("pipe.txt", "pipe.jsonl.gz", "socket.html"))


def test_halves_of_surrogate_pairs_are_stored_as_text(tmp_path: Path) -> None:
    """JSON can spell them, no database takes them: in an id, an address or a name they ended the run."""
    html = f"<article><p>{BODY * 3} \ud800</p></article>"
    rows = [{"id": "\ud800", "text": BODY, "title": "Ny \udc00 brygga"},
            {"url": "https://a.example/\ud9ff", "text": BODY * 2},
            {"id": "c", "text": f"{BODY} \udfff", "author": "\ud800", "publisher": "\udbff", "section": "\ud800"},
            {"id": "d", "html": html, "published_at": "\ud800", "language": "\ud800"}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert not ingest(tmp_path / "in.jsonl", tmp_path / "corpus")
    assert names_in(tmp_path / "corpus") == {"\\ud800", "https://a.example/\\ud9ff", "c", "d"}


@pytest.mark.parametrize(("said", "language"), [
    ("sv", "sv"), ("DE-at", "de"), ("en_GB", "en"), ("nb", "nb"), ("swe", "sv"), ("Svenska", "sv"), ("swedish", "sv"),
    ("\x1b[2J", "sv"), ("x" * 100_000, "sv"), ("<b>", "sv"), ("s\x1b", "sv"), ("12", "sv"), ("åä", "sv"),
])
def test_a_language_is_a_code_or_told_by_the_text(said: str, language: str) -> None:
    """`swe` once became `sw`, Swahili, and a control sequence reached the terminal."""
    assert prepare_page(Page("a", text=BODY, given={"language": said}))[0].language == language


CHARSETS = ["punycode", "PUNYCODE", "idna", "unicode_escape", "utf-7", "hex", "undefined", "\x1b"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_server_may_name_any_encoding(tmp_path: Path, charset: str) -> None:
    long = f"{'a' * 800_000}-{'b9' * 80_000}"
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n<p>Tarnby opens its bridge. {long}"
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body.encode())}\r\n\r\n")
    (tmp_path / "a.warc").write_bytes((head + body + "\r\n\r\n").encode())
    started = time.thread_time()
    (page,) = read_all(tmp_path)
    assert isinstance(page, Page) and "Tarnby opens" in (page.html or "")
    assert time.thread_time() - started < 3.0


@pytest.mark.parametrize("data", [b"junk" * 500, None], ids=["junk", "cut"])
def test_damaged_vectors_are_one_line_with_advice(tmp_path: Path, data: bytes | None) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    ingest(tmp_path / "a.txt", tmp_path / "corpus")
    damaged = shutil.copytree(tmp_path / "corpus", tmp_path / "damaged")  # Chroma keeps what it has open by its path
    file = damaged / "vectors" / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[:20_000] if data is None else data)
    with pytest.raises(CorpusError, match="new --corpus") as caught:
        Corpus.open(damaged)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("folder", "name"), [("vectors", "vectors"), ("lexical", "lexical index")])
def test_an_index_that_was_deleted_is_told_and_not_taken_for_silence(tmp_path: Path, folder: str, name: str) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    ingest(tmp_path / "a.txt", tmp_path / "corpus")
    robbed = shutil.copytree(tmp_path / "corpus", tmp_path / "robbed")
    shutil.rmtree(robbed / folder)
    with pytest.raises(CorpusError, match=f"lacks its {name}: restore a backup"):
        Corpus.open(robbed)
    with pytest.raises(CorpusError, match=f"lacks its {name}"):
        ingest(tmp_path / "a.txt", robbed)


def test_a_folder_in_the_place_of_the_catalogue_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "corpus" / "catalogue.sqlite").mkdir(parents=True)
    with pytest.raises(CorpusError, match="is damaged"):
        ingest(tmp_path / "a.txt", tmp_path / "corpus")
