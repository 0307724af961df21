"""The articles of the catalogue as they are read: by id, by content, originals and copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingest.article import Article, Line, Passage
from ingest.corpus.database import Database, portions
from ingest.corpus.rows import ARTICLE_COLUMNS, PAGE_COLUMNS, ArticleRow, ArticleState, StoredPage, article_of, lines_of


class Articles(Database):
    """Articles by id, read."""

    def unfinished_articles(self) -> list[tuple[str, bool]]:
        """(id, whether it was being removed) of articles whose run was broken off, as they were written."""
        rows = self._connection.execute("SELECT id, done FROM article WHERE done != 1 ORDER BY number")
        return [(row[0], row[1] == -1) for row in rows]

    def article_state(self, article_id: str) -> ArticleState | None:
        """The state of an article, or None when there is none."""
        row = self._connection.execute(
            "SELECT digest, source, cleaner FROM article WHERE id = ? AND done >= 0", (article_id,)
        ).fetchone()
        return ArticleState(*row) if row else None

    def indexed_articles(self, ids: Sequence[str]) -> list[str]:
        """Those of `ids` that have vectors and lexical entries now."""
        found: list[str] = []
        for part, marks in portions(ids):
            rows = self._connection.execute(
                f"SELECT id FROM article WHERE copy_of IS NULL AND id IN ({marks})", part
            )
            found += [row[0] for row in rows]
        return found

    def articles_with_digest(self, digest: str) -> list[tuple[str, str]]:
        """(id, name) of the finished articles whose page had this content."""
        return self._connection.execute(
            "SELECT id, name FROM article WHERE digest = ? AND done = 1 ORDER BY name", (digest,)
        ).fetchall()

    def older_splits(self, splitter: str) -> list[str]:
        """Ids of the originals whose passages another version of the splitter made."""
        rows = self._connection.execute(
            "SELECT id FROM article WHERE splitter != ? AND copy_of IS NULL AND done = 1 ORDER BY number", (splitter,)
        )
        return [row[0] for row in rows]

    def count_older(self, cleaner: str, splitter: str) -> int:
        """How many articles another version of the cleaner or of the splitter made."""
        row = self._connection.execute(
            "SELECT COUNT(*) FROM article WHERE cleaner != ? OR (splitter != ? AND copy_of IS NULL)",
            (cleaner, splitter),
        ).fetchone()
        return int(row[0])

    def article(self, article_id: str) -> Article | None:
        """The article with this id, if it is stored whole."""
        return self.articles_by_id([article_id]).get(article_id)

    def row(self, article_id: str) -> ArticleRow | None:
        """An article with its page and passages, also one that is not done; its inputs and shingles left out."""
        row = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS}, {PAGE_COLUMNS}, splitter, copy_of FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        if row is None:
            return None
        source, digest, lines, page_chars, cleaner, splitter, copy_of = row[14:]
        passages = self._connection.execute(
            'SELECT article_id, start, "end", text, kind FROM passage WHERE article_id = ? ORDER BY rowid',
            (article_id,),
        )
        page = StoredPage(source, digest, lines_of(lines), page_chars, cleaner)
        return ArticleRow(article_of(row[:14]), page, splitter, copy_of, [Passage(*p) for p in passages])

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by id, those stored whole."""
        found = {}
        for part, marks in portions(list(ids)):
            rows = self._connection.execute(
                f"SELECT id, {ARTICLE_COLUMNS} FROM article WHERE done = 1 AND id IN ({marks})", part
            )
            found.update({row[0]: article_of(row[1:]) for row in rows})
        return found

    def publishers(self) -> list[str]:
        """The publishers of the articles, by name."""
        rows = self._connection.execute(
            "SELECT DISTINCT publisher FROM article WHERE done = 1 AND publisher IS NOT NULL ORDER BY publisher"
        )
        return [row[0] for row in rows]

    def publications(self, ids: Iterable[str]) -> dict[str, tuple[str | None, date | None]]:
        """Publisher and day of publication by article id, each None where it is unknown."""
        found: dict[str, tuple[str | None, date | None]] = {}
        for part, marks in portions(list(ids)):
            rows = self._connection.execute(
                f"SELECT id, publisher, published_at FROM article WHERE id IN ({marks})", part
            )
            found.update({row[0]: (row[1], date.fromisoformat(row[2][:10]) if row[2] else None) for row in rows})
        return found

    def article_at(self, url: str) -> str | None:
        """Id of the finished article at an address, None when there is none."""
        row = self._connection.execute(
            "SELECT id FROM article WHERE url = ? AND done = 1 ORDER BY name LIMIT 1", (url,)
        ).fetchone()
        return row[0] if row else None

    def articles(self, *, originals_only: bool = False) -> Iterator[Article]:
        """All articles by name; only those that are no copies when `originals_only`."""
        where = "AND copy_of IS NULL" if originals_only else ""
        names = self._connection.execute(f"SELECT id FROM article WHERE done = 1 {where} ORDER BY name").fetchall()
        for part, _ in portions([row[0] for row in names]):
            found = self.articles_by_id(part)
            yield from (found[key] for key in part if key in found)

    def lines(self, article_id: str) -> tuple[Line, ...]:
        """All lines of the page behind an article, kept and dropped."""
        row = self._connection.execute("SELECT lines FROM article WHERE id = ?", (article_id,)).fetchone()
        return lines_of(row[0]) if row else ()

    def original_of(self, article_id: str) -> str | None:
        """Id of the original an article is a copy of, or None."""
        row = self._connection.execute("SELECT copy_of FROM article WHERE id = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def copies_of(self, article_id: str) -> list[str]:
        """Ids of the copies of an article, by name."""
        rows = self._connection.execute(
            "SELECT id FROM article WHERE copy_of = ? AND done = 1 ORDER BY name", (article_id,)
        )
        return [row[0] for row in rows]

    def copies(self) -> list[tuple[str, str]]:
        """(name of the copy, name of the original), by name."""
        return self._connection.execute(
            "SELECT c.name, o.name FROM article c JOIN article o ON c.copy_of = o.id WHERE c.done = 1"
            " ORDER BY c.name"
        ).fetchall()

    def headlines(self, limit: int) -> list[tuple[str, str, int]]:
        """(title, language, length of the text) of the longest originals that have a title."""
        return self._connection.execute(
            "SELECT title, language, LENGTH(text) FROM article WHERE done = 1 AND copy_of IS NULL"
            " AND title IS NOT NULL ORDER BY LENGTH(text) DESC, name LIMIT ?",
            (limit,),
        ).fetchall()
