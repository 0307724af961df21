"""Is this article a copy of one already stored? Word shingles and containment, on cleaned text.

Copies share their wording: the same page under two names, a wire story reprinted, shortened or
re-headed. Different articles on one event do not, nor do translations. Containment (shared shingles
over the shorter text's shingles; Broder 1997) finds shortened copies that Jaccard similarity misses.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SHINGLE_WORDS = 5
# Of the worst class of true copies 95 % share .67 or more, of the nearest other articles 95 % share .10 or less.
COPY_CONTAINMENT = 0.6
# One shingle in four is stored (those whose hash is 0 modulo 4): enough to find candidates, which are
# then compared in full.
SAMPLE_MODULUS = 4
CANDIDATE_SHARE = 0.35
# Below this many shingles a text is only compared as a whole.
FEWEST_SHINGLES = 8
# A text longer by this factor says more than the stored one and takes its place as the original.
LONGER = 1.25


@dataclass(frozen=True, slots=True)
class Match:
    """A stored article with the same wording; `is_longer` when the new one should be the original."""

    article_id: str
    containment: float
    is_longer: bool


def shingle_text(text: str) -> frozenset[int]:
    """64-bit hashes of all runs of five words; a shorter text is one shingle."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    if len(words) < SHINGLE_WORDS + FEWEST_SHINGLES:
        return frozenset({_hash(" ".join(words))}) if words else frozenset()
    runs = zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False)
    return frozenset(_hash(" ".join(run)) for run in runs)


def sample_shingles(shingles: frozenset[int]) -> list[int]:
    """The shingles that are stored: a fixed quarter of all possible ones, all of a very short text."""
    if len(shingles) < FEWEST_SHINGLES * SAMPLE_MODULUS:
        return sorted(shingles)
    return sorted(value for value in shingles if value % SAMPLE_MODULUS == 0)


def find_original(
    shingles: frozenset[int],
    shared: Callable[[Sequence[int]], dict[str, int]],
    stored_shingles: Callable[[str], frozenset[int]],
) -> Match | None:
    """The stored article of which this text is a copy, or None.

    `shared` counts how many of some hashes each stored article has; `stored_shingles` gives all
    shingles of a stored article.
    """
    sample = sample_shingles(shingles)
    best: Match | None = None
    for article_id, count in sorted(shared(sample).items(), key=lambda item: (-item[1], item[0]))[:8]:
        other = stored_shingles(article_id)
        smaller = min(len(shingles), len(other))
        if not smaller or count < CANDIDATE_SHARE * smaller / SAMPLE_MODULUS:
            continue
        containment = len(shingles & other) / smaller
        if containment >= COPY_CONTAINMENT and (best is None or containment > best.containment):
            best = Match(article_id, containment, len(shingles) > LONGER * len(other))
    return best


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
