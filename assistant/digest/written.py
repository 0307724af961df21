"""A summary in a model's words, from the passages around the sentences that were chosen without it.

Choosing the sentences first takes the place of a map step over the stories: the model sees every story's main
points in one call that fits any context, and its draft is checked like an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer.generative import number_passage
from assistant.digest.summarize import Point, arrange_points
from assistant.llm import ChatModel, Message
from assistant.prompts import render_prompt
from assistant.wording import LANGUAGE_NAMES
from ingest.article import Passage, ScoredPassage

# What stands around a sentence tells who and when.
AROUND_CHARS = 250


def points_as_passages(points: Sequence[Point]) -> list[ScoredPassage]:
    """The chosen sentences with what stands around them, in the order of a summary."""
    return [
        ScoredPassage(_around(one.article.id, one.article.text, one.start, one.end), one.article, 0.0, ("summary",))
        for paragraph in arrange_points(points) for one in paragraph.sentences
    ]


def write_summary(
    topic: str | None, language: str, passages: Sequence[ScoredPassage], model: ChatModel
) -> Iterator[str]:
    """The summary's text as it streams; raises EndpointError."""
    system = render_prompt("summary", {
        "language": LANGUAGE_NAMES.get(language, language),
        "passages": "\n\n".join(number_passage(number, hit) for number, hit in enumerate(passages, start=1)),
    })
    yield from model.stream([Message("system", system), Message("user", topic or "What do these articles tell?")])


def _around(article_id: str, text: str, start: int, end: int) -> Passage:
    """The sentence with up to 250 characters before and after it, within its paragraph and cut at blanks."""
    left = max(start - AROUND_CHARS, text.rfind("\n", 0, start) + 1)
    if left > 0 and left < start and not text[left - 1].isspace():
        left = text.find(" ", left, start) + 1 or start
    line_end = text.find("\n", end)
    right = min(end + AROUND_CHARS, len(text) if line_end < 0 else line_end)
    if right < len(text) and not text[right].isspace():
        right = max(text.rfind(" ", end, right), end)
    return Passage(article_id, left, right, text[left:right])
