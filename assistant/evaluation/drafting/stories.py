"""Questions about a whole story: what all articles that tell the same event say of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from assistant.evaluation.drafting.facts import find_sentences
from assistant.evaluation.drafting.rows import Row, make_row, title_of
from assistant.evaluation.drafting.templates import STORY
from ingest.article import Article
from ingest.corpus import Corpus
from ingest.corpus.story_table import find_stories


def ask_stories(corpus: Corpus, articles: Sequence[Article], chance: random.Random) -> Iterator[Row]:
    """One row a story, under the title one of its articles has; evidence is the first plain sentence of each."""
    known = {article.name: article for article in articles}
    for story in find_stories(corpus):
        told = [
            (known[name], sentence) for name in story if name in known
            and (sentence := next((text for _, text in find_sentences(known[name])), None)) is not None
        ]
        titled = [(article, title) for article, _ in told if (title := title_of(article))]
        if len(told) > 1 and titled:
            article, title = chance.choice(titled)
            yield make_row("summary", article.language, STORY[article.language].format(title=title), told)
