"""Countries and well-known cities as Swedish, German and English write them, from the Unicode CLDR by way of babel.

A country's name is given as a stem where it is long enough, so that its people and their adjective meet it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.verify.words import read_words

# Shorter stems would meet other words: "mali" is in "malign".
_SHORTEST_STEM = 5
# What languages add to the stem of a country: Estland and Estonia stay apart, Slovakien and Slowakei do not.
_COUNTRY_ENDING = re.compile(r"(?:istan|ien|iet|ia|ei|ie)$")


def place_names() -> Iterator[tuple[str, frozenset[str]]]:
    """Each place with its folded names of one or two words; a stem keeps a trailing star."""
    from babel import Locale  # takes a tenth of a second, and most claims need no place

    forms: dict[str, set[str]] = {}
    for language in ("sv", "de", "en"):
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            if len(code) == 2:
                forms.setdefault(code, set()).update(_forms(name, country=True))
        for zone, names in locale.time_zones.items():
            if "city" in names and not zone.startswith("Etc/"):
                english = zone.rpartition("/")[2].replace("_", " ")
                for name in (names["city"], english):
                    forms.setdefault(zone, set()).update(_forms(name, country=False))
    yield from ((place, frozenset(names)) for place, names in forms.items())


def _forms(name: str, *, country: bool) -> Iterator[str]:
    words = [word.folded for word in read_words(name.replace("\xad", ""))]
    if not words or len(words) > 2 or any(len(word) < 3 for word in words):
        return
    yield " ".join(words)
    if len(words) > 1:
        return
    stem = _COUNTRY_ENDING.sub("", words[0]) if country else words[0]
    if len(stem) >= _SHORTEST_STEM:
        yield f"{stem}*"
