"""Numbers in words, one to a hundred, by language."""

from __future__ import annotations

_ONES = {
    "sv": "ett två tre fyra fem sex sju åtta nio",
    "de": "ein zwei drei vier fünf sechs sieben acht neun",
    "en": "one two three four five six seven eight nine",
}
_TEENS = {
    "sv": "tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
}
_TENS = {
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety hundred",
}
_ARTICLES = {
    "sv": {"en": 1},
    "de": {"einem": 1, "einer": 1, "eine": 1, "einen": 1, "beiden": 2},
    "en": {"a": 1, "an": 1},
}
_COMPOUND = {"sv": "{ten}{one}", "de": "{one}und{ten}", "en": "{ten}-{one}"}


def _numbers(language: str) -> dict[str, int]:
    ones = {word: place for place, word in enumerate(_ONES[language].split(), start=1)}
    teens = {word: place for place, word in enumerate(_TEENS[language].split(), start=10)}
    tens = {word: 10 * place for place, word in enumerate(_TENS[language].split(), start=2)}
    compounds = {
        _COMPOUND[language].format(ten=ten, one=one): tens[ten] + ones[one]
        for ten in tens for one in ones if tens[ten] < 100
    }  # fmt: skip
    return {**_ARTICLES[language], **ones, **teens, **tens, **compounds}


NUMBERS: dict[str, dict[str, int]] = {language: _numbers(language) for language in _ONES}
# Digits or any word, to be looked up in `NUMBERS`: a list of all of them takes regular expressions long to compile.
NUMBER = r"\d{1,3}|[^\W\d_]{1,18}(?:-[^\W\d_]{3,5})?"
