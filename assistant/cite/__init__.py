"""A draft with markers into sentences with citations, each with its verbatim evidence."""

from assistant.cite.draft import DraftSentence, split_draft
from assistant.cite.markers import MarkerFilter
from assistant.verify.evidence import Span, find_evidence

__all__ = ["DraftSentence", "MarkerFilter", "Span", "find_evidence", "split_draft"]
