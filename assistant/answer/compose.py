"""Chosen quotes, statements and checked drafts as text with markers, sentences and citations.

Knows nothing of retrieval or of models; `CiteSpan` brings what the catalogue knows of an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer.about import About
from assistant.answer.asked import what_is_asked
from assistant.answer.candidates import KIND_WEIGHTS
from assistant.answer.checked import judge_draft, leave_out_unsupported, number_draft
from assistant.answer.extractive import DECISIVE_WEIGHT, Quote
from assistant.answer.gloss import gloss_quote
from assistant.question import Query, question_parts
from assistant.records import Citation, Sentence, Verdict
from assistant.verify import Similarity
from assistant.wording import ABSTENTION, NEAREST, NOT_TOLD, attribution, compared, dated, quoted, say
from ingest.article import Article, ScoredPassage

MOST_NEAREST = 3
# Articles are offered beside an abstention when some sentence of theirs is this much nearer than any text is:
# questions on a told topic reach .06 and more, questions on something else stay below .05.
NEAR_TOPIC = 0.055


class CiteSpan(Protocol):
    """Makes the citation of `article.text[start:end]`."""

    def __call__(
        self, marker: int, article: Article, start: int, end: int, verdict: Verdict = "supported",
        reasons: tuple[str, ...] = (),
    ) -> Citation:
        """The citation with this marker."""


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer's text with markers, its sentences and its citations."""

    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()


def compose_quotes(query: Query, quotes: Sequence[Quote], cite: CiteSpan, first_marker: int = 1) -> Composed:
    """The articles' own sentences, each supported by being what it cites, and what of the question they lack."""
    lines, citations, sentences = [], [], []
    for marker, quote in enumerate(quotes, start=first_marker):
        citation = cite(marker, quote.article, quote.start, quote.end)
        head = attribution(quote.article.metadata, quote.article.name, query.language,
                           len(citation.also_published_by))
        stands = quote.standing
        head = compared(head, query.language, differs=stands.differs and marker == first_marker,
                        newest=stands.newest, voices=stands.voices, dates=stands.dates)
        gloss = ", ".join(gloss_quote(query, quote.article, quote.text))
        line = f"{head}: {quote.text}" + (f" ({gloss})" if gloss else "")
        lines.append(f"{line} [{marker}]")
        citations.append(citation)
        sentences.append(Sentence(line, (marker,), "supported"))
    lines += [say(NOT_TOLD, query.language).format(part=part) for part in parts_not_told(query, quotes)]
    return Composed("\n\n".join(lines), tuple(sentences), tuple(citations))


def parts_not_told(query: Query, quotes: Sequence[Quote]) -> list[str]:
    """The parts of a question that ask for a kind of thing which no quote holds."""
    missing = []
    for part in question_parts(query):
        asked = what_is_asked(part.question)
        if asked is None or KIND_WEIGHTS[asked.kind] < DECISIVE_WEIGHT:
            continue
        if not any(asked.is_told_by(quote.text) for quote in quotes):
            missing.append(part.question)
    return missing


def compose_statements(about: About, cite: CiteSpan) -> Composed:
    """What the metadata tell, each line citing a sentence of its article."""
    numbered = list(enumerate(about.statements, start=1))
    citations = tuple(cite(marker, one.article, one.start, one.end) for marker, one in numbered)
    sentences = tuple(Sentence(one.text, (marker,), "supported") for marker, one in numbered)
    text = "\n\n".join(f"{one.text} [{one.citations[0]}]" for one in sentences)
    return Composed(text, sentences, citations)


def compose_draft(
    draft: str, query: Query, passages: Sequence[ScoredPassage], similarity: Similarity, cite: CiteSpan, *,
    strict: bool,
) -> tuple[Composed, int]:
    """A model's draft, checked, and how many unsupported sentences `strict` left out."""
    draft, judged = judge_draft(draft, query, passages, similarity)
    everything = len(judged)
    if strict:
        draft, judged = leave_out_unsupported(draft, judged)
    text, sentences, spans = number_draft(draft, judged, passages)
    citations = [cite(span.marker, span.article, span.start, span.end, span.verdict, span.reasons) for span in spans]
    return Composed(text, tuple(sentences), tuple(citations)), everything - len(judged)


def compose_abstention(query: Query, passages: Sequence[ScoredPassage], margin: float) -> str:
    """That the articles don't tell, and where the topic is near enough (`margin`) the articles that come nearest."""
    text = say(ABSTENTION, query.language)
    if margin < NEAR_TOPIC:
        return text
    nearest = {hit.article.id: hit.article for hit in passages if hit.score >= 0.5 * passages[0].score}
    lines = [_named(article, query.language) for article in list(nearest.values())[:MOST_NEAREST]]
    return "\n".join([f"{text} {say(NEAREST, query.language)}", "", *lines]) if lines else text


def _named(article: Article, language: str) -> str:
    meta = article.metadata
    title = quoted(meta.title, language) if meta.title else article.name
    return f"- {', '.join([*([meta.publisher] if meta.publisher else []), title, dated(meta, language)])}"
