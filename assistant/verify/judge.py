"""One claim against one evidence text: where it is told, what speaks against it, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import prod
from typing import Literal

from assistant.verify.checks import SUMS_UP, find_reasons
from assistant.verify.evidence import LONGEST_EVIDENCE, Scored, Similarity, rank_sentences, widen
from assistant.verify.facts import Case
from assistant.verify.meaning import support_score
from assistant.verify.statements import read_statements

Verdict = Literal["supported", "partly", "unsupported"]

NOTHING = "nothing in the evidence says this"
# From here on the claim says what the sentence says, and turned words contradict it. On parallel news stories
# the sentence that translates a claim has a cosine of .86 and more in nine of ten cases.
_CLOSE_OVERLAP = 0.35
_CLOSE_COSINE = 0.86
# Shares are compared from here on: of 6,864 pairs of translated sentences, near or not, three tell another share.
_AKIN_COSINE = 0.85
# From here on its facts must stand near that sentence; a looser claim, and one longer than all that fits it, sums up
# and may draw on the whole text.
_NEAR_OVERLAP = 0.55
_AS_WELL = 0.5
# From here on the claim is worded as the sentence is: one sentence of a story with a fact exchanged is so in 97 of 100
# cases, one put in other words in one of ten.
_WORDED_OVERLAP = 0.5
# From here on a sentence in another language translates the claim: nine of ten that do, one of fifty others.
_TRANSLATION_COSINE = 0.9
# So many wrong facts leave nothing of a claim.
_MANY = 3
# What each reason leaves of the score. Among 349 claims that people labelled, in both halves alike, what is supported
# is told from the rest with an AUROC of .80 (.78 at .5, .78 at 1), what has no support at all from the rest with .82
# (.79 at .5, .85 at 1).
_LEFT = 0.7
# Of 1,101 supported sentences of models' answers 38 seem to deny what their evidence says, of 70 unsupported ones 5:
# such a reason is worth a look and tells little about support.
_TURNED = ("negation differs", "direction differs")
_TURNED_LEFT = 0.95
UNSUPPORTED_BELOW = 0.12


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found: verdict, score 0…1 (1 is supported), reasons, and the span of the evidence."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    start: int
    end: int


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
    """Judge whether `evidence` supports each statement of `claim`; `context` (title, publisher) may lend names, dates.

    A claim of several statements is as good as its weakest one; its span is that of its strongest. Across languages
    that goes for one longer than all it rests on: a translator makes two sentences of one. A claim that states nothing
    needs no evidence.
    """
    language = evidence_language or claim_language or "en"
    judge = partial(
        _judge_statement, evidence=evidence, claim_language=claim_language, language=language,
        published_at=published_at, context=context, similarity=similarity,
    )
    statements = read_statements(claim, claim_language or language)
    if not statements:
        return Judgement("supported", 1.0, (), 0, 0)
    if len(statements) == 1:
        return judge(statements[0])
    if claim_language not in (None, language):
        whole = judge(" ".join(statements))
        if len(claim) <= SUMS_UP * (whole.end - whole.start):
            return whole
    return _join([judge(one) for one in statements])


def _join(each: Sequence[Judgement]) -> Judgement:
    verdicts = {one.verdict for one in each}
    strongest, weakest = max(each, key=lambda one: one.score), min(each, key=lambda one: one.score)
    return Judgement(
        each[0].verdict if len(verdicts) == 1 else "partly",
        weakest.score,
        tuple(dict.fromkeys(reason for one in each for reason in one.reasons)),
        strongest.start,
        strongest.end,
    )


def _judge_statement(
    claim: str,
    evidence: str,
    claim_language: str | None,
    language: str,
    published_at: date | None,
    context: str,
    similarity: Similarity | None,
) -> Judgement:
    ranked = rank_sentences(claim, evidence, language, similarity)
    if not ranked:
        return Judgement("unsupported", 0.0, ("no evidence text",), 0, 0)
    index = max(range(len(ranked)), key=lambda i: ranked[i].fit)
    best = widen(ranked, index, len(claim))
    close = best.overlap >= _CLOSE_OVERLAP or (best.cosine or 0.0) >= _CLOSE_COSINE
    near = best.overlap >= _NEAR_OVERLAP or (best.cosine or 0.0) >= _CLOSE_COSINE
    near = near and len(claim) <= SUMS_UP * (best.end - best.start)
    around = _zone(evidence, ranked, index)
    case = Case(
        claim,
        claim_language or language,
        around if near else evidence[:LONGEST_EVIDENCE],
        language,
        evidence[best.start : best.end],
        evidence[ranked[index].start : ranked[index].end],
        around,
        evidence[:LONGEST_EVIDENCE],
        published_at,
        context,
        close or (similarity is None and claim_language != language),
        claim_language not in (None, language) and (best.cosine or 0.0) >= _TRANSLATION_COSINE,
        best.overlap >= _WORDED_OVERLAP,
        close or (best.cosine or 0.0) >= _AKIN_COSINE,
        similarity,
    )
    reasons = tuple(dict.fromkeys(find_reasons(case)))
    support = support_score(claim, evidence, ranked, index, across=case.across)
    if support < UNSUPPORTED_BELOW and (claim_language in (None, language) or similarity is not None):
        return Judgement("unsupported", support * _left(reasons), (*reasons, NOTHING), best.start, best.end)
    verdict: Verdict = "supported" if not reasons else "partly" if len(reasons) < _MANY else "unsupported"
    return Judgement(verdict, support * _left(reasons), reasons, best.start, best.end)


def _left(reasons: Sequence[str]) -> float:
    """What the reasons leave of the support, 0…1."""
    return prod(_TURNED_LEFT if reason.startswith(_TURNED) else _LEFT for reason in reasons)


def _zone(evidence: str, ranked: Sequence[Scored], index: int) -> str:
    """The best sentence, its neighbours, and any other sentence that fits nearly as well."""
    chosen = [s for i, s in enumerate(ranked) if abs(i - index) <= 1 or s.fit >= _AS_WELL * ranked[index].fit]
    return "\n".join(evidence[s.start : s.end] for s in chosen)
