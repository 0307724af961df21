"""Number words of Swedish, German and English into values: "einundzwanzig", "tvåhundrafemtio", "zehnjährig".

It knows nothing of texts; `assistant.verify.numbers` reads them there.
"""

from __future__ import annotations

import re
from functools import lru_cache

_EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_SV_ONES = (
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton"
)
_DE_ONES = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn"
)
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
}
_HALVES = {"anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5, "dreieinhalb": 3.5, "viereinhalb": 4.5}
_COMPOUND = {1000.0: ("tausend", "tusen"), 100.0: ("hundert", "hundra")}
# What a number is glued to: "zehnjährig", "tvådagars", "sexårig", "dreifach", "tvåhundratalet".
_COUNTED = re.compile(
    r"(?P<number>[^\W\d_]{3,}?)s?(?:jähr|tägig|tages|stünd|minüt|monat|wöch|fach|mal|köpf|teil|stell|punkt|stöck|"
    r"jahr|år|dag|timm|minut|mån|veck|dubb|falt|siffr|mans|barns|poäng|mål|tal|våning)[^\W\d_]*"
)


def read_word(word: str) -> float | None:
    """The value of a number word in lower case, compounds included; None for any other word."""
    known = number_words().get(word, _HALVES.get(word))
    if known is not None:
        return known
    for scale, names in _COMPOUND.items():
        for name in names:
            left, found, right = word.partition(name)
            if not found:
                continue
            factor = number_words().get(left) if left not in ("", "ein", "ett", "en") else 1.0
            rest = read_word(right.removeprefix("und")) if right else 0.0
            if factor is not None and rest is not None and rest < scale:
                return factor * scale + rest
    return None


@lru_cache(maxsize=65536)
def counted_words(word: str) -> float | None:
    """The number in front of what it counts in one word: 10 for "zehnjähriger", 2 for "tvådagars"."""
    match = _COUNTED.fullmatch(word)
    return read_word(match["number"]) if match else None


@lru_cache(maxsize=1)
def number_words() -> dict[str, float]:
    """Number word (lower case) → value, for 0 to 100."""
    table: dict[str, float] = {}
    for language, line in (("en", _EN_ONES), ("sv", _SV_ONES), ("de", _DE_ONES)):
        ones = line.split()
        table.update((word, value) for value, word in enumerate(ones))
        for ten, tens in enumerate(_TENS[language].split(), start=2):
            table[tens] = ten * 10
            if language == "en":  # "in his fifties", "the nineties"
                table[f"{tens[:-1]}ies"] = ten * 10
            if language == "de":  # "in den Vierzigern"
                table[f"{tens}er"] = table[f"{tens}ern"] = ten * 10
            if language == "sv":
                table[tens + "en"] = ten * 10 + 1
            for one, word in enumerate(ones[1:10], start=1):
                compound = f"{word}und{tens}" if language == "de" else f"{tens}{word}"
                table[compound] = table[f"{tens}-{word}"] = ten * 10 + one
    table.update({"dreissig": 30, "hundra": 100, "hundert": 100, "hundred": 100, "zwo": 2})
    for article in ("ett", "ein", "one"):
        table.pop(article, None)
    return table
