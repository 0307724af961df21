"""Example questions made from the titles of the corpus' own stories, each in its article's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.chat.texts import TEXTS

MAX_EXAMPLES = 6
# Shorter titles say too little to be found by, longer ones are no headlines.
TITLE_CHARS = (20, 110)
# A headline's second half ("– 14 hurt") is left out when the first half has this many characters.
HEAD_CHARS = 20
_BREAK = re.compile(r"\s[–—-]\s|:\s|[;,]\s")
_MACHINE_MADE = re.compile(r"[{}<>\[\]|@\\]|https?:|\w\.\w+\.\w|Foto:|Photo:|Bild:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """What an example is made from: an article's title, its language, and the length of its text."""

    title: str
    language: str
    chars: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question to click on, in the language of the article behind it."""

    question: str
    language: str


def make_examples(
    headlines: Iterable[Headline], interface: str, stories: Sequence[Sequence[Headline]] = ()
) -> tuple[Example, ...]:
    """Up to six questions: one on each story as given, then on the longest articles, languages taking turns.

    An article in the interface's language speaks for its story; a long one comes before a short one.
    """
    first = [one for story in stories if (one := _speaker(story, interface)) is not None]
    told = {headline.title for story in stories for headline in story}
    rest = _longest([one for one in headlines if one.title not in told], interface)
    return tuple(dict.fromkeys([*first, *rest]))[:MAX_EXAMPLES]


def _speaker(story: Sequence[Headline], interface: str) -> Example | None:
    """The question on a story, None when no title of it makes one."""
    for headline in sorted(story, key=lambda h: (h.language != interface, -h.chars, h.title)):
        if title := shorten_title(headline.title):
            return _ask(title, headline.language)
    return None


def _longest(headlines: Iterable[Headline], interface: str) -> list[Example]:
    shelves: dict[str, list[Example]] = {}
    seen: set[str] = set()
    for headline in sorted(headlines, key=lambda h: (-h.chars, h.title)):
        title = shorten_title(headline.title)
        if title and title.casefold() not in seen:
            seen.add(title.casefold())
            shelves.setdefault(headline.language, []).append(_ask(title, headline.language))
    order = sorted(shelves, key=lambda language: (language != interface, -len(shelves[language]), language))
    return _take_turns([shelves[language] for language in order])


def shorten_title(title: str) -> str | None:
    """The telling head of a headline, or None for one that makes no question."""
    title = " ".join(title.split())
    if not TITLE_CHARS[0] <= len(title) <= TITLE_CHARS[1] or _MACHINE_MADE.search(title):
        return None
    for match in _BREAK.finditer(title):
        if match.start() >= HEAD_CHARS and title[:match.start()].count('"') % 2 == 0:
            title = title[:match.start()]
            break
    return title.strip(" .!?…") or None


def _ask(title: str, language: str) -> Example:
    template = TEXTS[language]["example"] if language in TEXTS else "{title}?"
    return Example(template.replace("{title}", _inner_quotes(title, language)), language)


def _inner_quotes(title: str, language: str) -> str:
    """Quotation marks inside the title become single ones, as the question puts the title in double ones."""
    single = {"de": ("‚", "‘"), "sv": ("’", "’")}.get(language, ("‘", "’"))
    return re.sub(r"[„“”«»\"]([^„“”«»\"]*)[„“”«»\"]", lambda m: f"{single[0]}{m[1]}{single[1]}", title)


def _take_turns(shelves: Sequence[Sequence[Example]]) -> list[Example]:
    return [example for layer in zip_longest(*shelves) for example in layer if example is not None]
