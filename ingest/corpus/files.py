"""What the catalogue knows of files: their state when last read, the articles they hold, what failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.article import Failure
from ingest.corpus.database import Database

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file read to its end: size and time in nanoseconds, ids of its articles, its failures."""

    path: str
    stamp: Stamp | None
    articles: tuple[str, ...]
    failures: tuple[Failure, ...] = ()


class Files(Database):
    """Files by their absolute path."""

    def file_stamp(self, path: str) -> Stamp | None:
        """Size in bytes and modification time in nanoseconds of a file when it was last taken whole."""
        row = self._connection.execute("SELECT size, mtime_ns FROM file WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def finish_files(self, states: Iterable[FileState]) -> None:
        """Remember files that were taken whole, in place of what was known of them."""
        with self.transaction() as connection:
            for state in states:
                connection.execute("DELETE FROM held WHERE path = ?", (state.path,))
                connection.execute("DELETE FROM failure WHERE source = ?", (state.path,))
                connection.executemany(
                    "INSERT OR IGNORE INTO held VALUES (?, ?)", [(state.path, key) for key in state.articles]
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO failure VALUES (?, ?, ?)",
                    [(failure.name, state.path, failure.reason) for failure in state.failures],
                )
                if state.stamp is not None:
                    connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", (state.path, *state.stamp))

    def forget_file(self, path: str) -> None:
        """Forget a file that is gone: its state, what it held, and what failed in it."""
        with self.transaction() as connection:
            for table, column in (("file", "path"), ("held", "path"), ("failure", "source")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))

    def known_files(self) -> list[str]:
        """The paths of all files taken so far."""
        return [row[0] for row in self._connection.execute("SELECT path FROM file ORDER BY path")]

    def count_held(self, path: str) -> int:
        """How many articles a file holds."""
        return int(self._connection.execute("SELECT COUNT(*) FROM held WHERE path = ?", (path,)).fetchone()[0])

    def holders(self, article_id: str) -> list[str]:
        """The files that hold an article, and the one its text came from."""
        rows = self._connection.execute(
            "SELECT path FROM held WHERE article_id = ? UNION SELECT source FROM article WHERE id = ? ORDER BY 1",
            (article_id, article_id),
        )
        return [row[0] for row in rows]

    def unheld_articles(self) -> list[tuple[str, str]]:
        """(id, source file) of the articles that no file holds any more."""
        return self._connection.execute(
            "SELECT id, source FROM article WHERE id NOT IN (SELECT article_id FROM held) ORDER BY name"
        ).fetchall()

    def has_older(self, path: str, cleaner: str) -> bool:
        """Whether a file holds an article made by another version of the cleaner."""
        row = self._connection.execute(
            "SELECT 1 FROM held h JOIN article a ON a.id = h.article_id WHERE h.path = ? AND a.cleaner != ? LIMIT 1",
            (path, cleaner),
        ).fetchone()
        return row is not None

    def failures(self, source: str | None = None) -> list[Failure]:
        """Pages that could not be taken, by name; those of one file when `source` is given."""
        where, values = ("WHERE source = ?", (source,)) if source else ("", ())
        rows = self._connection.execute(f"SELECT name, reason FROM failure {where} ORDER BY name", values)
        return [Failure(*row) for row in rows]
