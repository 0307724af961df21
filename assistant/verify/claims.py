"""Rows of claims into rows of judgements: the documents of `assistant verify --json`.

Each row brings its evidence text, or `find_passages` brings passages of the corpus for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.errors import QuestionError
from assistant.verify.evidence import Similarity
from assistant.verify.judge import Judgement, verify_claim
from ingest.article import ScoredPassage

FindPassages = Callable[[str], Sequence[ScoredPassage]]
DetectLanguage = Callable[[str], str]

_ORDER = {"supported": 2, "partly": 1, "unsupported": 0}
# A quote may reach this far over the border of a passage.
_AROUND = 600


def verify_claims(
    rows: Iterable[Mapping[str, Any]],
    *,
    similarity: Similarity | None = None,
    detect_language: DetectLanguage | None = None,
    find_passages: FindPassages | None = None,
) -> list[dict[str, Any]]:
    """Judge each row {"id", "claim", "evidence"?, "language"?}; a row that cannot be used is a QuestionError.

    Offsets go into the evidence, or into the text of the article that a row without evidence is held against.
    """
    return [
        _verify_row(number, row, similarity, detect_language, find_passages)
        for number, row in enumerate(rows, start=1)
    ]


def _verify_row(
    number: int,
    row: Mapping[str, Any],
    similarity: Similarity | None,
    detect_language: DetectLanguage | None,
    find_passages: FindPassages | None,
) -> dict[str, Any]:
    claim, evidence = row.get("claim"), row.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise QuestionError(f'claim {number} has no text: each line needs "id" and "claim"')
    if evidence is not None and not isinstance(evidence, str):
        raise QuestionError(f'claim {number}: "evidence" must be a text')
    language = row.get("language") or (detect_language(claim) if detect_language else None)
    document: dict[str, Any] = {"id": row.get("id", str(number))}
    if evidence is None:
        if find_passages is None:
            raise QuestionError(f'claim {number} has no "evidence" and there is no corpus to look in')
        return document | _against_corpus(claim, language, find_passages(claim), similarity)
    told = detect_language(evidence[:2000]) if detect_language else None
    judgement = verify_claim(
        claim, evidence, claim_language=language, evidence_language=told, similarity=similarity
    )
    return document | _document(judgement, evidence, 0)


def _against_corpus(
    claim: str, language: str | None, hits: Sequence[ScoredPassage], similarity: Similarity | None
) -> dict[str, Any]:
    """The best judgement over the passages found, with the article it comes from."""
    best: tuple[Judgement, ScoredPassage, int] | None = None
    for hit in hits:
        start = max(0, hit.passage.start - _AROUND)
        meta = hit.article.metadata
        judgement = verify_claim(
            claim,
            hit.article.text[start : hit.passage.end + _AROUND],
            claim_language=language,
            evidence_language=hit.article.language,
            published_at=_day(meta.published_at),
            context="\n".join(fact for fact in (meta.title, meta.publisher, meta.published_at) if fact),
            similarity=similarity,
        )
        if best is None or _rank(judgement) > _rank(best[0]):
            best = (judgement, hit, start)
    if best is None:
        return _document(Judgement("unsupported", 0.0, ("no passage found",), 0, 0), "", 0) | {
            "article": None
        }
    judgement, hit, start = best
    return _document(judgement, hit.article.text, start) | {"article": hit.article.name}


def _rank(judgement: Judgement) -> tuple[int, float]:
    return _ORDER[judgement.verdict], judgement.score


def _document(judgement: Judgement, text: str, offset: int) -> dict[str, Any]:
    start, end = offset + judgement.start, offset + judgement.end
    return {
        "verdict": judgement.verdict,
        "score": round(judgement.score, 4),
        "reasons": list(judgement.reasons),
        "quote": text[start:end],
        "start": start,
        "end": end,
    }


def _day(published_at: str | None) -> date | None:
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None
