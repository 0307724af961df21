"""Do the citations carry the answer, and do they quote what stands there?

Verdicts are those the answer was shown with, so these metrics tell what a reader is told; only `verbatim`
and `cites_gold` judge independently of the verifier. None when nothing was answered.
"""

from __future__ import annotations

from assistant.evaluation.metrics.ranking import holds_quote
from assistant.evaluation.records import CitedQuote, JudgedSentence, Question, Record


def citation_recall(question: Question, record: Record) -> float | None:
    """Share of the sentences that what they cite supports in full (ALCE, Gao et al. 2023)."""
    sentences = _sentences(record)
    if not sentences:
        return None
    return sum(_is_supported(sentence) for sentence in sentences) / len(sentences)


def citation_precision(question: Question, record: Record) -> float | None:
    """Share of (sentence, citation) pairs that are needed (ALCE, Gao et al. 2023); 0 when nothing is cited.

    A citation counts when its sentence is supported and it supports it, or it supports a part of it and
    no other citation of that sentence supports it alone.
    """
    sentences = _sentences(record)
    if not sentences:
        return None
    verdicts = {citation.marker: citation for citation in record.citations}
    pairs = [
        _is_needed(marker, sentence, verdicts) for sentence in sentences for marker in set(sentence.citations)
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def unsupported_sentences(question: Question, record: Record) -> float | None:
    """Share of the sentences with the verdict unsupported; lower is better."""
    sentences = _sentences(record)
    if not sentences:
        return None
    return sum(sentence.verdict == "unsupported" for sentence in sentences) / len(sentences)


def verbatim(question: Question, record: Record) -> float | None:
    """Share of the quotes that equal the stored article's text at their offsets, as looked up by the run."""
    known = [citation.verbatim for citation in record.citations if citation.verbatim is not None]
    return sum(known) / len(known) if known else None


def cites_gold(question: Question, record: Record) -> float | None:
    """1 when a citation is of an evidence article and shares its quote, if one is given; 0 when none is."""
    if record.answer is None or record.abstained or record.error or not question.evidence:
        return None
    return float(any(is_gold(citation, question) for citation in record.citations))


def is_gold(citation: CitedQuote, question: Question) -> bool:
    """Whether a citation is of an evidence article and holds, or lies in, the evidence quote."""
    return any(
        citation.article in (item.article, item.searched_as)
        and (not item.quote or _share_words(citation.quote, item.quote))
        for item in question.evidence
    )


def _share_words(first: str, second: str) -> bool:
    return holds_quote(first, second) or holds_quote(second, first)


def _sentences(record: Record) -> tuple[JudgedSentence, ...]:
    return () if record.abstained else record.sentences


def _is_supported(sentence: JudgedSentence) -> bool:
    return bool(sentence.citations) and sentence.verdict == "supported"


def _is_needed(marker: int, sentence: JudgedSentence, citations: dict[int, CitedQuote]) -> bool:
    citation = citations.get(marker)
    if citation is None or not _is_supported(sentence) or citation.verdict == "unsupported":
        return False
    others = [citations[m].verdict for m in sentence.citations if m != marker and m in citations]
    return citation.verdict == "supported" or "supported" not in others
