"""A page as the cleaner sees it: its lines, which of them are second copies, and their features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clean.duplicates import line_key, repeated_runs, teasers
from ingest.clean.features import Matrix, line_features
from ingest.clean.lines import SourceLine, split_lines
from ingest.clean.sequence import sequence_features


@dataclass(frozen=True, slots=True)
class Reading:
    """All lines of a page; `judged` are the indices of those outside second renderings, in order.

    `keys` name equal lines alike. `teasers` (indices into `lines`) are cut copies of another line.
    `features` has one row per judged line.
    """

    lines: tuple[SourceLine, ...]
    keys: tuple[str, ...]
    judged: tuple[int, ...]
    teasers: frozenset[int]
    features: Matrix


def read_page(text: str) -> Reading:
    """The lines of `text` with all that is needed to judge them."""
    return read_lines(split_lines(text))


def read_lines(lines: Sequence[SourceLine]) -> Reading:
    """Lines of one page with all that is needed to judge them."""
    keys = [line_key(line) for line in lines]
    copies = repeated_runs(keys)
    judged = [i for i in range(len(lines)) if i not in copies]
    kept = [lines[i] for i in judged]
    counts = Counter(keys[i] for i in judged)
    repeated = {n for n, i in enumerate(judged) if counts[keys[i]] > 1}
    cut = teasers(kept)
    features = sequence_features(line_features(kept, repeated, cut))
    return Reading(tuple(lines), tuple(keys), tuple(judged), frozenset(judged[n] for n in cut), features)
