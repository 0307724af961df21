"""Is a claim supported by its evidence: numbers, dates, names, negation, direction, quotes, meaning."""

from assistant.verify.claims import verify_claims
from assistant.verify.evidence import Similarity
from assistant.verify.judge import Judgement, verify_claim
from assistant.verify.statements import read_statements

__all__ = ["Judgement", "Similarity", "read_statements", "verify_claim", "verify_claims"]
