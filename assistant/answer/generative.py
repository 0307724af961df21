"""Answers written by a model from numbered passages; it knows nothing of citations but the markers.

The model is told to reply with a sentinel when the passages do not contain the answer; the words of
the sentinel are held back while they stream, so that nobody sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.llm import ChatModel, Message
from assistant.prompts import render_prompt
from assistant.question import Query
from assistant.records import Turn
from assistant.wording import LANGUAGE_NAMES
from ingest.article import ScoredPassage

# Shared by the prompt, this code and its test.
SENTINEL = "NOT_IN_ARTICLES"
HISTORY_TURNS = 6
HISTORY_CHARS = 1000


def write_answer(
    query: Query, passages: Sequence[ScoredPassage], history: Sequence[Turn], model: ChatModel
) -> Iterator[str] | None:
    """Text of the answer as it streams, or None when the model finds no answer; raises EndpointError."""
    stream = model.stream(build_messages(query, passages, history))
    held = ""
    for text in stream:
        held += text
        if not SENTINEL.startswith(held.strip()):
            break
    if held.strip(" .\n`*") == SENTINEL or not held.strip():
        return None
    if held.strip().startswith(SENTINEL):
        return None
    return _continue(held, stream)


def build_messages(query: Query, passages: Sequence[ScoredPassage], history: Sequence[Turn]) -> list[Message]:
    """System prompt with the passages as delimited data, the last turns, and the question."""
    system = render_prompt("answer", {
        "language": LANGUAGE_NAMES.get(query.language, "the language of the question"),
        "sentinel": SENTINEL,
        "passages": "\n\n".join(number_passage(number, hit) for number, hit in enumerate(passages, start=1)),
    })
    turns = [Message(turn.role, turn.content[:HISTORY_CHARS]) for turn in history[-HISTORY_TURNS:]]
    return [Message("system", system), *turns, Message("user", query.question)]


def number_passage(number: int, hit: ScoredPassage) -> str:
    """One passage as the model sees it: its number, who says it and when, and its text between fences."""
    meta = hit.article.metadata
    facts = ", ".join([meta.publisher or hit.article.name, meta.published_at or "undated", hit.article.language])
    text = hit.passage.text.replace("<<<", "‹‹‹").replace(">>>", "›››")
    return f"[{number}] ({facts}) {meta.title or ''}\n<<<\n{text}\n>>>"


def _continue(held: str, stream: Iterator[str]) -> Iterator[str]:
    yield held
    yield from stream
