"""The lines of a page seen as a whole: where the article begins, what repeats, what its text speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from ingest.article import KEPT_KINDS, CleanedPage

_WORD = re.compile(r"\w+")
# Not "8. Februar 2024" and not "06. 01. 2026".
_BULLET = re.compile(r"(?:[•*·–—-]|\d{1,2}\.(?!\s+(?:[^\W\d]+\.?|\d{1,2}\.)\s*\d{4}))\s+")
MAX_LINES = 3_000  # lines beyond are a dump, not a page; titles and dates stand near the start
_BULLET_STARTS = frozenset("•*·–—-0123456789")
_MAX_BODY = 8_000  # characters of the article text whose words are compared; longer ones tell no more
MAX_LINE_LENGTH = 1_000  # the rest of a longer line holds no title, byline or date


@dataclass(frozen=True)
class Layout:
    """The lines of a page (bullets stripped, at most MAX_LINES) and what is known about each.

    `kept[i]` tells whether the cleaner kept line i as article text; `kinds[i]` is its kind.
    """

    lines: tuple[str, ...]
    kinds: tuple[str, ...]
    bullets: tuple[bool, ...]
    body: str

    @cached_property
    def first_body(self) -> int:
        """Index of the first paragraph of the article; the number of lines when there is none.

        A lone one two or more lines above the rest (a standfirst before the title) does not count.
        """
        body = [index for index, kind in enumerate(self.kinds) if kind == "body"]
        if len(body) > 3 and body[1] - body[0] > 2:
            return body[1]
        return body[0] if body else len(self.lines)

    @cached_property
    def last_body(self) -> int:
        """Index of the last kept line; the number of lines when there is none."""
        kept = [index for index, kind in enumerate(self.kinds) if kind in KEPT_KINDS]
        return kept[-1] if kept else len(self.lines)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(self.lines)

    @cached_property
    def joined(self) -> str:
        """All lines in one string, for finding a line inside another."""
        return "\n".join(self.lines)

    @cached_property
    def body_words(self) -> frozenset[str]:
        """Words of the article text, lower case."""
        return frozenset(words(self.body))

    @cached_property
    def lead_words(self) -> frozenset[str]:
        """Words of the first 600 characters of the article text, lower case."""
        return frozenset(words(self.body[:600]))

    @cached_property
    def content(self) -> dict[int, list[str]]:
        """Words of four letters and more by line index, filled as lines are asked for."""
        return {}

    @cached_property
    def titles(self) -> dict[int, bool]:
        """Whether a line could be a title, by index, filled as lines are asked for."""
        return {}

    def content_words(self, index: int) -> list[str]:
        """The words of four letters and more of line `index`, lower case."""
        found = self.content.get(index)
        if found is None:
            found = self.content[index] = [word for word in words(self.lines[index]) if len(word) > 3]
        return found

    def shared(self, index: int) -> float:
        """Share of the content words of line `index` that the article text uses too."""
        content = self.content_words(index)
        return sum(word in self.body_words for word in content) / max(1, len(content))


def lay_out(cleaned: CleanedPage) -> Layout:
    """The layout of a cleaned page."""
    lines = cleaned.lines[:MAX_LINES]
    texts = [line.text[:MAX_LINE_LENGTH].strip() for line in lines]
    bullets = [_BULLET.match(text) if text[:1] in _BULLET_STARTS else None for text in texts]
    return Layout(
        tuple(
            " ".join((text[bullet.end() :] if bullet else text).split())
            for text, bullet in zip(texts, bullets, strict=True)
        ),
        tuple(line.kind for line in lines),
        tuple(bullet is not None for bullet in bullets),
        cleaned.text[:_MAX_BODY],
    )


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def normal(text: str) -> str:
    """A text without case, punctuation and white space differences, for comparing lines."""
    return " ".join(words(text))
