"""Answers a browser keeps and links carry: small, complete, and sealed so that nobody can forge one.

What comes back is shown only when this corpus' key made it; quotes are shown in their article only where
they still stand there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import zlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.records import Answer, Citation, Sentence
from ingest.article import Article, Passage, ScoredPassage

FORM = 1
# An answer is a few kilobytes; nothing larger is unpacked.
MOST_CHARS, MOST_BYTES = 200_000, 2_000_000
SEAL_BYTES = 16

FindArticle = Callable[[str], Article | None]


class KeptError(AssistantError):
    """A kept answer cannot be read, or was not made with this corpus."""


class Keeper:
    """Seals and opens answers with the key in the corpus directory; without a place for it, until the end."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "seal.key"
        self._key = b""

    def seal(self, question: str, answer: Answer) -> str:
        """An answer as a text of letters, digits, `-`, `_` and one dot."""
        plain = json.dumps(_pack(question, answer), ensure_ascii=False, separators=(",", ":"))
        packed = zlib.compress(plain.encode("utf-8", "surrogatepass"), 9)
        return f"{_text(packed)}.{_text(self._seal(packed))}"

    def open(self, kept: object, find_article: FindArticle) -> tuple[str, Answer]:
        """The question and answer of a kept text; raises KeptError for one that is not ours."""
        if not isinstance(kept, str) or len(kept) > MOST_CHARS:
            raise KeptError("this is no kept answer")
        body, _, seal = kept.partition(".")
        try:
            packed = _bytes(body)
            if not hmac.compare_digest(_bytes(seal), self._seal(packed)):
                raise KeptError("this answer was not made with this corpus")
            plain = zlib.decompressobj().decompress(packed, MOST_BYTES)
            return _unpack(json.loads(plain.decode("utf-8", "surrogatepass")), find_article)
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise KeptError("this is no kept answer") from error

    def _seal(self, packed: bytes) -> bytes:
        self._key = self._key or self._read_key()
        return hmac.digest(self._key, packed, "sha256")[:SEAL_BYTES]

    def _read_key(self) -> bytes:
        fresh = secrets.token_bytes(32)
        try:
            self._path.parent.mkdir(exist_ok=True)  # not its parents: a corpus is made by ingesting
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(fresh)
        except FileExistsError:
            return self._path.read_bytes() or fresh
        except OSError:
            return fresh
        return fresh


def answer_digest(kept: str) -> str:
    """12 hex digits that name a kept answer."""
    return hashlib.sha256(kept.encode()).hexdigest()[:12]


def _pack(question: str, answer: Answer) -> dict[str, Any]:
    found = [[hit.article.id, hit.passage.start, hit.passage.end] for hit in answer.retrieved if hit.passage.end]
    return {
        "form": FORM, "question": question, "language": answer.language, "text": answer.text,
        "abstained": answer.abstained, "notice": answer.notice, "found": found,
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "citations": [asdict(citation) for citation in answer.citations],
    }


def _unpack(row: dict[str, Any], find_article: FindArticle) -> tuple[str, Answer]:
    if row["form"] != FORM:
        raise KeptError("this answer was kept by another version")
    sentences = tuple(Sentence(**_tuples(item)) for item in row["sentences"])
    citations = tuple(Citation(**_tuples(item)) for item in row["citations"])
    hits = []
    for article_id, start, end in row["found"]:
        article = find_article(article_id)
        if article is not None and end <= len(article.text):
            hits.append(ScoredPassage(Passage(article_id, start, end, article.text[start:end]), article, 0.0))
    answer = Answer(row["question"], row["language"], row["text"], row["abstained"], sentences, citations,
                    tuple(hits), notice=row["notice"])
    return row["question"], answer


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
