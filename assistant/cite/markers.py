"""Citation markers in a streamed text: canonical `[n]` for known numbers, nothing for unknown ones.

Understood: `[1]` `[1][2]` `[1, 2]` `[1-3]` `[[1]]` `[ 1 ]` `[^1]` `[Source 1]` 【1】 【1†source】, each also
in back-ticks, cut anywhere by the stream. It knows nothing of sentences or articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.cite.candidate import OPENERS, TICK, Candidate

_START = re.compile(rf"[{re.escape(OPENERS)}{TICK}]")
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–—]\s*\^?(\d+))?")
_MAX_SPACES = 16
# Text is read in pieces of this size, so that reading a failed candidate again copies little.
_PIECE = 256
_NO_SPACE_BEFORE = frozenset(" \t\n\r.,;:!?)]}»”…")


class MarkerFilter:
    """A stream of text in, the same text with only known, canonical markers out.

    The output does not depend on how the text is cut into chunks; at most a marker's length is held back.
    """

    def __init__(self, known: Collection[int]) -> None:
        self._known = tuple(sorted(set(known)))
        self._candidate: Candidate | None = None
        self._spaces = ""
        self._removed = False
        self._marked = False
        self._last = "\n"

    def feed(self, chunk: str) -> str:
        """What may be shown now."""
        shown: list[str] = []
        for start in range(0, len(chunk), _PIECE):
            pending = chunk[start : start + _PIECE]
            while pending:
                pending = self._step(pending, shown)
        return "".join(shown)

    def close(self) -> str:
        """What was held back, once the stream has ended."""
        shown: list[str] = []
        while self._candidate is not None:
            pending = self._resolve(shown, refused="")
            while pending:
                pending = self._step(pending, shown)
        if not self._removed:
            shown.append(self._spaces)
        self._spaces = ""
        return "".join(shown)

    def _step(self, pending: str, shown: list[str]) -> str:
        if self._candidate is None:
            found = _START.search(pending)
            self._show(pending[: found.start()] if found else pending, shown)
            if found is None:
                return ""
            self._candidate = Candidate()
            pending = pending[found.start() :]
        for index, char in enumerate(pending):
            if not self._candidate.take(char):
                return self._resolve(shown, refused=char) + pending[index:]
        return ""

    def _resolve(self, shown: list[str], refused: str) -> str:
        """End the candidate as a marker or as plain text; returns what must be read again."""
        candidate, self._candidate = self._candidate, None
        if candidate is None:
            return ""
        if candidate.complete:
            self._show_marker(candidate, shown)
            return ""
        raw = candidate.raw
        nested = bool(candidate.opens) and (refused == TICK or (bool(refused) and refused in OPENERS))
        mismatched = candidate.closed
        skip = len(raw) - len(raw.lstrip(TICK))
        if skip:
            self._show(raw[:skip], shown)
            return raw[skip:]
        # Showing this bracket could build a marker out of the rest once an inner one is taken away.
        if not (nested or mismatched or candidate.too_long):
            self._show(raw[0], shown)
        return raw[1:]

    def _show_marker(self, candidate: Candidate, shown: list[str]) -> None:
        numbers = self._numbers(candidate.body)
        unpaired = TICK * (candidate.ticks - candidate.closing_ticks)
        if unpaired:
            self._show(unpaired, shown)
        if numbers:
            self._show("".join(f"[{number}]" for number in numbers), shown)
            self._marked = True
        else:
            self._removed = True

    def _numbers(self, body: str) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for match in _NUMBERS.finditer(body):
            low, high = sorted((int(match[1]), int(match[2] or match[1])))
            found.update((number, None) for number in self._known if low <= number <= high)
        return tuple(found)

    def _show(self, text: str, shown: list[str]) -> None:
        """Append plain text, keeping its trailing spaces back until it is known what follows."""
        if self._removed and self._last == "\n":
            text = text.lstrip(" ")
        if not text:
            return
        if self._removed:
            if text[0] in _NO_SPACE_BEFORE:
                self._spaces = ""
            self._removed = False
        if self._marked and text[0] == "(":
            text = " " + text  # "[1](…)" would become a link
        self._marked = False
        bare = text.rstrip(" ")
        spaces = len(text) - len(bare)
        if bare:
            shown.append(self._spaces + bare)
            self._last = bare[-1]
            self._spaces = " " * spaces
        else:
            self._spaces += text
        excess = len(self._spaces) - _MAX_SPACES
        if excess > 0:
            shown.append(self._spaces[:excess])
            self._spaces = self._spaces[excess:]
