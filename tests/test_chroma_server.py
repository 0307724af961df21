"""Vectors on a real Chroma server: the same results as embedded, one line when it is away, and back when it is back."""

from __future__ import annotations

import gc
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from chat_server import served
from chromadb.api.shared_system_client import SharedSystemClient
from made_news import ConstantEmbedder, made_articles

import ingest.batches
from assistant.demo import articles_dir, questions_file
from assistant.pipeline import Assistant
from assistant.settings import Settings, read_settings
from ingest.corpus import Corpus
from ingest.corpus.server import ChromaServer
from ingest.corpus.vectors import Vectors
from ingest.embed import Embedder
from ingest.errors import CorpusError
from ingest.pipeline import ingest_articles, open_corpus_for_writing
from ingest.progress import IngestReport

TOKEN = "very-secret-token"


class Server:
    """`chroma run` in a process of its own that can be killed and started again on its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(self.port),
                   "--path", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("chroma run did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@contextmanager
def guarded(port: int, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A proxy before a Chroma server that lets nobody in without the token; yields its address."""

    class Guard(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers["Authorization"] != f"Bearer {TOKEN}" or self.headers["X-Chroma-Token"] != TOKEN:
                self.answer(401, b"<h1>401 Unauthorized</h1>")
                return
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as inner:
                inner.request(self.command, self.path, body, {"Content-Type": "application/json"})
                reply = inner.getresponse()
                self.answer(reply.status, reply.read())

        def answer(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = forward  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Guard)
    if context is not None:
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
    thread = threading.Thread(target=proxy.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://localhost:{proxy.server_address[1]}"
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


@pytest.fixture(autouse=True)
def forget_clients() -> Iterator[None]:
    """Chroma's client of a server never closes its connections: here they go without the warning."""
    yield
    SharedSystemClient.clear_system_cache()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def unit_rows(count: int) -> np.ndarray:
    rows = np.random.default_rng(7).standard_normal((count, 384), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def facts(count: int) -> list[dict[str, str | int]]:
    return [{"language": ("sv", "de", "en")[n % 3], "article_id": f"a{n // 4}", "published": 20240100 + n % 28}
            for n in range(count)]


def test_the_demo_questions_find_the_same(
    server: Server, demo_corpus: Path, embedder: Embedder, tmp_path: Path
) -> None:
    chroma = ChromaServer(server.url)
    corpus = open_corpus_for_writing(tmp_path / "corpus", embedder, "local", chroma=chroma)
    report = ingest_articles([articles_dir()], corpus, embedder, workers=1)
    corpus.close()
    assert not report.failed and not (tmp_path / "corpus" / "vectors").exists()
    embedded, served = Corpus.open(demo_corpus), Corpus.open(tmp_path / "corpus", chroma=chroma)
    assert embedded.vectors.count() == served.vectors.count() > 30
    keys = [row[0] for row in embedded.catalogue.count("SELECT id FROM passage")]
    vectors = [one.vectors.get(keys) for one in (embedded, served)]
    assert all(np.allclose(vectors[0][key], vectors[1][key], atol=1e-6) for key in keys)
    inside = Assistant(embedded, embedder, Settings(), None)
    outside = Assistant(served, embedder, Settings(), None)
    questions = [json.loads(line)["question"] for line in questions_file().read_text(encoding="utf-8").splitlines()]
    assert len(questions) >= 20
    for question in questions:
        found = [one.search(question, 10) for one in (inside, outside)]
        assert [hit.passage.id for hit in found[0]] == [hit.passage.id for hit in found[1]], question
        # Chroma's server adds up in another order than the embedded one: about 1e-6 of a cosine.
        assert [hit.score for hit in found[0]] == pytest.approx([hit.score for hit in found[1]], abs=1e-3)


def test_a_batch_beyond_the_servers_limit_is_cut(server: Server, tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, ChromaServer(server.url), "articles-batches")
    vectors._batch = 7  # the real limit is thousands; what is tested is that it is kept to
    rows = unit_rows(100)
    vectors.add([f"p{n}" for n in range(100)], rows, facts(100))
    assert vectors.count() == 100
    assert [key for key, _ in vectors.search(rows[42], 1)] == ["p42"]
    vectors.remove_article("a3")
    assert vectors.count() == 96
    assert 0 < Vectors(tmp_path, ChromaServer(server.url), "articles-batches")._batch < 1_000_000


def test_two_corpora_on_a_server_do_not_meet(server: Server, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for file, text in made_articles(4, seed=len(name + str(found)), words=60):
            (tmp_path / name / file).write_text(text, encoding="utf-8")
        corpus = open_corpus_for_writing(tmp_path / f"c-{name}", ConstantEmbedder(), "constant",
                                         chroma=ChromaServer(server.url))
        ingest_articles([tmp_path / name], corpus, ConstantEmbedder(), workers=1)
        passages = {row[0] for row in corpus.catalogue.count("SELECT id FROM passage")}
        assert {key for key, _ in corpus.vectors.search(unit_rows(1)[0], 100)} == passages
        found.append(passages)
        corpus.close()
    assert not found[0] & found[1]


def test_a_killed_server_is_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.start()
    try:
        chroma = ChromaServer(server.url)
        folder = tmp_path / "in"
        folder.mkdir()
        articles = list(made_articles(24, words=80))
        for name, text in articles[:12]:
            (folder / name).write_text(text, encoding="utf-8")
        writer = open_corpus_for_writing(tmp_path / "corpus", ConstantEmbedder(), "constant", chroma=chroma)
        ingest_articles([folder], writer, ConstantEmbedder(), workers=1)
        reader, query = Corpus.open(tmp_path / "corpus", chroma=chroma), unit_rows(1)[0]
        before = reader.vectors.search(query, 10)
        server.kill()

        with pytest.raises(CorpusError, match=f"127.0.0.1:{server.port}"):
            reader.vectors.search(query, 10)
        with pytest.raises(CorpusError, match="ASSISTANT_CHROMA_URL"):
            Corpus.open(tmp_path / "corpus", chroma=chroma)
        for name, text in articles[12:]:
            (folder / name).write_text(text, encoding="utf-8")
        with pytest.raises(CorpusError, match="does not answer"):
            ingest_articles([folder], writer, ConstantEmbedder(), workers=1)

        server.start()
        assert reader.vectors.search(query, 10) == before  # the same objects, nothing of ours started anew
        report = ingest_articles([folder], writer, ConstantEmbedder(), workers=1)
        assert not report.failed
        reader.refresh()
        passages = [row[0] for row in reader.catalogue.count("SELECT id FROM passage")]
        assert sorted(reader.vectors.get(passages)) == sorted(passages)
        assert reader.vectors.count() == len(passages) == reader.lexical.count()
        assert len(list(reader.catalogue.articles())) == 24
        writer.close()
    finally:
        server.kill()


def ask(address: str, question: str) -> tuple[int, str]:
    """Status and text of what the chat answers."""
    body = {"model": "articles", "messages": [{"role": "user", "content": question}]}
    request = urllib.request.Request(f"{address}v1/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_server_killed_under_a_chat_and_in_an_ingest_comes_back(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, folder, question = Server(tmp_path / "data"), tmp_path / "in", "Who is opening the new bridge in Tarnby?"
    server.start()
    folder.mkdir()
    (folder / "bridge.txt").write_text("Tarnby opens its bridge\n\nThe mayor Ida Holm opens the new bridge in Tarnby"
                                       " on Friday. It has cost the town 14 million crowns.\n")
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", server.url)
    monkeypatch.setattr(ingest.batches, "BATCH_PASSAGES", 2)
    chroma = ChromaServer(server.url)
    writer = open_corpus_for_writing(tmp_path / "corpus", embedder, "local", chroma=chroma)
    try:
        ingest_articles([folder], writer, embedder, workers=0)
        with served(tmp_path / "corpus") as address:
            assert "Ida Holm" in ask(address, question)[1]
            for name, text in made_articles(12, words=40):
                (folder / name).write_text(text, encoding="utf-8")

            def kill(done: int, files: int, report: IngestReport) -> None:
                if done == 7:
                    server.kill()

            with pytest.raises(CorpusError, match="does not answer"):
                ingest_articles([folder], writer, embedder, workers=0, progress=kill)
            status, text = ask(address, question)
            assert status >= 500 and f"127.0.0.1:{server.port}" in text and "Traceback" not in text
            server.start()
            assert "Ida Holm" in ask(address, question)[1]  # the same chat
            assert not ingest_articles([folder], writer, embedder, workers=0).failed
            assert "Ida Holm" in ask(address, question)[1]
        passages = [row[0] for row in writer.catalogue.count("SELECT id FROM passage")]
        assert sorted(writer.vectors.get(passages)) == sorted(passages)
        assert writer.vectors.count() == len(passages) == writer.lexical.count()
        assert writer.catalogue.count("SELECT COUNT(*) FROM article WHERE done = 1") == [(13,)]
        writer.close()
    finally:
        server.kill()


def test_news_of_a_server_that_is_away_is_seen_later(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.start()
    try:
        chroma, folder = ChromaServer(server.url), tmp_path / "in"
        folder.mkdir()
        articles = list(made_articles(2, words=60))  # one Swedish, one German: a new language is a new collection
        (folder / articles[0][0]).write_text(articles[0][1], encoding="utf-8")
        writer = open_corpus_for_writing(tmp_path / "corpus", ConstantEmbedder(), "constant", chroma=chroma)
        ingest_articles([folder], writer, ConstantEmbedder(), workers=1)
        reader = Corpus.open(tmp_path / "corpus", chroma=chroma)
        (folder / articles[1][0]).write_text(articles[1][1], encoding="utf-8")
        ingest_articles([folder], writer, ConstantEmbedder(), workers=1)
        server.kill()
        with pytest.raises(CorpusError):
            reader.refresh()
        server.start()
        reader.refresh()
        assert len(reader.vectors.search_languages(unit_rows(1)[0], 5)) == 2
    finally:
        server.kill()


def test_a_token_opens_a_guarded_server_and_is_shown_nowhere(server: Server, tmp_path: Path) -> None:
    with guarded(server.port) as url:
        assert Vectors(tmp_path, ChromaServer(url, TOKEN), "articles-token").count() == 0
        for token in (None, "wrong-token"):
            with pytest.raises(CorpusError, match="ASSISTANT_CHROMA_TOKEN") as caught:
                Vectors(tmp_path, ChromaServer(url, token), "articles-token")
            assert "wrong-token" not in str(caught.value)
    assert TOKEN not in repr(ChromaServer(url, TOKEN))
    assert ChromaServer("http://ida:word@db.example:81/x", TOKEN).where == "db.example:81"


def test_a_connection_is_encrypted_and_its_certificate_checked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost"], check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with guarded(server.port, context) as url:
        with pytest.raises(CorpusError, match="ASSISTANT_CHROMA_URL"):
            Vectors(tmp_path, ChromaServer(url, TOKEN), "articles-tls")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert Vectors(tmp_path, ChromaServer(url, TOKEN), "articles-tls").count() == 0


def test_tenant_and_database_are_kept_apart(server: Server, tmp_path: Path) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as admin:
        for path, name in (("/api/v2/tenants", "news"), ("/api/v2/tenants/news/databases", "archive")):
            admin.request("POST", path, json.dumps({"name": name}), {"Content-Type": "application/json"})
            reply = admin.getresponse()
            assert reply.status == 200, reply.read()
            reply.read()
    own = Vectors(tmp_path, ChromaServer(server.url, tenant="news", database="archive"), "articles-apart")
    own.add(["p"], unit_rows(1), facts(1))
    assert own.count() == 1
    assert Vectors(tmp_path, ChromaServer(server.url), "articles-apart").count() == 0
    with pytest.raises(CorpusError, match="nobody"):
        Vectors(tmp_path, ChromaServer(server.url, tenant="nobody"), "articles-apart")


def test_the_settings_name_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings().chroma is None
    for name, value in (("URL", "https://db.example"), ("TOKEN", TOKEN), ("TENANT", "news"), ("DATABASE", "archive")):
        monkeypatch.setenv(f"ASSISTANT_CHROMA_{name}", value)
    settings = read_settings()
    assert settings.chroma == ChromaServer("https://db.example", TOKEN, "news", "archive")
    assert TOKEN not in repr(settings) + str(settings.model_dump())
