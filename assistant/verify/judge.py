"""One claim against one evidence text: the checks, their reasons and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.verify.evidence import Scored, Similarity, rank_sentences
from assistant.verify.name_check import missing_names
from assistant.verify.numbers import find_numbers, tells
from assistant.verify.polarity import denial_differs, opposite
from assistant.verify.quotes import missing_quotes
from assistant.verify.times import dates_of, tells_date
from assistant.verify.words import read_words

Verdict = Literal["supported", "partly", "unsupported"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: verdict, score 0…1 (1 is supported), reasons, and the span of the evidence."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """A claim and the stretch of evidence it is held against."""

    claim: str
    claim_language: str
    zone: str
    zone_language: str
    best: str
    published_at: date | None
    context: str


def verify_claim(
    claim: str,
    evidence: str,
    *,
    claim_language: str | None = None,
    evidence_language: str | None = None,
    published_at: date | None = None,
    context: str = "",
    similarity: Similarity | None = None,
) -> Judgement:
    """Judge whether `evidence` supports `claim`; `context` (title, publisher) may lend names and dates."""
    language = evidence_language or claim_language or "en"
    ranked = rank_sentences(claim, evidence, language, similarity)
    if not ranked:
        return Judgement("unsupported", 0.0, ("no evidence text",), 0, 0)
    index = max(range(len(ranked)), key=lambda i: ranked[i].fit)
    best = ranked[index]
    case = Case(claim, claim_language or language, _zone(evidence, ranked, index), language,
                evidence[best.start:best.end], published_at, context)
    reasons = tuple(_reasons(case))
    score = best.fit * 0.5 ** len(reasons)
    verdict: Verdict = "supported" if not reasons else "partly"
    if best.fit < 0.15 and not best.cosine and case.claim_language == language:
        verdict, reasons = "unsupported", (*reasons, "nothing in the evidence says this")
    return Judgement(verdict, score, reasons, best.start, best.end)


def _zone(evidence: str, ranked: Sequence[Scored], index: int) -> str:
    """The best sentence, its neighbours, and any other sentence that fits nearly as well."""
    chosen = [
        s for i, s in enumerate(ranked) if abs(i - index) <= 1 or s.fit >= 0.5 * ranked[index].fit
    ]
    return "\n".join(evidence[s.start:s.end] for s in chosen)


def _reasons(case: Case) -> Iterator[str]:
    told_dates = (*dates_of(case.zone, case.zone_language, case.published_at),
                  *dates_of(case.context, case.zone_language, case.published_at))
    dates = dates_of(case.claim, case.claim_language, case.published_at)
    told = find_numbers(case.zone, case.zone_language)
    for number in find_numbers(case.claim, case.claim_language):
        inside = any(d.start <= number.start < d.end for d in dates)
        if not number.weak and not inside and not tells(told, number):
            yield f"number {number.text} not in evidence"
    words = {word.folded for word in read_words(case.zone + " " + case.context)}
    for mention in dates:
        if not tells_date(told_dates, mention, words):
            yield f"date {mention.text} not in evidence"
    told_text = case.zone + "\n" + case.context
    for missing in missing_names(case.claim, case.claim_language, told_text, case.best, case.zone_language):
        yield f"name {missing} not in evidence"
    if found := opposite(case.claim, case.claim_language, case.best, case.zone_language):
        yield f"direction differs: {found[0]} / {found[1]}"
    if denial_differs(case.claim, case.claim_language, case.best, case.zone_language):
        yield "negation differs"
    if case.claim_language == case.zone_language:
        for phrase in missing_quotes(case.claim, case.zone):
            yield f"quotation not in evidence: {phrase[:40]}"
