"""Ordinals, fractions, scales and units of Swedish, German and English, as tables built once.

It knows nothing of texts; `assistant.verify.numbers` reads them there.
"""

from __future__ import annotations

from functools import lru_cache

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
)
# Say a number without being one: they may stand for it in the evidence, and are never asked for.
_STAND_INS = {
    1: "a an en one ett ein eine einen einem einer eines single ensam enda einzige einzigen once einmal",
    2: "both båda bägge beide beiden beider couple par paar pair twice zweimal double dubbel dubbelt "
    "doppelt twin duo zweiten zweiter zweites zweier zweien tvåa",
    3: "trio triple trippel dreifach dreimal thrice dritten dritter drittes dreier dreien trea",
    0: "no none inga ingen inget kein keine keinen nil",
    0.5: "half halva hälften halb halbe hälfte halvt halv halben halbes halber",
    12: "dozen dussin dutzend noon midday mittag mittags",
    20: "score tjog",
}
# "World War II" may stand for the second; single letters are initials.
_ROMAN = "II III IV VI VII VIII IX XI XII XIII XIV XV XVI"
_ROMAN_VALUES = (2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16)


@lru_cache(maxsize=1)
def roman_numerals() -> dict[str, float]:
    """Roman numerals of two letters and more, in capitals, up to 16 → value."""
    return dict(zip(_ROMAN.split(), _ROMAN_VALUES, strict=True))


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


_FRACTIONS = {
    2: "half halves halvor",
    3: "third thirds tredjedel tredjedelar drittel drittels",
    4: "quarter quarters fjärdedel fjärdedelar viertel",
    5: "fifth fifths femtedel femtedelar fünftel",
    6: "sixth sixths sjättedel sjättedelar sechstel",
    8: "eighth eighths åttondel åttondelar achtel",
    10: "tenth tenths tiondel tiondelar zehntel",
}


@lru_cache(maxsize=1)
def fraction_words() -> dict[str, int]:
    """What follows a number that is a part of something, lower case → its denominator."""
    return {word: part for part, line in _FRACTIONS.items() for word in line.split()}


_SCALES: dict[float, str] = {
    12: "dozen dussin dutzend",
    100: "hundred hundra hundert",
    1e3: "thousand thousands tusen tusentals tausend tsd k tkr",
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
    "%": "% percent pct procent procents proc prozent procentig prozentige procentiga",
    "%-points": "percentage procentenheter procentenhet prozentpunkt prozentpunkte prozentpunkten",
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


# 0 is a degree of an unknown scale.
_DEGREES = {1.0: "celsius °c ºc", 5 / 9: "fahrenheit °f ºf", 0.0: "degree degrees grad graden grader ° º"}

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
    "speed": {
        1.0: "km/h km/tim kph stundenkilometer stundenkilometern kilometersperhour kilometresperhour "
        "kilometerprostunde kilometernprostunde kilometeritimmen",
        1.6093: "mph milesperhour milesanhour meilenprostunde",
    },
    "weight": {
        1.0: "kg kilo kilos kilogram kilograms kilogramm",
        0.4536: "pound pounds lb lbs pund pfund",
        1e3: "ton tons tonne tonnes tonnen",
        0.02835: "ounce ounces oz",
    },
    "area": {
        1.0: "hektar hectare hectares",
        0.4047: "acre acres",
        100.0: "km² quadratkilometer quadratkilometern kvadratkilometer squarekilometers squarekilometres",
        259.0: "squaremile squaremiles quadratmeilen",
        1e-4: "m² quadratmeter quadratmetern kvadratmeter squaremeters squaremetres",
        9.29e-6: "squarefoot squarefeet",
    },
    "time": {
        1 / 3600: "second seconds sekund sekunder sekunde sekunden",
        1 / 60: "minute minutes minut minuter minuten",
        1.0: "hour hours timme timmar timmars stunde stunden",
        24.0: "day days dag dagar dygn tag tage tagen",
        168.0: "week weeks vecka veckor woche wochen",
        336.0: "fortnight fortnights",
        730.5: "month months månad månader monat monate monaten",
        8766.0: "year years år jahr jahre jahren",
        87660.0: "decade decades årtionde årtionden decennium decennier jahrzehnt jahrzehnte jahrzehnten",
    },
    "volume": {1.0: "liter litern litre litres liters", 3.785: "gallon gallons gallonen"},
}


@lru_cache(maxsize=1)
def measures() -> dict[str, tuple[str, float]]:
    """Unit word (lower case) → its dimension and its size in the dimension's base unit."""
    return {
        word: (dimension, size)
        for dimension, sizes in (*_MEASURES.items(), ("temperature", _DEGREES))
        for size, line in sizes.items()
        for word in line.split()
    }
