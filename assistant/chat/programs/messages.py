"""A conversation in OpenAI's form into a question with its history, and citations as text below an answer."""

from __future__ import annotations

from typing import Any, Literal

from assistant.chat.show.escape import safe_link
from assistant.errors import AssistantError
from assistant.markdown import escape_markdown
from assistant.records import Answer, Turn

# What stands between an answer and its sources; what follows it is left out when it comes back as history.
RULE = "\n\n---\n"
TURNS_READ = 20


class UnusableRequestError(AssistantError):
    """The request is not what the protocol asks for."""


def read_request(body: Any) -> tuple[str, tuple[Turn, ...], str, bool]:
    """(question, history, model, whether to stream); raises UnusableRequestError naming what is wrong."""
    match body:
        case {"messages": [*messages]} if messages:
            turns = [turn for message in messages if (turn := _turn(message)) is not None]
        case _:
            raise UnusableRequestError("messages is missing: send a list of {role, content}")
    if not turns or turns[-1].role != "user" or not turns[-1].content.strip():
        raise UnusableRequestError("the last message must be the user's question")
    model = body.get("model", "")
    history = tuple(turns[:-1][-TURNS_READ:])
    return turns[-1].content.strip(), history, str(model), body.get("stream") is True


def list_sources(answer: Answer) -> str:
    """The citations as Markdown below a rule; empty when nothing is cited."""
    if not answer.citations:
        return ""
    addresses = {hit.article.id: safe_link(hit.article.metadata.url) for hit in answer.retrieved}
    lines = []
    for citation in answer.citations:
        facts = (citation.publisher or citation.article, citation.published_at or "–", citation.language)
        address = addresses.get(citation.article_id)
        link = f" <{address}>" if address and "<" not in address and ">" not in address else ""
        lines.append(f"[{citation.marker}] {escape_markdown(' · '.join(facts))}: "
                     f"“{escape_markdown(citation.quote)}” ({citation.verdict}){link}")
    return RULE + "\n".join(f"{line}  " for line in lines)


def _turn(message: Any) -> Turn | None:
    """A message as a turn; system messages are left out, since the articles alone decide the answer."""
    match message:
        case {"role": "user" | "assistant" as role, "content": content}:
            spoken: Literal["user", "assistant"] = "user" if role == "user" else "assistant"
            text = _text(content)
            return Turn(spoken, text.partition(RULE)[0] if spoken == "assistant" else text)
        case {"role": "system" | "developer" | "tool"}:
            return None
        case _:
            raise UnusableRequestError("a message has no role and content: send {role, content}")


def _text(content: Any) -> str:
    match content:
        case str(text):
            return text
        case [*parts]:
            return "\n".join(part["text"] for part in parts if isinstance(part, dict) and part.get("type") == "text"
                             and isinstance(part.get("text"), str))
        case _:
            raise UnusableRequestError("a message's content is neither text nor a list of text parts")
