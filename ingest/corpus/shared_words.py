"""Words in a form that languages share, so that names, numbers and dates match across them.

"Lomviks", "Größe", "38.000" and "März" become "lomvik", "grosse", "38000" and "month3".
"""

from __future__ import annotations

import re
import unicodedata

from ingest.dates.vocabulary import months

# "Ferrolyts" and "Ferrolyt"; shorter words are seldom names in the genitive. The first five letters alone, which would
# also match cognates, cost across languages: hit@1 .921 against .926 (xling, 181 questions).
SHORTEST_GENITIVE = 6
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([ \u00a0\u2009\u202f.,'’])\d{3})(?:\1\d{3})*(?!\d)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
# "£340m", "12km": the number is what others write too.
_UNIT = re.compile(r"(?<![^\W_])(\d+)(?=[^\W\d_])")
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d"})


def plain_numbers(text: str) -> str:
    """The text with 38 000, 38.000 and 38,000 written 38000, a decimal comma as a point, and units apart."""
    whole = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    return _UNIT.sub(r"\1 ", _DECIMAL.sub(".", whole))


def shared_words(text: str, language: str) -> list[str]:
    """The words of a text, in order, in the form that languages share."""
    named = months(language)
    words = _WORD.findall(plain_numbers(unicodedata.normalize("NFKC", text)).casefold())
    return [f"month{named[word]}" if word in named else _shared(word) for word in words]


def _shared(word: str) -> str:
    if word[0].isdigit():
        return word
    parts = unicodedata.normalize("NFD", word.translate(_LETTERS))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain[:-1] if len(plain) >= SHORTEST_GENITIVE and plain.endswith("s") else plain
