"""Names of languages, months and verdicts as the interface shows them, and the choice of its language."""

from __future__ import annotations

from functools import lru_cache

from assistant.chat.show.escape import UNKNOWN_LANGUAGE
from assistant.chat.texts import TEXTS
from assistant.records import Verdict

MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "sv": ("jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."),
}

# A shape for each verdict, so that none is told by colour alone.
SHAPES: dict[Verdict, str] = {"supported": "✓", "partly": "◐", "unsupported": "✗"}


def choose_language(accepted: str | None) -> str:
    """The interface language for a browser's Accept-Language header; English when none of ours is in it."""
    wishes = []
    for place, part in enumerate((accepted or "").split(",")[:20]):
        tag, _, weight = part.partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        if code in TEXTS:
            wishes.append((-_weight(weight), place, code))
    return min(wishes)[2] if wishes else "en"


def language_label(code: str, interface: str) -> str:
    """The name of a language in the interface's, from the Unicode CLDR; its code where that has none."""
    return _language_names(interface).get("und" if code == UNKNOWN_LANGUAGE else code, code.upper())


@lru_cache(maxsize=len(TEXTS))
def _language_names(interface: str) -> dict[str, str]:
    from babel import Locale  # takes a tenth of a second

    return {code: str(name) for code, name in Locale.parse(interface).languages.items()}


def date_label(iso: str, interface: str) -> str:
    """An ISO date as people write it ("15 Nov 2023"); anything else as it stands."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    day = f"{int(parts[2])}." if interface == "de" else str(int(parts[2]))
    return f"{day} {MONTHS[interface][int(parts[1]) - 1]} {parts[0]}"


def month_label(iso: str, interface: str) -> str:
    """A month "2023-11" as people write it ("Nov 2023"); a year as it stands."""
    return iso if len(iso) < 7 else f"{MONTHS[interface][int(iso[5:7]) - 1]} {iso[:4]}"


def also_label(count: int, interface: str) -> str:
    """In how many other outlets the same text stands."""
    return TEXTS[interface]["also_in_one" if count == 1 else "also_in"].format(count=count)


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
