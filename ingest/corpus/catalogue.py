"""The catalogue of a corpus: articles, passages, files and failures in one SQLite file."""

from __future__ import annotations

from ingest.corpus.articles import Articles
from ingest.corpus.changes import Changes
from ingest.corpus.files import Files
from ingest.corpus.passages import Passages


class Catalogue(Articles, Changes, Passages, Files):
    """All tables of one corpus; usable from many threads."""
