"""Is a day of the past or the future, by the words around it; for days that do not tell themselves."""

from __future__ import annotations

import re

# Auxiliaries that put "on Thursday" ahead of the day of writing; looked for shortly before it.
_FUTURE = re.compile(
    r"\b(?:will|is to|are to|going to|plans? to|set to|due|scheduled|expected to|ska|skall|kommer att|väntas"
    r"|planerar|wird|werden|soll|sollen|will|wollen|geplant)\b[^.!?\n]*$|['’]ll\b[^.!?\n]*$",
    re.IGNORECASE,
)
_FUTURE_WINDOW = 60
# In Swedish and German the finite verb follows an opening weekday, in English the subject does.
_FUTURE_VERB = re.compile(
    r"[^\S\n]{1,3}(?:ska|skall|kommer|väntas|planerar|wird|werden|soll|sollen|will|wollen|möchte)\b"
)
_FUTURE_CLAUSE = re.compile(
    r",?(?:[^\S\n][^\W\d]{1,20}){1,5}[^\S\n](?:will|is to|are to|plans? to|is expected to)\b"
)
# The same auxiliaries tell what is said to have happened: "ska ha rånat", "soll am Dienstag geflohen sein".
_HEARSAY = re.compile(
    r"\bska(?:ll)?(?:[^\S\n][^\W\d]{1,20}){0,3}[^\S\n]ha(?:[^\S\n][^\W\d]{1,20})?[^\S\n][^\W\d]{1,20}ts?\b"
    r"|\bsoll(?:en)?\b(?:[^.!?\n]|(?<=\d)\.){0,120}(?:t|en)[^\S\n](?:worden[^\S\n])?(?:haben|sein)\b",
    re.IGNORECASE,
)
_HEARSAY_WINDOW = 100


def lies_ahead(text: str, start: int, end: int) -> bool:
    """Is the sentence around a day about the future, by its auxiliary before or right after it?"""
    if _FUTURE.search(text, max(0, start - _FUTURE_WINDOW), start) or _FUTURE_VERB.match(text, end):
        return not _HEARSAY.search(text, max(0, start - _FUTURE_WINDOW), end + _HEARSAY_WINDOW)
    opening = text[max(0, start - 5) : start].strip() in ("On", "") or start < 4
    return opening and bool(_FUTURE_CLAUSE.match(text, end))
