"""How much of something a sentence speaks of: all, none, most, half, two of three; and which of it a claim overstates.

Only quantities said in words of Swedish, German and English; knows nothing of what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verify.numbers import find_numbers

# "Of the three", "1-of-4": what stands between a part and its whole.
_OF_WHOLE = re.compile(
    r"[\s-](?:out of|of|von|av|der|in)[\s-](?:(?:all|the|its|their|his|her|these|those|de|dessa|sina|deras|hans|hennes"
    r"|den|allen|diesen|ihren|seinen|insgesamt|totalt)\s)*", re.IGNORECASE
)
# "Every two hours", "alle drei Jahre" and "all over" count nothing.
_NO_COUNT = (
    r"(?!(?:\w+ )?(?:sekund|minut|stunde|timm|tag|dag|dygn|woch|veck|monat|månad|jahr|år|second|hour|day|week|month"
    r"|year)"
    r"|(?:over|but|time|kinds|sorts|that|this|it|in all)\b|möglich)"
)
_NOT = r"(?<!above )(?<!after )(?<!at )(?<!not )(?<!inte )(?<!nicht )"
_EVERYTHING = r"(?:all|alla|alle[rn]?|samtliga|sämtliche[rn]?)"
_NEARLY = r"(?:nearly|almost|virtually|nästan|näst intill|så gott som|fast|beinahe|nahezu|annähernd)"
# A ratio is read as itself and as its two numbers, so that a part's whole is one of the next ones.
_AHEAD = 3
_ALL, _NONE = (1.0, 1.0), (0.0, 0.0)
# Words, the shares of which they are true in a claim, and those that they leave open in evidence.
_WORDS: tuple[tuple[str, tuple[float, float], tuple[float, float]], ...] = (
    (rf"{_NEARLY} (?:every|{_EVERYTHING})\b", (0.8, 1.0), (0.8, 0.99)),
    (rf"{_NOT}\b{_EVERYTHING}\s{_NO_COUNT}(?=\w)", _ALL, _ALL),
    (rf"{_NOT}\b(?:both|båda|bägge|beide[nrs]?)\b(?! (?:and|och|als)\b)", _ALL, _ALL),
    (r"\b(?:every (?:one|single one)|each|var och en|varenda en|jede[rs]?(?: einzelne)?) (?:of|av|der)\b", _ALL, _ALL),
    (r"\b(?:none|neither|ingen|inget|inga|keine[rs]?) (?:of|av|der|von)\b", _NONE, _NONE),
    (r"\b(?:most (?:of|\w+s\b)|the majority|de flesta|flertalet|merparten|die meisten|den meisten|die mehrheit)",
     (0.51, 1.0), (0.51, 0.99)),
    (r"\b(?:half (?:of|the)|hälften|die hälfte|der hälfte)\b", (0.4, 0.6), (0.4, 0.6)),
    (r"\b(?:a third|one third|en tredjedel|ein drittel) (?:of|av|der)\b", (0.3, 0.36), (0.3, 0.36)),
    (r"\b(?:a quarter|en fjärdedel|ein viertel) (?:of|av|der)\b", (0.22, 0.28), (0.22, 0.28)),
    (r"\b(?:some|several|a few|några|vissa|en del|einige|manche|ein teil) (?:of|av|der)\b", (0.01, 1.0), (0.01, 0.6)),
    (r"\b(?:one of (?:the two|the pair)|ena? av (?:de båda|båda)|eine?[srn]? (?:der|von) (?:beiden|den beiden))\b",
     (0.5, 0.5), (0.5, 0.5)),
)
_PATTERNS = tuple((re.compile(words, re.IGNORECASE), claimed, told) for words, claimed, told in _WORDS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text: the shares (0…1) that make it true as a claim, and those it tells as evidence."""

    start: int
    text: str
    claimed: tuple[float, float]
    told: tuple[float, float]


def find_quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of `text`; a part of a whole ("two of the three", "en av de båda") is one, not its words."""
    found = list(_parts(text, language))
    taken = [(one.start, one.start + len(one.text)) for one in found]
    for pattern, claimed, told in _PATTERNS:
        for match in pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                found.append(Quantity(match.start(), match[0].strip(), claimed, told))
                taken.append(match.span())
    return tuple(found)


def overstated(claim: str, claim_language: str, best: str, language: str) -> tuple[str, str] | None:
    """A quantity of the claim that none of the sentence's makes true, with one of those; None when there is none."""
    told = find_quantities(best, language)
    for asked in find_quantities(claim, claim_language):
        if told and not any(one.told[0] <= asked.claimed[1] and asked.claimed[0] <= one.told[1] for one in told):
            return asked.text, told[0].text
    return None


def _parts(text: str, language: str | None) -> Iterator[Quantity]:
    numbers = [one for one in find_numbers(text, language) if not one.unit and not one.measure]
    for part, whole in ((one, other) for i, one in enumerate(numbers) for other in numbers[i + 1 : i + 1 + _AHEAD]):
        if part.text.lower() in ("a", "an") or not _OF_WHOLE.fullmatch(text, part.end, whole.start):
            continue  # German "an der 16. Bahn" is no part of sixteen
        if 0 < part.values[0] < whole.values[0]:
            share = part.values[0] / whole.values[0]
            yield Quantity(part.start, text[part.start : whole.end], (share, share), (share, share))
