"""Do two articles tell of the event that a question names? By its names, or by the names and numbers they share.

Knows nothing of sentences or scores.
"""

from __future__ import annotations

from assistant.question import Query
from assistant.verify.name_index import index_names
from assistant.verify.names import find_names
from ingest.article import Article
from ingest.stories import find_marks

# An article that knows less of the question's names than this tells of something else. Where a German question has no
# word that can only be a name, its nouns stand in among German articles ("Sturm Ylva ohne Strom").
NAMES_SHARED = 2 / 3
# Else one of the question's capital words that is a name in both ("Ylva", never "Region"), or so many names and numbers
# in common: of 7,900 pairs of articles in two languages that tell of different events one has that many.
MARKS_SHARED = 4


def same_event(query: Query, one: Article, other: Article) -> bool:
    """Whether the other article knows the names of the question that this one knows, or shares many of its own."""
    found = [(name, word.text) for name in find_names(query.text, query.language) for word in name.words]
    sure = {word for name, word in found if name.sure}
    german = query.language == one.language == other.language == "de"
    texts = [f"{article.metadata.title or ''}\n{article.text}" for article in (one, other)]
    if words := sure or {word for _, word in found if german}:
        first, second = map(index_names, texts)
        known = [word for word in words if first.knows(word)]
        return bool(known) and sum(second.knows(word) for word in known) >= NAMES_SHARED * len(known)
    shared = find_marks(texts[0]) & find_marks(texts[1])
    return bool(shared & find_marks(query.text)) or len(shared) >= MARKS_SHARED
