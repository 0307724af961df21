"""Words that a scraper glued together ("Putinand"), split for the index only, never in quoted text."""

from __future__ import annotations

import re
from functools import lru_cache

# Small words seen glued to the word before them when a page lost its links and spans. Short ones that end
# many real words (a, i, en, er, for, in, is) are left out: they gave most of the false splits.
_TAILS = {
    "en": ("and", "had", "has", "the", "from", "with", "was", "were", "that", "which", "including"),
    "sv": ("och", "som", "från", "inte", "hade", "att"),
    "de": ("und", "der", "die", "das", "mit", "von", "dass", "wurde", "nicht"),
}
_CAPITAL_ONLY = ("in", "is", "for", "on", "at", "to", "of", "but")  # "RussiaIn", never "organisationsin"
_BRANDS = frozenset({"LinkedIn", "LogIn", "SignIn", "CheckIn"})
_RARE = frozenset({"which", "including"})  # end so few words that the one before may be any dictionary word
# Everyday words made of two: they spare most pages the loading of a dictionary.
_EVERYDAY = frozenset(["eftersom", "liksom", "hiermit", "hiervon", "herefter", "therefrom", "wherewith"])

_EVERY_TAIL = {tail for tails in _TAILS.values() for tail in tails}
_SMALL = sorted({*_EVERY_TAIL, *_CAPITAL_ONLY}, key=len, reverse=True)
_LANGUAGES = {tail: language for language, tails in _TAILS.items() for tail in tails}
_WORD = re.compile(r"[^\W\d_]{6,40}")
_TAIL = re.compile(rf"(?:{'|'.join(_SMALL)})$", re.IGNORECASE)
_ALONE = re.compile(r"[^\W\d_]+")
_LEAST = 4  # letters before the small word: shorter heads are chance ("Län|der")
_SPOKEN = 2  # different small words of a language standing alone: with fewer its dictionary is not asked
_MOST = 2_000_000  # characters: a longer text is no article, and is indexed as it is


def unglue_text(text: str) -> str:
    """`text` with glued words split; made for indexing, so its offsets differ from the article's."""
    if len(text) > _MOST:
        return text
    candidates = {word for word in set(_WORD.findall(text)) if _TAIL.search(word, len(word) - 9)}
    if not candidates:
        return text
    alone = set(_ALONE.findall(text))
    spoken = {language for language, tails in _TAILS.items() if len(alone.intersection(tails)) >= _SPOKEN}
    splits = {word: split for word in candidates if (split := _split(word, alone, spoken))}
    return _WORD.sub(lambda match: splits.get(match.group(), match.group()), text) if splits else text


def _split(word: str, alone: set[str], spoken: set[str]) -> str | None:
    """`word` as two words, when it is none itself but its parts are."""
    if word in _BRANDS or word.casefold() in _EVERYDAY:
        return None
    for tail in _SMALL:
        head, end = word[: -len(tail)], word[-len(tail) :]
        if end.casefold() == tail and len(head) >= _LEAST and _two_words(word, head, end, alone, spoken):
            return f"{head} {end}"
    return None


def _two_words(word: str, head: str, end: str, alone: set[str], spoken: set[str]) -> bool:
    if end[0].isupper():  # a capital inside a word, before a small word, is a lost space
        return head in alone and end[1:].islower() and not head.isupper()
    if end in _CAPITAL_ONLY or not (head in alone or end in _RARE):
        return False
    if any(_known(word, language) for language in sorted({_LANGUAGES[end], *spoken})):
        return False
    return head in alone or _known(head, _LANGUAGES[end])


@lru_cache(maxsize=50_000)
def _known(word: str, language: str) -> bool:
    import simplemma  # a dictionary takes seconds to load and most pages need none

    return any(simplemma.is_known(form, lang=language) for form in (word, word.casefold()))
