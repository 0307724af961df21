"""A model's draft, sentence by sentence: which quote stands behind each marker, and does it hold?

Drops sentences that repeat the model's instructions, and on demand the unsupported ones. Renumbers the
markers by first use, so that only cited passages are listed as sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer.leaks import repeats_instructions
from assistant.cite import DraftSentence, split_draft
from assistant.question import Query
from assistant.records import Sentence, Verdict
from assistant.verify import Judgement, Similarity, find_evidence, verify_claim
from ingest.article import Article, ScoredPassage

NO_CITATION = "cites nothing"
_MARKER = re.compile(r"\[(\d+)\]")
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


def check_draft(
    draft: str, query: Query, passages: Sequence[ScoredPassage], similarity: Similarity
) -> tuple[str, list[Sentence], list[CitedSpan]]:
    """The draft with its final markers, its sentences with verdicts, and the quotes behind the markers.

    The draft's own markers are passage numbers, from 1.
    """
    repeated = [one for one in split_draft(draft, query.language) if repeats_instructions(one.text)]
    draft = _without(draft, repeated)
    used = list(dict.fromkeys(int(number) for number in _MARKER.findall(draft)))
    numbers = {old: new for new, old in enumerate(used, start=1)}
    text = _MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]", draft).strip()
    spans: dict[int, CitedSpan] = {}
    sentences = []
    for sentence in split_draft(text, query.language):
        if not sentence.heading:
            sentences.append(_check_sentence(sentence, used, passages, query.language, similarity, spans))
    return text, sentences, [spans[marker] for marker in sorted(spans)]


def leave_out_unsupported(
    draft: str, query: Query, passages: Sequence[ScoredPassage], similarity: Similarity
) -> tuple[str, int]:
    """The draft, its markers as they are, without the sentences that check_draft finds unsupported; their number."""
    claims = [one for one in split_draft(draft, query.language) if not one.heading]
    everything = range(1, len(passages) + 1)
    bad = [
        one for one in claims
        if _check_sentence(one, everything, passages, query.language, similarity, {}).verdict == "unsupported"
    ]
    return _without(draft, bad), len(bad)


def _without(draft: str, sentences: Sequence[DraftSentence]) -> str:
    """The draft without some of its sentences, nor the list bullets they leave."""
    for sentence in reversed(sentences):
        draft = f"{draft[: sentence.start].rstrip(' ')} {draft[sentence.end :].lstrip(' ')}"
    if not sentences:
        return draft
    lines = [line.strip(" ") for line in draft.splitlines()]
    return "\n".join(line for line in lines if not line or line.strip("-*•>#")).strip()


def _check_sentence(
    sentence: DraftSentence, used: Sequence[int], passages: Sequence[ScoredPassage], language: str,
    similarity: Similarity, spans: dict[int, CitedSpan],
) -> Sentence:
    markers = sentence.markers or sentence.borrowed
    if not markers:
        return Sentence(sentence.text, (), "unsupported", (NO_CITATION,))
    judged = {}
    for marker in markers:
        hit = passages[used[marker - 1] - 1]
        judgement = _judge(sentence.text, hit, language, similarity)
        judged[marker] = judgement
        _remember(spans, marker, hit, sentence.text, judgement, similarity)
    best = min(judged.values(), key=lambda judgement: (_ORDER[judgement.verdict], -judgement.score))
    return Sentence(sentence.text, markers, best.verdict, () if best.verdict == "supported" else best.reasons)


def _judge(claim: str, hit: ScoredPassage, language: str, similarity: Similarity) -> Judgement:
    meta = hit.article.metadata
    context = "\n".join(fact for fact in (meta.title, meta.publisher, meta.author, meta.published_at) if fact)
    published = date.fromisoformat(meta.published_at[:10]) if meta.published_at else None
    return verify_claim(
        claim, _window(hit)[0], claim_language=language, evidence_language=hit.article.language,
        published_at=published, context=context, similarity=similarity,
    )


def _remember(
    spans: dict[int, CitedSpan], marker: int, hit: ScoredPassage, claim: str, judgement: Judgement,
    similarity: Similarity,
) -> None:
    """Keep the first quote of a marker; a later sentence can only make its verdict worse."""
    known = spans.get(marker)
    if known is None:
        window, offset = _window(hit)
        start, end = offset + judgement.start, offset + judgement.end
        if start == end:
            found = find_evidence(claim, window, hit.article.language, similarity=similarity)
            start, end = offset + found.start, offset + found.end
        spans[marker] = CitedSpan(marker, hit.article, start, end, judgement.verdict, judgement.reasons)
    elif _ORDER[judgement.verdict] > _ORDER[known.verdict]:
        spans[marker] = CitedSpan(
            marker, known.article, known.start, known.end, judgement.verdict, judgement.reasons
        )


def _window(hit: ScoredPassage) -> tuple[str, int]:
    """The cited passage and a little around it, with the window's offset in the article's text."""
    start = max(0, hit.passage.start - BORDER_CHARS)
    return hit.article.text[start : hit.passage.end + BORDER_CHARS], start
