"""The corpus directory: catalogue (SQLite), vectors (Chroma), lexical index (tantivy) and its recipe."""

from ingest.corpus.report import report_corpus
from ingest.corpus.store import Corpus, StoredArticle

__all__ = ["Corpus", "StoredArticle", "report_corpus"]
