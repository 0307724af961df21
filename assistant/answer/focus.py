"""What a question asks beyond its topic: the words that its best article does not make plain anyway.

A sentence that answers seldom repeats what the article is about ("He died there in 1903"), so it is held
against the question without those words too. Knows nothing of vectors.
"""

from __future__ import annotations

import re

from assistant.question import Query, content_words, word_stem
from ingest.article import Article

# The title and about the first two sentences say what an article is about.
OPENING_CHARS = 120
_WORD = re.compile(r"\w[\w'’.-]*\w|\w")


def opening_of(article: Article) -> str:
    """The title and about the first two sentences: what an article makes plain."""
    return f"{article.metadata.title or ''} {article.text[:OPENING_CHARS]}"


def focus_of(query: Query, article: Article) -> str:
    """The question less the words that the article's title or opening share; all of it when none are left."""
    stems = {word_stem(word) for word in content_words(opening_of(article))}
    kept = [piece for piece in query.text.split() if not _is_known(piece, stems)]
    return " ".join(kept) if content_words(" ".join(kept)) else query.text


def _is_known(piece: str, stems: set[str]) -> bool:
    word = _WORD.search(piece)
    return word is not None and word[0][:1].isalpha() and word_stem(word[0]) in stems
