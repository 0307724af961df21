"""The passages of the catalogue, and the shingles by which copies are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.article import Passage
from ingest.corpus.database import Database, portions


class Passages(Database):
    """Passages by id, by article and by what was embedded for them; originals by their shingles."""

    def has_passages(self) -> bool:
        """Whether any article that is done has a passage."""
        rows = self._connection.execute(
            "SELECT 1 FROM passage p JOIN article a ON a.id = p.article_id WHERE a.done = 1 LIMIT 1"
        )
        return rows.fetchone() is not None

    def passages(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Passages with their language by id; those not stored, or of an article not done, are left out."""
        found: dict[str, tuple[Passage, str]] = {}
        for part, marks in portions(ids):
            rows = self._connection.execute(
                'SELECT p.id, p.article_id, p.start, p."end", p.text, p.kind, a.language FROM passage p'
                f" JOIN article a ON a.id = p.article_id AND a.done = 1 WHERE p.id IN ({marks})",
                part,
            )
            found.update({row[0]: (Passage(*row[1:6]), row[6]) for row in rows})
        return found

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in order of their start."""
        rows = self._connection.execute(
            'SELECT article_id, start, "end", text, kind FROM passage WHERE article_id = ? ORDER BY kind, start',
            (article_id,),
        )
        return [Passage(*row) for row in rows]

    def passages_by_input(self, inputs: Sequence[str]) -> dict[str, str]:
        """A passage id for each digest of an embedded text that is known."""
        found: dict[str, str] = {}
        for part, marks in portions(inputs):
            rows = self._connection.execute(
                f"SELECT input, MIN(id) FROM passage WHERE input IN ({marks}) GROUP BY input", part
            )
            found.update(rows.fetchall())
        return found

    def shingle_holders(self, hashes: Iterable[int], most: int) -> Iterator[tuple[int, list[int]]]:
        """Each hash with the numbers of the originals that have it, `most` of them at the utmost."""
        for value in hashes:
            rows = self._connection.execute("SELECT number FROM shingle WHERE hash = ? LIMIT ?", (value, most))
            yield value, [row[0] for row in rows]

    def originals_numbered(self, numbers: Sequence[int], language: str) -> dict[int, tuple[str, int]]:
        """Id and number of stored shingles of originals in a language, by the number they have in the catalogue."""
        rows = self._connection.execute(
            "SELECT number, id, LENGTH(shingles) / 8 FROM article"
            f" WHERE language = ? AND number IN ({', '.join('?' * len(numbers))})",
            [language, *numbers],
        )
        return {row[0]: (row[1], row[2]) for row in rows}
