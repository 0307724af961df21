"""Is the end of a stretch meant, not the stretch: "by the end of the month", "bis Jahresende"?"""

from __future__ import annotations

import re

_DEADLINE = re.compile(
    r"\b(?:by|until|till|bis|zum|spätestens|senast|fram till)\s+(?:spätestens\s+|zum\s+|the\s+|i\s+|vid\s+)?"
    r"(?:end\s+of|ende|slutet\s+(?:av|på)|utgången\s+av|(?=(?:jahres|monats|quartals)ende))(?:\s+(?:the|des|der))?\s*",
    re.IGNORECASE,
)
_WINDOW = 40


def is_deadline(text: str, start: int, end: int) -> bool:
    """Does the time expression `text[start:end]` name a stretch by whose end something is to be?"""
    found = _DEADLINE.search(text, max(0, start - _WINDOW), end)
    return found is not None and found.end() >= start
