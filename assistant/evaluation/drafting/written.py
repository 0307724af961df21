"""Questions written by a model, kept only when what they rest on is verbatim in the passage."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from assistant.evaluation.drafting.rows import Row, make_row
from assistant.evaluation.drafting.templates import LANGUAGES
from assistant.evaluation.words import contains, fold
from assistant.llm import ChatModel, Message
from assistant.prompts import render_prompt
from ingest.article import Article, Passage
from ingest.corpus import Corpus

NAMES = {"sv": "Swedish", "de": "German", "en": "English"}
PASSAGE_CHARS = 200  # a shorter passage has no fact to spare
TRIES = 3  # passages asked about for every question wanted
_TALKS_OF_TEXT = ("passage", "article", "artikel", "text")


def write_questions(corpus: Corpus, model: ChatModel, count: int, seed: int = 0) -> Iterator[Row]:
    """Up to `count` rows, the question's language by chance; raises EndpointError."""
    chance = random.Random(seed)
    passages = [
        (article, passage) for article in corpus.catalogue.articles(originals_only=True)
        for passage in corpus.catalogue.passages_of(article.id)
        if passage.kind == "body" and len(passage.text) >= PASSAGE_CHARS
    ]
    chance.shuffle(passages)
    written = 0
    for article, passage in passages[: count * TRIES]:
        if written == count:
            return
        row = _write(article, passage, chance.choice(LANGUAGES), model)
        if row is not None:
            written += 1
            yield row


def _write(article: Article, passage: Passage, language: str, model: ChatModel) -> Row | None:
    prompt = render_prompt("questions", {"language": NAMES[language], "passage": passage.text})
    return accept_reply("".join(model.stream([Message("user", prompt)])), article, passage, language)


def accept_reply(reply: str, article: Article, passage: Passage, language: str) -> Row | None:
    """The row of a model's reply, or None: the quote must be in the passage and the answer in the quote."""
    begin, end = reply.find("{"), reply.rfind("}")
    try:
        document: Any = json.loads(reply[begin : end + 1])
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    texts = [document.get(key) for key in ("question", "answer", "quote")]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return None
    question, answer, quote = (" ".join(str(text).split()) for text in texts)
    sound = quote in passage.text and contains(fold(quote), fold(answer)) and question.endswith("?")
    given_away = contains(fold(question), fold(answer)) or any(w in question.casefold() for w in _TALKS_OF_TEXT)
    if not sound or given_away:
        return None
    return make_row("single", language, question, [(article, quote)], {"answer": answer, "must_include": [[answer]]})
