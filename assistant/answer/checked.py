"""A model's draft, sentence by sentence: which quote stands behind each marker, and does it hold?

Judges each sentence once, drops those that repeat the model's instructions and on demand the unsupported
ones, then renumbers the markers by first use, so that only cited passages are listed as sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from assistant.answer.leaks import repeats_instructions
from assistant.cite import DraftSentence, split_draft
from assistant.question import Query
from assistant.records import Sentence, Verdict
from assistant.verify import Judgement, Similarity, read_statements, verify_claim
from ingest.article import Article, ScoredPassage

NO_CITATION = "cites nothing"
_MARKER = re.compile(r"\[(\d+)\]")
_UNCITED = Judgement("unsupported", 0.0, (NO_CITATION,), 0, 0)
_ORDER: dict[Verdict, int] = {"supported": 0, "partly": 1, "unsupported": 2}
# A quote may reach this far over the border of the cited passage.
BORDER_CHARS = 600


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """The quote behind a marker: `article.text[start:end]`, with the worst verdict of what rests on it."""

    marker: int
    article: Article
    start: int
    end: int
    verdict: Verdict
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence of a draft with what each passage it cites, by its number from 1, says of it."""

    sentence: DraftSentence
    judgements: Mapping[int, Judgement]

    @property
    def best(self) -> Judgement:
        """The kindest judgement; a sentence without markers has nothing to stand on."""
        return min(self.judgements.values(), key=lambda one: (_ORDER[one.verdict], -one.score), default=_UNCITED)


def check_draft(
    draft: str, query: Query, passages: Sequence[ScoredPassage], similarity: Similarity
) -> tuple[str, list[Sentence], list[CitedSpan]]:
    """The draft with its final markers, its sentences with verdicts, and the quotes behind the markers.

    The draft's own markers are passage numbers, from 1.
    """
    draft, judged = judge_draft(draft, query, passages, similarity)
    return number_draft(draft, judged, passages)


def judge_draft(
    draft: str, query: Query, passages: Sequence[ScoredPassage], similarity: Similarity
) -> tuple[str, list[JudgedSentence]]:
    """The draft without what repeats the model's instructions, and its sentences that state something, judged once."""
    repeated = [one for one in split_draft(draft, query.language) if repeats_instructions(one.text)]
    draft = _without(draft, repeated)
    return draft, [
        JudgedSentence(one, {
            marker: _judge(one.text, passages[marker - 1], query.language, similarity)
            for marker in one.markers or one.borrowed
        })
        for one in split_draft(draft, query.language)
        if not one.heading and (one.markers or read_statements(one.text, query.language))
    ]


def leave_out_unsupported(draft: str, judged: Sequence[JudgedSentence]) -> tuple[str, list[JudgedSentence]]:
    """A judged draft without its unsupported sentences, the markers as they are.

    A marker that a kept sentence had borrowed from one that goes becomes its own.
    """
    bad = [one for one in judged if one.best.verdict == "unsupported"]
    kept = [one for one in judged if one.best.verdict != "unsupported"]
    lent: dict[int, tuple[int, ...]] = {}
    for one in kept:
        lender = next((other for other in judged if other.sentence.start > one.sentence.start
                       and other.sentence.markers), None)
        if not one.sentence.markers and lender in bad:
            lent[lender.sentence.start] = one.sentence.borrowed
    return _without(draft, [one.sentence for one in bad], lent), kept


def number_draft(
    draft: str, judged: Sequence[JudgedSentence], passages: Sequence[ScoredPassage]
) -> tuple[str, list[Sentence], list[CitedSpan]]:
    """A judged draft with its markers in order of first use, its sentences, and the quotes behind the markers."""
    cited = {marker for one in judged for marker in one.judgements}
    used = dict.fromkeys(number for found in _MARKER.findall(draft) if (number := int(found)) in cited)
    numbers = {old: new for new, old in enumerate(used, start=1)}
    # A marker on a line of its own belongs to no sentence, so nothing stands behind it.
    text = _MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]" if int(match[1]) in cited else "", draft).strip()
    spans: dict[int, CitedSpan] = {}
    sentences = []
    for one in judged:
        for marker, judgement in one.judgements.items():
            _remember(spans, numbers[marker], passages[marker - 1], judgement)
        reasons = () if one.best.verdict == "supported" else one.best.reasons
        markers = tuple(numbers[marker] for marker in one.judgements)
        sentences.append(Sentence(one.sentence.text, markers, one.best.verdict, reasons))
    return text, sentences, [spans[marker] for marker in sorted(spans)]


def _without(
    draft: str, sentences: Sequence[DraftSentence], lent: Mapping[int, Sequence[int]] = MappingProxyType({})
) -> str:
    """The draft without some of its sentences, nor the list bullets they leave; `lent` markers stay, by start."""
    for sentence in reversed(sentences):
        markers = "".join(f"[{marker}]" for marker in lent.get(sentence.start, ()))
        left, right = draft[: sentence.start].rstrip(" "), draft[sentence.end :].lstrip(" ")
        draft = f"{left} {markers} {right}" if markers else f"{left} {right}"
    if not sentences:
        return draft
    lines = [line.strip(" ") for line in draft.splitlines()]
    return "\n".join(line for line in lines if not line or line.strip("-*•>#")).strip()


def _judge(claim: str, hit: ScoredPassage, language: str, similarity: Similarity) -> Judgement:
    meta = hit.article.metadata
    context = "\n".join(fact for fact in (meta.title, meta.publisher, meta.author, meta.published_at) if fact)
    published = date.fromisoformat(meta.published_at[:10]) if meta.published_at else None
    return verify_claim(
        claim, _window(hit)[0], claim_language=language, evidence_language=hit.article.language,
        published_at=published, context=context, similarity=similarity,
    )


def _remember(spans: dict[int, CitedSpan], marker: int, hit: ScoredPassage, judgement: Judgement) -> None:
    """Keep the first quote of a marker; a later sentence can only make its verdict worse."""
    known = spans.get(marker)
    if known is None:
        offset = _window(hit)[1]
        start, end = offset + judgement.start, offset + judgement.end
        spans[marker] = CitedSpan(marker, hit.article, start, end, judgement.verdict, judgement.reasons)
    elif _ORDER[judgement.verdict] > _ORDER[known.verdict]:
        spans[marker] = replace(known, verdict=judgement.verdict, reasons=judgement.reasons)


def _window(hit: ScoredPassage) -> tuple[str, int]:
    """The cited passage and a little around it, with the window's offset in the article's text."""
    start = max(0, hit.passage.start - BORDER_CHARS)
    return hit.article.text[start : hit.passage.end + BORDER_CHARS], start
