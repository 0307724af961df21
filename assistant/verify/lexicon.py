"""The word tables of verification, read once from the .tsv files beside this module; # starts a remark.

`aliases` (thing, forms in any language), `antonyms` (pair, language, one side, other side), `negators`
(language, words that deny, words that imply it), `function_words`, `plain_capitals`,
`institutions`, `grave` (what is said of somebody, language, forms).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from assistant.verify.places import place_names
from assistant.verify.words import fold

LANGUAGES = ("sv", "de", "en")


def _rows(name: str) -> Iterator[list[str]]:
    text = files("assistant.verify").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def aliases() -> dict[str, str]:
    """Folded word or phrase → the thing it names; a stem keeps its trailing star. Places come from CLDR as well."""
    table = {fold(form.strip()): row[0] for row in _rows("aliases.tsv") for form in row[1].split(",")}
    stems = tuple(form[:-1] for form in table if form.endswith("*"))
    places: dict[str, str] = {}
    for place, names in place_names():
        single = [name for name in names if " " not in name] or names
        if not any(name in table or name.startswith(stems) for name in single):  # the table knows it by more forms
            places |= dict.fromkeys(names, place)
    return places | table


@lru_cache(maxsize=8)
def antonyms(language: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Lower-case form of one language (all for an unknown one) → its (pair, side) entries, side +1 or -1.

    A form that matches only as it stands keeps a leading "=".
    """
    table: dict[str, list[tuple[str, int]]] = {}
    for pair, row_language, left, right in _rows("antonyms.tsv"):
        if row_language != language and language in LANGUAGES:
            continue
        for side, line in ((1, left), (-1, right)):
            for form in line.split(","):
                table.setdefault(form.strip(), []).append((pair, side))
    return {form: tuple(entries) for form, entries in table.items()}


@lru_cache(maxsize=8)
def negators(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words that deny, and words or stems (with a star) that imply a denial; all for an unknown language."""
    strong: set[str] = set()
    weak: set[str] = set()
    for row_language, denying, implying in _rows("negators.tsv"):
        if row_language == language or language not in LANGUAGES:
            strong.update(denying.split(","))
            weak.update(implying.split(","))
    return frozenset(strong), tuple(sorted(weak))


@lru_cache(maxsize=1)
def plain_capitals() -> frozenset[str]:
    """Folded words that often have a capital and are no names: days, months, titles, time zones, numbers."""
    return frozenset(fold(form) for row in _rows("plain_capitals.tsv") for form in row[0].split(" "))


@lru_cache(maxsize=1)
def institutions() -> frozenset[str]:
    """Folded words of offices, bodies, works and places that other languages translate."""
    return frozenset(fold(form) for row in _rows("institutions.tsv") for form in row[0].split(" "))


@lru_cache(maxsize=8)
def grave_forms(language: str) -> dict[str, tuple[str, ...]]:
    """Each grave thing said of somebody → its forms in `language`; a stem keeps its star, a sign of it its tilde."""
    rows = [row for row in _rows("grave.tsv") if row[1] == language]
    return {row[0]: tuple(form.strip() for form in row[2].split(",")) for row in rows}


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Folded words that carry no content, in three languages."""
    return frozenset(fold(form.strip()) for row in _rows("function_words.tsv") for form in row[0].split(" "))
