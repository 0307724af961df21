"""Does a question ask about an article itself, what of it, and which one is meant?

Knows Swedish, German and English words only, and nothing of what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from assistant.answer.candidates import names_publisher
from assistant.question import Query, content_words, word_stem
from ingest.article import Article
from ingest.dates import find_dates

Field = Literal["date", "author", "publisher", "dated articles"]

_ARTICLE = r"\b\w*(?:artik[ea]l|article|beitrag|meldung|texten|nyheten|notisen|webbsida|webseite|web ?page|byline)\w*"
_IN_ARTICLE = re.compile(
    r"\b(?:enligt|laut|according to|nach|im|in the|in this|i den|in dem|in diesem) (?:\w+ ){0,3}\w*-?(?:artik|article)",
    re.IGNORECASE,
)
_PATTERNS: tuple[tuple[Field, str], ...] = (
    ("dated articles", r"\b(?:vilken|vilka|welche[rs]?|which)\b.{0,25}\b(?:artik|article).{0,60}"
                       r"(?:datum\b|\bdate[sd]?\b|daterad)"),
    ("date", r"\b(?:när|wann|when|datum|date|vilken dag|welchem tag|what day)\b.{0,160}"
             r"(?:publicera|publish|veröffentlich|erschien|utgiven|gavs ut|skrevs|skriven|geschrieben|written|posted)"
             r"|(?:publiceringsdatum|publication date|(?:veröffentlichungs|erscheinungs)datum)"),
    ("author", r"\b(?:vem|wer|wem|who|whom|vilken journalist|which journalist|welche[rn]? journalist\w*)\b.{0,160}"
               r"(?:skrev|skrivit|skriven|författ|geschrieben|schrieb|verfasst|wrote|written|author|autor)"
               r"|\b(?:författare|författaren|autor|author) (?:\w+ ){0,2}\w*(?:artik|article|text)|\bbyline\b"),
    ("publisher", r"\b(?:vilken|vilket|vilka|welche[rsnm]?|which|what)\b.{0,25}(?:tidning|medium|medier|utgivare"
                  r"|zeitung|herausgeber|verlag|outlet|publisher|newspaper|site|sajt|källa|källor|quellen?|sources?)\b"
                  r"|^\W*(?:var|wo|where)\b.{0,160}(?:publicera|publish|veröffentlich|erschien)"),
)
_FIELDS = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _PATTERNS)
# Words that ask about an article but say nothing of which one.
_ASKING = re.compile(
    r"public|publish|veröff|ersch|skr[ei]v|förfat|geschr|schrie|verfas|wrote|writte|author|autor|artik|article|datum|date"
    r"|quell|källo?|source|stamm|kommer|comes?|byline|piece", re.IGNORECASE)


def asked_about(question: str) -> tuple[Field, ...]:
    """What a question wants to know of an article itself; empty for any other question."""
    if not re.search(_ARTICLE, question, re.IGNORECASE) or _IN_ARTICLE.search(question):
        return ()
    found = tuple(field for field, pattern in _FIELDS if pattern.search(question))
    return ("dated articles",) if "dated articles" in found else found


def find_article(query: Query, articles: Sequence[Article]) -> Article | None:
    """The article that is meant: its publisher is named, or its title or text share the question's words."""
    words = _stems(word for word in content_words(query.question) if not _ASKING.match(word))
    days = {mention.earliest for mention in find_dates(query.question, query.language) if mention.precision == "day"}
    best, most = None, 0.0
    for rank, article in enumerate(articles):
        meta = article.metadata
        named = names_publisher(query, article)
        dated = meta.published_at is not None and date.fromisoformat(meta.published_at[:10]) in days
        title = _stems(content_words(meta.title or ""))
        in_title = max(_share(title, words), _share(words, title))
        in_text = _share(words, _stems(content_words(article.text)))
        score = 2.0 * named + dated + in_title + in_text + 1.0 / (rank + 2)
        across = article.language != query.language
        if score > most and (named or dated or across or max(in_title, in_text) > 0.3):
            best, most = article, score
    return best


def _stems(words: Iterable[str]) -> set[str]:
    return {word_stem(word) for word in words}


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0
