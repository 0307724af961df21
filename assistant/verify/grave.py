"""What must not be said of anybody whom the evidence does not say it of: convicted, dead, arrested, resigned.

Charged is not convicted and missing is not dead, though sentences that say so are near each other in words and in
meaning. It knows nothing of who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.verify.denial import denials
from assistant.verify.lexicon import grave_forms


def untold_graveness(claim: str, claim_language: str, told: str, told_language: str) -> tuple[str, ...]:
    """The grave words of `claim`, unless it denies something, for which `told` has none; none for unknown languages."""
    if denials(claim, claim_language):
        return ()
    answered = _patterns(told_language)
    return tuple(
        found[0] for thing, (asked, _) in _patterns(claim_language).items()
        if thing in answered and (found := asked.search(claim)) and not answered[thing][1].search(told)
    )


@lru_cache(maxsize=8)
def _patterns(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """For each grave thing what says it, and what says it or is a sign of it: a funeral, a prison."""
    return {
        thing: (_pattern([form for form in forms if not form.startswith("~")]), _pattern(forms))
        for thing, forms in grave_forms(language).items()
    }


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(form.strip("~*")).replace(r"\ ", r"\s+") + r"\w*" * form.endswith("*") for form in forms)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
