"""What example questions are made from: the longest articles, and the largest stories as soon as they are found."""

from __future__ import annotations

import sqlite3
import threading

from assistant.chat.show.examples import MAX_EXAMPLES, Headline
from ingest.article import stable_id
from ingest.corpus import Corpus
from ingest.corpus.story_table import find_stories
from ingest.errors import IngestError

# Enough titles to choose examples from; a large corpus is not read through for them.
HEADLINES = 200
# Some stories have no title that makes a question.
STORIES = 2 * MAX_EXAMPLES
# The stories of a larger corpus take long to be found, too long to do it unasked for six examples.
MOST_ARTICLES = 20_000
Told = tuple[tuple[Headline, ...], ...]


class Headlines:
    """Titles of one corpus; its stories are found once for each state of it, while people ask already."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[str, int] | None = None
        self._finding = False
        self._stories: Told = ()

    def longest(self, corpus: Corpus) -> list[Headline]:
        """The headlines of the longest articles."""
        return [Headline(*row) for row in corpus.catalogue.headlines(HEADLINES)]

    def stories(self, corpus: Corpus) -> Told:
        """The headlines of the largest stories, the largest first; those known so far while others are looked for."""
        state = (str(corpus.directory), corpus.catalogue.generation())
        with self._lock:
            # While an ingest writes, the corpus is in another state with every batch.
            if self._state != state and not self._finding:
                self._state, self._finding = state, True
                threading.Thread(target=self._find, args=(corpus,), name="stories", daemon=True).start()
            return self._stories

    def _find(self, corpus: Corpus) -> None:
        try:
            self._stories = _largest(corpus)
        except (IngestError, sqlite3.Error, OSError):
            self._stories = ()  # the longest articles do as well
        finally:
            self._finding = False


def _largest(corpus: Corpus) -> Told:
    if sum(corpus.languages().values()) > MOST_ARTICLES:
        return ()
    stories = sorted(find_stories(corpus), key=lambda story: (-len(story), story))[:STORIES]
    articles = corpus.catalogue.articles_by_id([stable_id(name) for story in stories for name in story])
    headlines = {
        one.name: Headline(one.metadata.title, one.language, len(one.text))
        for one in articles.values() if one.metadata.title
    }
    return tuple(tuple(headlines[name] for name in story if name in headlines) for story in stories)
