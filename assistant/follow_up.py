"""A follow-up made to stand alone by the model, in one call; what the conversation does not say is not believed.

Without a model, or when it fails, `understand_question` carries words of the turns before instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.errors import EndpointError
from assistant.llm import ChatModel, Message
from assistant.prompts import render_prompt
from assistant.question import content_words, stands_alone, word_stem
from assistant.records import Turn, Usage

TURNS = 6
TURN_CHARS = 600
LONGEST_CHARS = 400
SHORTEST_NAME = 3
_LABEL = re.compile(r"^\W*(?:(?:standalone |last )?question|fråga|frage)\s*:\s*", re.IGNORECASE)


def restate(question: str, history: Sequence[Turn], model: ChatModel) -> tuple[str | None, Usage | None]:
    """The question as it would be asked without the turns before, and what that took.

    No call is made, and nothing comes back, for a question that stands alone; None for the question when the
    model fails or says more than the conversation does.
    """
    if not any(turn.role == "user" for turn in history) or stands_alone(question):
        return None, None
    turns = [f"{turn.role}: {' '.join(turn.content[:TURN_CHARS].split())}" for turn in history[-TURNS:]]
    prompt = render_prompt("follow_up", {"conversation": "\n".join(turns), "question": " ".join(question.split())})
    reply = model.stream([Message("user", prompt)])
    try:
        written = "".join(reply)
    except EndpointError:
        return None, reply.usage
    return believe(written, [question, *(turn.content for turn in history)]), reply.usage


def believe(written: str, said: Sequence[str]) -> str | None:
    """The one question that a model wrote, or None when it wrote anything else or names what nobody has named."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    text = _LABEL.sub("", lines[0]).strip('"“”„» «*') if len(lines) == 1 else ""
    if " " not in text or len(text) > LONGEST_CHARS:
        return None
    known = {word_stem(word) for turn in said for word in content_words(turn)}
    named = [word for word in content_words(text.partition(" ")[2]) if word[0].isupper() or word[0].isdigit()]
    return text if all(_is_said(word_stem(word), known) for word in named) else None


def _is_said(stem: str, known: set[str]) -> bool:
    """Also in another case: "Rolf" and "Rolfs"."""
    if stem in known or not stem[0].isalpha():
        return stem in known
    return any(len(one) >= SHORTEST_NAME and (one.startswith(stem) or stem.startswith(one)) for one in known)
