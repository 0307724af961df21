"""The corpus behind the chat: opened when it is there, found again when it appears or is made anew."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from assistant.chat.headlines import Headlines
from assistant.chat.show.examples import Example, make_examples
from assistant.errors import AssistantError
from assistant.llm import DEFAULT_MODEL
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.errors import IngestError
from ingest.guard import State

# More publishers than this cannot be looked through in a list.
MOST_PUBLISHERS = 500
PUBLISHERS = (
    "SELECT publisher, COUNT(*) FROM article WHERE done = 1 AND publisher IS NOT NULL"
    " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the page says about the corpus and the mode; `reason` is set when it cannot be opened.

    `languages` and `publishers` are (code or name, articles), the most frequent first.
    """

    state: Literal["ready", "empty", "missing", "broken"]
    path: str
    reason: str = ""
    articles: int = 0
    languages: tuple[tuple[str, int], ...] = ()
    publishers: tuple[tuple[str, int], ...] = ()
    examples: tuple[Example, ...] = ()
    model: str | None = None
    host: str | None = None


class Library:
    """Opens the corpus on first use and again when its directory was replaced; safe from many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._file = settings.corpus / "catalogue.sqlite"
        self._headlines = Headlines()
        self._lock = threading.Lock()
        self._opened: tuple[tuple[int, int], Assistant] | None = None

    def assistant(self) -> Assistant:
        """The assistant on the corpus as it is now; raises CorpusError, EmbeddingError, SettingsError."""
        with self._lock:
            try:
                found = self._file.stat()
            except OSError:
                self._opened = None
                return Assistant.open(self.settings.corpus, self.settings)
            stamp = (found.st_dev, found.st_ino)
            if self._opened is None or self._opened[0] != stamp:
                self._opened = (stamp, Assistant.open(self.settings.corpus, self.settings))
            return self._opened[1]

    def endpoints(self) -> dict[str, State]:
        """Whether the endpoints that are in use are asked just now; none before the corpus is opened."""
        opened = self._opened
        return {name: guard.state for name, guard in opened[1].guards.items()} if opened else {}

    def describe(self, interface: str) -> Shelf:
        """The state of the corpus, with examples; never raises for one that is missing or unusable."""
        shelf = replace(_mode(self.settings), path=str(self.settings.corpus))
        if not self._file.is_file():
            return replace(shelf, state="missing")
        try:
            corpus = self.assistant().corpus
            languages = corpus.languages()
            longest, stories = self._headlines.longest(corpus), self._headlines.stories(corpus)
            publishers = corpus.catalogue.count(PUBLISHERS, (MOST_PUBLISHERS,))
        except (AssistantError, IngestError, sqlite3.Error) as error:
            return replace(shelf, state="broken", reason=str(error))
        if not languages:
            return replace(shelf, state="empty")
        return replace(
            shelf, state="ready", articles=sum(languages.values()), languages=tuple(languages.items()),
            publishers=tuple((str(name), int(count)) for name, count in publishers),
            examples=make_examples(longest, interface, stories),
        )


def _mode(settings: Settings) -> Shelf:
    if not settings.has_model:
        return Shelf("ready", "")
    address = urlsplit(settings.base_url or "https://api.openai.com")
    model = settings.llm_model or (None if settings.base_url else DEFAULT_MODEL)
    return Shelf("ready", "", model=model, host=address.netloc.rpartition("@")[2])
