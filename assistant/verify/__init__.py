"""Is a claim supported by its evidence: numbers, dates, names, negation, direction, quotes, meaning."""

from assistant.verify.claims import verify_claims
from assistant.verify.evidence import Similarity, Span, find_evidence
from assistant.verify.judge import Judgement, verify_claim

__all__ = ["Judgement", "Similarity", "Span", "find_evidence", "verify_claim", "verify_claims"]
