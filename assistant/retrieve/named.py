"""The publisher a question names ("according to EU Reporter", "enligt …", "laut …"): a preference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.retrieve.fusion import Candidate

# In standard deviations of the dense scores: more than what parts the first places, less than a filter.
PUBLISHER_BONUS = 1.5
_CUE = re.compile(
    r"(?:according to|reported by|reports? (?:by|in|from)|article in|by|in|from|enligt|hos|uppger|skriver|i|från|av"
    r"|laut|nach angaben (?:von|des|der)|zufolge|berichtet|schreibt|meldet|bei|im|in der|in den|von|vom|aus)"
    r"(?: the| der| die| das| den| dem)?\s+[\"“„”'‘]?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[\"”“’']?\s+(?:say|says|said|report|reports|reported|write|writes|wrote|skriver|skrev|rapporterar|uppger|berättar"
    r"|säger|sa|schreibt|schrieb|berichtet|berichtete|meldet|meldete|zufolge)\b",
    re.IGNORECASE,
)


def named_publishers(question: str, publishers: Iterable[str]) -> tuple[str, ...]:
    """The publishers that a question names; a name of one word, which may be any word, only as a source."""
    return tuple(name for name in publishers if _names(question, name))


def _names(question: str, name: str) -> bool:
    start = question.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not (question[start - 1 : start].isalnum() or question[end : end + 1].isalnum())
        cued = _CUE.search(question[max(0, start - 40) : start]) or _SAYS.match(question, end)
        if whole and (" " in name.strip() or cued):
            return True
        start = question.find(name, end)
    return False


def prefer_publishers(
    candidates: Iterable[Candidate], publisher_of: dict[str, str], named: Sequence[str]
) -> None:
    """Raise the scores of candidates by a named publisher; `publisher_of` is by article id."""
    for candidate in candidates:
        publisher = publisher_of.get(candidate.passage.article_id)
        if publisher in named:
            candidate.score += PUBLISHER_BONUS
            candidate.why.append(f"by {publisher} +{PUBLISHER_BONUS:.2f}")
