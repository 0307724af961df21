"""Does the evidence say a doubtful name in its own language, as far as an embedding can tell?

A table cannot know how every chamber, treaty, drug or town is called elsewhere. It knows nothing of what makes a name
doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verify.contrast import take_out, worth
from assistant.verify.evidence import Similarity
from assistant.verify.lexicon import function_words
from assistant.verify.plain_words import in_dictionary, is_plain_word
from assistant.verify.words import Word, read_words

# Logistic weights for a name that is not said: what its words are worth to the claim (per .01, at most one), how near
# the nearest words of the evidence are (per .05 over .87), whether rules take it for missing, whether it is a plain
# word, whether dictionaries of the claim's language have all of it, as they have few persons. Fitted on 1,800 names of
# development stories and paragraphs. In five folds by story, untouched names taken for missing fall from 33 to 24 on
# the paragraphs, on which no rule was made, and altered names found rise from .77 to .82.
_WORTH = -1.75
_NEAR = -2.0
_RULED = 3.65
_PLAIN = -2.1
_LISTED = -1.2
_START = -0.55
# Of 1,227 untouched development sentences .035 are flagged for anything at 1.0 and .036 here, of 681 altered names .836
# and .855.
_MISSING = 0.6
# So far from the limit the nearest words, which cost the most, decide nothing any more.
_CLEAR = 2.5


def is_unsaid(
    claim: str, language: str, words: Sequence[Word], told: str, *, ruled: bool, similarity: Similarity
) -> bool:
    """Whether the sentence `told`, in another language, does not say the `words` of `claim` that may be a name.

    `language` is the claim's, `ruled` tells that rules take the name for missing.
    """
    plain = all(is_plain_word(word.text, language) for word in words)
    listed = all(in_dictionary(word.text, language) for word in words)
    if (plain or listed) and not ruled:
        return False
    gain = worth(claim, take_out(claim, words), told, similarity)
    level = _START + _RULED * ruled + _PLAIN * plain + _LISTED * listed
    level += _WORTH * min(max(gain * 100, -1.0), 1.0)
    if abs(level - _MISSING) < _CLEAR:
        level += _NEAR * (_nearest(claim[words[0].start : words[-1].end], told, similarity) - 0.87) / 0.05
    return level > _MISSING


def _nearest(name: str, told: str, similarity: Similarity) -> float:
    """The cosine of the word or pair of words of `told` that is nearest to `name`."""
    pieces = sorted(_pieces(told))
    if not pieces:
        return 0.0
    vectors = similarity([name, *pieces])
    return float((vectors[1:] @ vectors[0]).max())


def _pieces(text: str) -> set[str]:
    words = read_words(text)
    bare = [word.folded in function_words() for word in words]
    single = {word.text for word, empty in zip(words, bare, strict=True) if not empty}
    pairs = zip(words, words[1:], bare, bare[1:], strict=False)
    return single | {text[a.start : b.end] for a, b, first, last in pairs if not (first or last)}
