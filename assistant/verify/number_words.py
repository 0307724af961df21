"""Number words, scales and units of Swedish, German and English, as tables built once.

It knows nothing of texts; `assistant.verify.numbers` reads them there.
"""

from __future__ import annotations

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
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
)
# Say a number without being one: they may stand for it in the evidence, and are never asked for.
_STAND_INS = {
    1: "a an en one ett ein eine einen einem einer eines single ensam enda einzige einzigen once einmal",
    2: "both båda bägge beide beiden beider couple par paar pair twice zweimal double dubbel dubbelt "
    "doppelt twin duo zweiten zweiter zweites tvåa",
    3: "trio triple trippel dreifach dreimal thrice dritten dritter drittes trea",
    0: "no none inga ingen inget kein keine keinen nil",
    0.5: "half halva hälften halb halbe hälfte halvt halv halben",
    12: "dozen dussin dutzend",
}


@lru_cache(maxsize=1)
def number_words() -> dict[str, float]:
    """Number word (lower case) → value, for 0 to 99 and the hundreds written as one word."""
    table: dict[str, float] = {}
    for language, line in (("en", _EN_ONES), ("sv", _SV_ONES), ("de", _DE_ONES)):
        ones = line.split()
        table.update((word, value) for value, word in enumerate(ones))
        for ten, tens in enumerate(_TENS[language].split(), start=2):
            table[tens] = ten * 10
            if language == "sv":
                table[tens + "en"] = ten * 10 + 1
            for one, word in enumerate(ones[1:10], start=1):
                compound = f"{word}und{tens}" if language == "de" else f"{tens}{word}"
                table[compound] = table[f"{tens}-{word}"] = ten * 10 + one
        hundred = {"en": " hundred", "sv": "hundra", "de": "hundert"}[language]
        table.update((word + hundred, value * 100) for value, word in enumerate(ones[:20]) if value)
    table.update(
        {"dreissig": 30, "hundra": 100, "hundert": 100, "hundred": 100, "fünfhundert": 500, "zwo": 2}
    )
    for article in ("ett", "ein", "one"):
        table.pop(article, None)
    return table


@lru_cache(maxsize=1)
def ordinal_words() -> dict[str, float]:
    """Ordinal word (lower case) → value; German ones in their weak endings too."""
    table: dict[str, float] = {}
    for line in _ORDINALS:
        for value, word in enumerate(line.split(), start=1):
            table[word] = value
            if word.endswith("te") or word == "erste":
                table.update((word + ending, value) for ending in ("n", "r", "s", "m"))
    return table


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, float]:
    """Words that may stand for a number in the evidence ("both" for 2), lower case → value."""
    return {word: value for value, line in _STAND_INS.items() for word in line.split()}


_SCALES: dict[float, str] = {
    1e3: "thousand thousands tusen tusentals tausend k tkr",
    1e6: "million millions miljon miljoner millionen mio mn mln milj m mkr",
    1e9: "milliard miljard miljarder milliarde milliarden mrd mdr md bn mdkr",
    1e12: "biljon biljoner billionen trillion trillions tn",
}


@lru_cache(maxsize=1)
def scale_words() -> dict[str, tuple[float, ...]]:
    """Scale word (lower case) → its possible values; "billion" means another thing in German."""
    table: dict[str, tuple[float, ...]] = {
        w: (scale,) for scale, line in _SCALES.items() for w in line.split()
    }
    table["billion"] = table["billions"] = (1e9, 1e12)
    return table


_UNITS = {
    "%": "% percent percentage pct procent procents proc prozent procentenheter procentenhet procentig "
    "prozentpunkte "
    "prozentpunkten prozentige procentiga",
    "USD": "$ us$ dollar dollars dollarn usd",
    "EUR": "€ euro euros eur",
    "GBP": "£ pound pounds pund pfund gbp",
    "SEK": "kr kronor kronors krona kronen sek",
    "JPY": "¥ yen",
}


@lru_cache(maxsize=1)
def unit_words() -> dict[str, str]:
    """Unit word or sign (lower case) → unit: "%" or a currency code."""
    return {word: unit for unit, line in _UNITS.items() for word in line.split()}


# Unit word → (dimension, size in the dimension's base unit); translations convert between them.
_MEASURES = {
    "length": {
        1.0: "m meter meters metre metres metern metrar",
        1e3: "km kilometer kilometers kilometre kilometres kilometern",
        1e4: "mil",
        1609.3: "mile miles mi meile meilen",
        0.3048: "foot feet ft fuß fuss fot",
        0.0254: "inch inches tum zoll",
        0.9144: "yard yards",
        0.01: "cm centimeter centimetern zentimeter zentimetern centimetre centimetres centimeters",
        0.001: "mm millimeter millimetern",
    },
    "speed": {1.0: "km/h km/tim kph", 1.6093: "mph"},
    "weight": {
        1.0: "kg kilo kilos kilogram kilograms kilogramm",
        0.4536: "pound pounds lb lbs pund pfund",
        1e3: "ton tons tonne tonnes tonnen",
        0.02835: "ounce ounces oz",
    },
    "area": {1.0: "hektar hectare hectares", 0.4047: "acre acres"},
    "volume": {1.0: "liter litern litre litres liters", 3.785: "gallon gallons gallonen"},
}


@lru_cache(maxsize=1)
def measures() -> dict[str, tuple[str, float]]:
    """Unit word (lower case) → its dimension and its size in the dimension's base unit."""
    return {
        word: (dimension, size)
        for dimension, sizes in _MEASURES.items()
        for size, line in sizes.items()
        for word in line.split()
    }
