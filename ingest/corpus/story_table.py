"""The stories of a corpus: found when they are asked for and the corpus has changed, then kept beside it.

What is read off an article (its marks and its vector) is kept too, so that only new and changed articles
are read again. The file can be deleted at any time; where it cannot be written nothing is lost but time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.article import stable_id
from ingest.corpus.store import Corpus
from ingest.stories import Telling, find_marks, group_stories, mark_codes, mean_vector

STORIES_FILE = "stories.sqlite"
# Raised when marks, vectors or the rule change, so that stored stories are found anew.
STORIES_VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS telling (
    article_id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, marks BLOB NOT NULL, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS story (number INTEGER NOT NULL, article_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS state (version INTEGER NOT NULL, generation INTEGER NOT NULL);
"""
# What a very long article is about is said in its first passages.
READ_PASSAGES = 40
# Articles read at a time: bounds the texts and passage vectors in memory.
READ_AT_ONCE = 200

Stories = list[tuple[str, ...]]


def find_stories(corpus: Corpus) -> Stories:
    """The articles of each story by name, copies beside their originals; two originals or more make a story."""
    stories = [row for row in _stored_or_new(corpus) if len(row) > 1]
    names = _names(corpus, [key for story in stories for key in story])
    copies: dict[str, list[str]] = {}
    for copy, original in corpus.catalogue.copies():
        copies.setdefault(original, []).append(copy)
    named = [[names[key] for key in story if key in names] for story in stories]
    return sorted(
        tuple(sorted(name for original in story for name in (original, *copies.get(original, ()))))
        for story in named if len(story) > 1
    )


def story_of(corpus: Corpus, name: str) -> tuple[str, ...]:
    """The other articles, by name, that tell what the named one tells; empty when there are none."""
    for story in find_stories(corpus):
        if name in story:
            return tuple(other for other in story if other != name)
    return ()


def _stored_or_new(corpus: Corpus) -> Stories:
    """The stories by article id as they were kept, found again if anything has been written since."""
    state = (STORIES_VERSION, corpus.catalogue.generation())
    with closing(_open(corpus.directory / STORIES_FILE)) as table:
        if table.execute("SELECT version, generation FROM state").fetchone() == state:
            return _kept(table)
        stories = _find(corpus, table, state[0])
        with table:
            table.execute("DELETE FROM story")
            table.executemany(
                "INSERT INTO story VALUES (?, ?)",
                [(number, key) for number, story in enumerate(stories) for key in story],
            )
            table.execute("DELETE FROM state")
            table.execute("INSERT INTO state VALUES (?, ?)", state)
        return stories


def _open(path: Path) -> sqlite3.Connection:
    """The table beside the corpus; one in memory where that cannot be written or is damaged."""
    try:
        return _connect(path)
    except sqlite3.DatabaseError:
        return _connect(":memory:")


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.executescript(SCHEMA)
        connection.execute("BEGIN IMMEDIATE")
        connection.rollback()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _kept(table: sqlite3.Connection) -> Stories:
    stories: dict[int, list[str]] = {}
    for number, article_id in table.execute("SELECT number, article_id FROM story ORDER BY number, article_id"):
        stories.setdefault(number, []).append(article_id)
    return [tuple(story) for story in stories.values()]


def _find(corpus: Corpus, table: sqlite3.Connection, version: int) -> Stories:
    """Read what is new into the table, then group all."""
    wanted = _fingerprints(corpus, version)
    known = dict(table.execute("SELECT article_id, fingerprint FROM telling"))
    fresh = sorted(key for key in wanted if known.get(key) != wanted[key])
    with table:
        table.executemany("DELETE FROM telling WHERE article_id = ?", [(key,) for key in known if key not in wanted])
    for begin in range(0, len(fresh), READ_AT_ONCE):
        rows = list(_read(corpus, fresh[begin : begin + READ_AT_ONCE], wanted))
        with table:
            table.executemany("INSERT OR REPLACE INTO telling VALUES (?, ?, ?, ?)", rows)
    return group_stories(*_tellings(corpus, table, set(wanted)))


def _fingerprints(corpus: Corpus, version: int) -> dict[str, str]:
    """What each original was when it was read, by its id: its title and its passages."""
    rows = corpus.catalogue.count(
        "SELECT a.id, COALESCE(a.title, ''), p.id FROM article a JOIN passage p ON p.article_id = a.id"
        " WHERE a.done = 1 AND a.copy_of IS NULL ORDER BY a.id, p.kind, p.start, p.id"
    )
    texts: dict[str, list[str]] = {}
    for article_id, title, passage_id in rows:
        texts.setdefault(article_id, [str(version), title]).append(passage_id)
    return {article_id: stable_id("|".join(parts)) for article_id, parts in texts.items()}


def _read(
    corpus: Corpus, article_ids: Sequence[str], fingerprints: Mapping[str, str]
) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Rows of the table for some articles; those whose vectors are gone are left out."""
    passages = {
        key: [passage.id for passage in corpus.catalogue.passages_of(key)[:READ_PASSAGES]] for key in article_ids
    }
    vectors = corpus.vectors.get([passage_id for ids in passages.values() for passage_id in ids])
    articles = corpus.catalogue.articles_by_id(article_ids)
    for key in article_ids:
        found = [vectors[passage_id] for passage_id in passages[key] if passage_id in vectors]
        if key in articles and found:
            marks = mark_codes(find_marks(articles[key].text))
            vector = mean_vector(np.array(found, dtype=np.float32)).astype(np.float16)
            yield key, fingerprints[key], marks.tobytes(), vector.tobytes()


def _tellings(
    corpus: Corpus, table: sqlite3.Connection, wanted: set[str]
) -> tuple[list[Telling], np.ndarray]:
    """What is grouped: the tellings and their vectors (n, d)."""
    facts = {
        row[0]: row[1:] for row in corpus.catalogue.count("SELECT id, language, published_at FROM article")
    }
    tellings, vectors = [], []
    for key, marks, vector in table.execute("SELECT article_id, marks, vector FROM telling ORDER BY article_id"):
        if key in wanted and key in facts:
            language, published_at = facts[key]
            tellings.append(Telling(key, language, published_at, np.frombuffer(marks, dtype=np.uint32)))
            vectors.append(np.frombuffer(vector, dtype=np.float16))
    return tellings, np.array(vectors, dtype=np.float32)


def _names(corpus: Corpus, article_ids: Sequence[str]) -> dict[str, str]:
    wanted = set(article_ids)
    return {key: name for key, name in corpus.catalogue.count("SELECT id, name FROM article") if key in wanted}
