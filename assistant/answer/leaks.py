"""What of a model's reply may be shown: no unknown marker, no sentinel, none of its instructions.

Compares runs of words with the prompt file; a translation or a paraphrase is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.answer.generative import SENTINEL, hold_sentinel
from assistant.cite import MarkerFilter
from assistant.prompts import load_prompt

# Words in a row as in the prompt: the passages are no part of it, and seven common words seldom meet by chance.
TELLING_RUN = 7
WRITING_PROMPTS = ("answer", "summary", "translate")
_WORD = re.compile(r"[\w$]+")
_END = re.compile(r"[.!?…:](?=\s)|\n")


def repeats_instructions(text: str) -> bool:
    """Whether `text` holds a run of the prompt's own words, or the sentinel."""
    words = _words(text)
    runs = _prompt_runs()
    found = any(tuple(words[i : i + TELLING_RUN]) in runs for i in range(len(words) - TELLING_RUN + 1))
    return found or SENTINEL in text


class LeakFilter:
    """A stream of text in, the same text out without what repeats the prompt: cut from there to the sentence's end.

    The last words of an unfinished sentence are held back, since more of the prompt may follow.
    """

    def __init__(self) -> None:
        self._before: list[str] = []  # the last words of the sentence before: a run goes on over its end
        self._sentence = ""
        self._held: list[str] = []
        self._dropping = False

    def feed(self, text: str) -> str:
        """What may be shown now."""
        shown = ""
        for piece in _cut(text):
            self._sentence += piece
            self._held.append(piece)
            told = " ".join([*self._before, self._sentence])
            self._dropping = self._dropping or repeats_instructions(told)
            if _END.search(self._sentence + " "):
                shown += self.close()
            elif len(_words("".join(self._held))) >= 2 * TELLING_RUN and not self._dropping:
                shown += self._release()
        return shown

    def close(self) -> str:
        """What was held back, once the sentence or the stream has ended."""
        shown = "" if self._dropping else "".join(self._held)
        self._before = _words(" ".join([*self._before, self._sentence]))[1 - TELLING_RUN :]
        self._sentence, self._held, self._dropping = "", [], False
        return shown

    def _release(self) -> str:
        """All that is held but the last words, which could be the beginning of a run."""
        pieces = _cut("".join(self._held))
        self._held = pieces[-TELLING_RUN:]
        return "".join(pieces[:-TELLING_RUN])


def show_reply(reply: Iterator[str], passages: int) -> Iterator[str]:
    """What of a model's reply may be shown: markers of 1…`passages` only, none of the model's instructions.

    Nothing at all when the reply is the sentinel; raises EndpointError.
    """
    stream = hold_sentinel(reply)
    if stream is None:
        return
    markers, leaks = MarkerFilter(range(1, passages + 1)), LeakFilter()
    for text in stream:
        yield leaks.feed(markers.feed(text))
    yield leaks.feed(markers.close()) + leaks.close()


def _cut(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


@cache
def _prompt_runs() -> frozenset[tuple[str, ...]]:
    prompts = [_words(load_prompt(name).template) for name in WRITING_PROMPTS]
    return frozenset(
        tuple(words[i : i + TELLING_RUN]) for words in prompts for i in range(len(words) - TELLING_RUN + 1)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
