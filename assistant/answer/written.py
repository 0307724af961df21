"""An answer in a model's words: streamed without unknown markers, checked sentence by sentence, quotes translated.

When the model breaks off or nothing it wrote holds, quotes of the articles follow. Knows nothing of retrieval.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.answer.compose import CiteSpan, Composed, compose_draft, compose_quotes
from assistant.answer.extractive import Quote
from assistant.answer.generative import build_messages
from assistant.answer.leaks import show_reply
from assistant.answer.task import Task
from assistant.answer.translate import translate_quotes
from assistant.errors import EndpointError
from assistant.llm import ChatModel
from assistant.records import Delta, Event, Stage, Turn
from assistant.verify import Similarity
from assistant.wording import BROKEN_OFF, FROM_ARTICLES, NOTHING_LEFT, OMITTED, say


def write_answer(
    task: Task, quotes: Sequence[Quote], history: Sequence[Turn], model: ChatModel, similarity: Similarity,
    cite: CiteSpan,
) -> Generator[Event, None, Composed | None]:
    """The events of writing; returns the checked answer, or None when the model says that the articles don't tell.

    What it took is counted in `task.usage`, what a reader should know about it stands in `task.notice`.
    """
    draft = yield from _draft(task, history, model)
    broken = task.notice is not None
    task.lap("answer")
    if not broken and not draft.strip():
        return None
    yield Stage("checking")
    composed = yield from _check(task, quotes, draft, similarity, cite)
    if not broken:
        citations, usage = translate_quotes(composed.citations, task.shown.language, model, similarity)
        task.count(usage)
        composed = replace(composed, citations=citations)
    return composed


def _draft(task: Task, history: Sequence[Turn], model: ChatModel) -> Generator[Event, None, str]:
    """What the model writes, as it comes; when it breaks off, what came and the reason as the task's notice."""
    yield Stage("writing")
    messages, held = build_messages(task.shown, task.passages, history, model.prompt_tokens, task.length)
    reply = model.stream(messages)
    pieces = []
    try:
        for shown in show_reply(reply, held):
            pieces.append(shown)
            if not task.strict:
                yield Delta(shown)
    except EndpointError as error:
        task.notice = say(BROKEN_OFF, task.shown.language).format(reason=error)
    finally:
        reply.close()  # also when nobody reads on: the endpoint need not write what nobody sees
    task.count(reply.usage)
    return "".join(pieces)


def _check(
    task: Task, quotes: Sequence[Quote], draft: str, similarity: Similarity, cite: CiteSpan
) -> Generator[Event, None, Composed]:
    """The checked draft; when the model broke off or nothing of it is left, quotes of the articles after it."""
    language = task.shown.language
    broken = task.notice is not None
    composed, omitted = compose_draft(draft, task.shown, task.passages, similarity, cite, strict=task.strict)
    if composed.text and not broken:
        if omitted:
            task.notice = say(OMITTED, language).format(count=omitted)
        if task.strict:
            yield Delta(composed.text)
        return composed
    task.notice = task.notice or say(NOTHING_LEFT, language)
    added = compose_quotes(task.shown, quotes, cite, len(composed.citations) + 1)
    lead = f"\n\n{say(FROM_ARTICLES, language)}\n\n" if composed.text else ""
    yield Delta(f"\n\n{task.notice}\n\n{added.text}")
    return Composed(composed.text + lead + added.text, composed.sentences + added.sentences,
                    composed.citations + added.citations)
