"""What a model is asked: numbered passages as delimited data, within the model's context; and its first words.

The model is told to reply with a sentinel when the passages do not contain the answer; the words of
the sentinel are held back while they stream, so that nobody sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.llm import TOKENS_A_MESSAGE, Message, estimate_tokens
from assistant.prompts import render_prompt
from assistant.question import Query
from assistant.records import Length, Turn
from assistant.wording import LANGUAGE_NAMES
from ingest.article import ScoredPassage

# Shared by the prompt, this code and its test.
SENTINEL = "NOT_IN_ARTICLES"
LENGTHS: Mapping[Length, str] = {
    "short": "Be very brief: one sentence, at most two.",
    "normal": "Be brief: one to five sentences.",
    "long": "Be thorough: five to twelve sentences, as far as the passages tell as much.",
}
HISTORY_TURNS = 6
HISTORY_CHARS = 1000
# What a model could take for a citation ("[3]", "【3】") or for a turn of its own ("[INST]").
_MARKER_LIKE = re.compile(r"[\[【]([^\[\]【】\n]{0,12}\d[^\[\]【】\n]{0,12}|/?[A-Z_]{3,12})[\]】]")


def build_messages(
    query: Query, passages: Sequence[ScoredPassage], history: Sequence[Turn], prompt_tokens: int,
    length: Length = "normal",
) -> tuple[list[Message], int]:
    """The messages that ask for an answer, and how many of the passages, the best first, they hold.

    They have at most `prompt_tokens` tokens by a cautious estimate: first the passages are fitted in, at least
    one of them and that cut if need be, then the latest turns.
    """
    frame = _system(query, (), length)
    left = prompt_tokens - estimate_tokens(frame + query.question) - 2 * TOKENS_A_MESSAGE
    blocks: list[str] = []
    for number, hit in enumerate(passages, start=1):
        block = number_passage(number, hit)
        size = estimate_tokens(block) + 1
        if size > left and blocks:
            break
        if size > left:
            block = number_passage(number, hit, max(left, 0))
        blocks.append(block)
        left -= size
    turns: list[Message] = []
    for turn in reversed(history[-HISTORY_TURNS:]):
        message = Message(turn.role, turn.content[:HISTORY_CHARS])
        left -= estimate_tokens(message.content) + TOKENS_A_MESSAGE
        if left < 0:
            break
        turns.insert(0, message)
    return [Message("system", _system(query, blocks, length)), *turns, Message("user", query.question)], len(blocks)


def number_passage(number: int, hit: ScoredPassage, most_chars: int | None = None) -> str:
    """One passage as the model sees it: its number, who says it and when, and its text between fences.

    Nothing of an article can look like a fence, a marker or a chat model's own control words.
    """
    meta = hit.article.metadata
    facts = [meta.publisher or hit.article.name, meta.published_at or "undated", hit.article.language]
    head = " ".join(f"({', '.join(facts)}) {meta.title or ''}".split())
    return f"[{number}] {defuse(head)}\n<<<\n{defuse(hit.passage.text)[:most_chars]}\n>>>"


def defuse(text: str) -> str:
    """Article text without angle brackets and without anything that reads like a citation marker."""
    text = text.replace("<", "‹").replace(">", "›")
    return _MARKER_LIKE.sub(r"(\1)", text)


def hold_sentinel(reply: Iterator[str]) -> Iterator[str] | None:
    """The reply's text, or None when it is empty or the sentinel; raises EndpointError."""
    held = ""
    for text in reply:
        held += text
        if not SENTINEL.startswith(_bare(held)) and not _bare(held).startswith(SENTINEL):
            return _continue(held, reply)
    return None


def _bare(text: str) -> str:
    return text.strip(" .\n`*\"'")


def _continue(held: str, reply: Iterator[str]) -> Iterator[str]:
    yield held
    yield from reply


def _system(query: Query, blocks: Sequence[str], length: Length) -> str:
    return render_prompt("answer", {
        "language": LANGUAGE_NAMES.get(query.language, "the language of the question"),
        "length": LENGTHS[length],
        "sentinel": SENTINEL,
        "passages": "\n\n".join(blocks),
    })
