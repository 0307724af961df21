"""Is a capital word a plain word of its language and no name? Asked of dictionaries, only when it matters.

Names stand in the dictionaries of several languages, plain words mostly in one. German nouns that are words or names
elsewhere as well ("Land", "Problem") are known by their endings: a name has none but the genitive's.
"""

from __future__ import annotations

from functools import lru_cache

# A part of a compound has at least so many letters, its first one fewer before a long one ("Bar-unternehmen"); "s", "n"
# and "en" may join the parts.
_PART, _SHORT_PART, _LONG_PART = 4, 3, 7
_JOINTS = ("", "s", "n", "en", "es", "e", "o")
_DECLINED = ("e", "en", "n", "es")
_CONTRAST = {"de": ("en",), "sv": ("en",), "en": ("sv", "de")}


def is_plain_word(word: str, language: str) -> bool:
    """Whether `word` belongs to `language` alone: known there, declined there, or made of two words known there.

    Unknown languages have no plain words.
    """
    if language == "de" and any(
        _known(form + ending, language) for form in (word, word.removesuffix("s")) for ending in _DECLINED
    ):
        return True
    if any(_known(word, other) for other in _CONTRAST.get(language, (language,))):
        return False
    return _known(word, language) or (language != "en" and _is_compound(word, language))


def in_dictionary(word: str, language: str) -> bool:
    """Whether the dictionary of `language` has `word`, as a name or as a word."""
    return _known(word, language)


@lru_cache(maxsize=4096)
def _is_compound(word: str, language: str) -> bool:
    bare = word.lower()
    for place in range(_SHORT_PART, len(bare) - _PART + 1):
        if not _known(bare[place:], language):
            continue
        shortest = _SHORT_PART if len(bare) - place >= _LONG_PART else _PART
        heads = {bare[:place].removesuffix(joint) for joint in _JOINTS}
        if any(len(head) >= shortest and (_known(head, language) or _is_compound(head, language)) for head in heads):
            return True
    return False


@lru_cache(maxsize=16384)
def _known(word: str, language: str) -> bool:
    import simplemma  # its dictionaries take a second to load, and most claims need none

    return any(simplemma.is_known(form, lang=language, low_memory=True) for form in {word, word.lower(), word.title()})
