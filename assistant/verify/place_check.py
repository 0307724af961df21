"""Places of the table of aliases, and their peoples, also in lower case: "Prag", "den finska regeringen".

It knows nothing of other names; `assistant.verify.name_check` does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.verify.name_index import index_names, thing
from assistant.verify.words import read_words

_ADJECTIVE = re.compile(r"isch(?:e[nmrs]?)?$|(?:sk|skt|ska)$")


def strange_places(claim: str, told: str, best: str) -> tuple[str, ...]:
    """Places of `claim` that `told` does not know by any form, where its sentence `best` has one the claim lacks."""
    words = read_words(claim)
    asked: dict[str, str] = {}
    alone = list(words)
    for one, other in pairwise(words):
        if found := _located(thing(f"{one.folded} {other.folded}")):
            asked[found] = f"{one.text} {other.text}"
            # The kingdom of the United Kingdom is none for itself.
            alone = [word for word in alone if word not in (one, other)]
    asked |= {found: word.text for word in alone if (found := _place(word.text, word.folded))}
    if not asked:
        return ()
    if not any(map(_located, index_names(best).things - index_names(claim).things)):
        return ()
    return tuple(word for found, word in asked.items() if found not in index_names(told).things)


def _place(text: str, folded: str) -> str | None:
    named = text[0].isupper() or _ADJECTIVE.search(folded)
    return _located(thing(folded)) if named and len(text) > 1 else None


def _located(found: str | None) -> str | None:
    """The thing, unless it is an office, a feast, a party or a point of the compass, which languages tell otherwise."""
    return None if found is None or found.startswith("~") else found
