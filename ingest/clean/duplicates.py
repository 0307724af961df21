"""Second renderings, repeated lines and teasers within one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from ingest.clean.lines import SourceLine

_RUN = 3  # lines: shorter repeats are often chance ("Advertisement", a name), decided line by line
_TEASER = 30  # characters: a shorter prefix of another line is more likely a heading than a cut copy


def repeated_runs(keys: Sequence[str]) -> set[int]:
    """Indices of lines in the later copies of any run of three or more lines seen before."""
    first: dict[tuple[str, ...], int] = {}
    later: set[int] = set()
    counts = Counter(keys)
    if len(counts) == len(keys):
        return later
    for index in range(len(keys) - _RUN + 1):
        if counts[keys[index]] == 1:
            continue
        run = tuple(keys[index : index + _RUN])
        seen = first.setdefault(run, index)
        # Overlap with its own first copy means one line thrice over, which is no second rendering.
        if index - seen >= _RUN and len(set(run)) > 1:
            later.update(range(index, index + _RUN))
    return later


def teasers(keys: Sequence[str]) -> set[int]:
    """Indices of lines that are a strict prefix (an ending "…" set aside) of another line of the page."""
    # Shorter lines neither are teasers nor stand between one and its longer line in sorted order.
    long = ((key.rstrip(".… ["), i) for i, key in enumerate(keys) if len(key) >= _TEASER)
    bare = sorted(pair for pair in long if len(pair[0]) >= _TEASER)
    groups = [(text, [i for _, i in same]) for text, same in groupby(bare, key=lambda pair: pair[0])]
    found: set[int] = set()
    for (text, indices), (longer, _) in pairwise(groups):
        if len(longer) > len(text) + 3 and longer.startswith(text):
            found.update(indices)
    return found


def line_keys(lines: Sequence[SourceLine]) -> list[str]:
    """What makes two lines the same: their plain text without case."""
    return "\n".join([line.plain for line in lines]).casefold().split("\n") if lines else []
