"""A topic's words in a text: which it holds, in whatever form; knows no language.

"Egypt" is held by "Egypt's" and "Egyptian", "Libyan" by "Libya", "protests" by "protesters".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.question import content_words, word_stem

# A shorter word stands for itself only: "oil" is not held by "oily", nor "war" by "warning".
SHORTEST_STEM = 4


@dataclass(frozen=True)
class TopicWords:
    """The stems of a topic's words; none at all when no topic was named."""

    stems: tuple[str, ...]

    @classmethod
    def of(cls, topic: str) -> TopicWords:
        """The words that say what `topic` is about."""
        return cls(tuple(dict.fromkeys(word_stem(word) for word in content_words(topic))))

    def held_by(self, text: str) -> set[str]:
        """The stems that `text` holds."""
        if self._pattern is None:
            return set()
        return {self.stems[(match.lastindex or 1) - 1] for match in self._pattern.finditer(text.casefold())}

    def touch(self, text: str) -> bool:
        """Does `text` hold any of them? Without a topic every text is about it."""
        return self._pattern is None or self._pattern.search(text.casefold()) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_forms, self.stems))})(?!\w)") if self.stems else None


def _forms(stem: str) -> str:
    """A group that matches the words of a stem, and the name one letter shorter that it may come from."""
    if stem[0].isdigit() or len(stem) < SHORTEST_STEM:
        return f"({re.escape(stem)})"
    return f"({re.escape(stem)}\\w*{'|' + re.escape(stem[:-1]) if len(stem) > SHORTEST_STEM else ''})"
