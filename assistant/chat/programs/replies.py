"""What programs get, whichever way they ask: answers, passages and articles as plain documents."""

from __future__ import annotations

from typing import Any

from assistant.chat.answering import Answering, Asked
from assistant.chat.narrowing import Wanted
from assistant.errors import QuestionError
from ingest.article import Article, ScoredPassage

MOST_PASSAGES = 50


def answer_question(answering: Answering, question: str, quotes_only: bool, who: str, via: str) -> dict[str, Any]:
    """The document of `assistant ask --json` for one question."""
    return answering.ask(Asked(question, wanted=Wanted(quotes_only=quotes_only), who=who, via=via)).to_json()


def summarize_topic(answering: Answering, topic: str, who: str) -> dict[str, Any]:
    """The document of `assistant summarize --json` for one topic; raises QuestionError."""
    answering.limits.take(who)
    return answering.assistant().summarize(topic).to_json()


def search_passages(answering: Answering, query: str, top_k: int, who: str) -> list[dict[str, Any]]:
    """The best passages for a query with their articles, best first; raises QuestionError."""
    if not query.strip():
        raise QuestionError("the query is empty: say what to look for")
    answering.limits.take(who)
    return [_hit(hit) for hit in answering.assistant().search(query, min(max(top_k, 1), MOST_PASSAGES))]


def read_article(answering: Answering, article: str) -> dict[str, Any]:
    """One article as stored, by the id or name a passage or citation gives; raises QuestionError."""
    corpus = answering.assistant().corpus
    found = corpus.article(article) or corpus.article(Article(article, "", "").id)
    if found is None:
        raise QuestionError(f"no article {article[:100]!r}: use the id or name that a passage gives")
    return {**_facts(found), "text": found.text, "captions": list(found.captions)}


def _hit(hit: ScoredPassage) -> dict[str, Any]:
    return {
        **_facts(hit.article), "passage": hit.passage.text, "start": hit.passage.start, "end": hit.passage.end,
        "score": round(hit.score, 6), "why": list(hit.why),
    }


def _facts(article: Article) -> dict[str, Any]:
    meta = article.metadata
    return {
        "article": article.name, "id": article.id, "title": meta.title, "publisher": meta.publisher,
        "author": meta.author, "published_at": meta.published_at, "language": article.language, "url": meta.url,
    }
