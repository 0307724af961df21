"""A draft with markers into sentences, each with the markers it carries; streaming-safe."""

from assistant.cite.draft import DraftSentence, split_draft
from assistant.cite.markers import MarkerFilter

__all__ = ["DraftSentence", "MarkerFilter", "split_draft"]
