"""A question set held against a corpus: are the articles there, are the quotes verbatim in them?"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.evaluation.faults import Fault
from assistant.evaluation.questions import QuestionSet
from assistant.evaluation.records import Evidence
from assistant.evaluation.words import squash
from ingest.corpus import Corpus

# More faults than this are counted, not listed, in the one line of an error.
FAULTS_NAMED = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    name: str
    language: str
    publisher: str | None
    published_at: str | None
    copy_of: str | None


class ArticleIndex:
    """Finds the articles of a corpus by name, url or id; a copy stands for its original."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        rows = corpus.catalogue.count(
            "SELECT id, name, language, publisher, published_at, copy_of, url FROM article"
            " WHERE done = 1 ORDER BY name"
        )
        entries = [(_Entry(*row[:6]), row[6]) for row in rows]
        self._by_id = {entry.id: entry for entry, _ in entries}
        self._by_url = {url: entry for entry, url in reversed(entries) if url}
        self._by_name = {entry.name: entry for entry, _ in entries}

    def find(self, article: str) -> _Entry | None:
        """The article known by this name, url or id."""
        return self._by_name.get(article) or self._by_url.get(article) or self._by_id.get(article)

    def holds(self, entry: _Entry, quote: str) -> bool:
        """Whether a quote stands in an article's text or captions, spaces and line breaks aside."""
        article = self._corpus.article(entry.id)
        return article is not None and any(
            squash(quote) in squash(text) for text in (article.text, *article.captions)
        )

    def original(self, entry: _Entry) -> _Entry:
        """The article that is searched in place of this one."""
        return self._by_id.get(entry.copy_of, entry) if entry.copy_of else entry


def check_evidence(questions: QuestionSet, corpus: Corpus) -> QuestionSet:
    """The set with facts of the corpus about its evidence, and a fault for each that is not there."""
    index = ArticleIndex(corpus)
    faults, resolved = list(questions.faults), []
    for question, line in zip(questions.questions, questions.lines, strict=True):
        evidence = []
        for item in question.evidence:
            message, known = _resolve(item, index)
            if message:
                faults.append(Fault(line, question.id, message, "corpus"))
            evidence.append(known)
        resolved.append(dataclasses.replace(question, evidence=tuple(evidence)))
    return QuestionSet(tuple(resolved), questions.lines, tuple(sorted(faults, key=lambda fault: fault.line)))


def refuse_faults(questions: QuestionSet, *, lenient: bool) -> None:
    """Raise QuestionError naming the faults that stop an evaluation; corpus faults do not when `lenient`."""
    stopping = [f for f in questions.faults if f.kind == "format" or (f.kind == "corpus" and not lenient)]
    if not stopping:
        return
    named = "; ".join(map(str, stopping[:FAULTS_NAMED]))
    more = f"; and {len(stopping) - FAULTS_NAMED} more" if len(stopping) > FAULTS_NAMED else ""
    advice = "mend it" if any(fault.stops for fault in stopping) else "mend it or go on with --lenient"
    raise QuestionError(f"the question set has {len(stopping)} faults, {advice}: {named}{more}")


def digest_corpus(corpus: Corpus) -> str:
    """16 hex digits of the recipe and of every article's name, page digest and original."""
    rows = corpus.catalogue.count("SELECT name, digest, copy_of FROM article WHERE done = 1 ORDER BY name")
    # The collection is named by chance; two corpora built alike are the same corpus.
    recipe = {key: value for key, value in corpus.recipe.items() if key != "collection"}
    return hashlib.sha256(json.dumps([recipe, rows], sort_keys=True).encode()).hexdigest()[:16]


def _resolve(item: Evidence, index: ArticleIndex) -> tuple[str | None, Evidence]:
    """(what is wrong, the evidence under its searched name with the facts of the article it names)."""
    entry = index.find(item.article)
    if entry is None:
        return f"names the article {item.article!r}, which is not in the corpus", item
    known = dataclasses.replace(
        item, original=index.original(entry).name, language=entry.language, publisher=entry.publisher,
        published_at=entry.published_at,
    )
    if item.quote and not index.holds(entry, item.quote):
        return f"quotes {item.article!r} with words it does not contain: “{item.quote[:80]}”", known
    return None, known
