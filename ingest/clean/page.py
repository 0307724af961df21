"""A page as the cleaner sees it: its lines, which of them are second copies, and their features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.clean.duplicates import line_keys, repeated_runs, teasers
from ingest.clean.features import Matrix, column, line_features
from ingest.clean.lines import SourceLine, split_lines
from ingest.clean.sequence import prose_words, sequence_features
from ingest.clean.signs import Flags


@dataclass(frozen=True, slots=True)
class Reading:
    """All lines of a page; `judged` are the indices of those outside second renderings, in order.

    `keys` name equal lines alike. `teasers` (indices into `lines`) are cut copies of another line.
    `features` has one row per judged line; `flags` one column, telling which features are above zero;
    `words` are the lines' word counts, `prose` those of lines that read like sentences of an article.
    """

    lines: tuple[SourceLine, ...]
    keys: tuple[str, ...]
    judged: tuple[int, ...]
    teasers: frozenset[int]
    features: Matrix
    flags: Flags
    words: Matrix
    prose: Matrix


def read_page(text: str) -> Reading:
    """The lines of `text` with all that is needed to judge them."""
    return read_lines(split_lines(text))


def read_lines(lines: Sequence[SourceLine]) -> Reading:
    """Lines of one page with all that is needed to judge them."""
    keys = line_keys(lines)
    copies = repeated_runs(keys)
    judged = [i for i in range(len(lines)) if i not in copies]
    kept = [lines[i] for i in judged]
    counts = Counter(keys[i] for i in judged)
    repeated = {n for n, i in enumerate(judged) if counts[keys[i]] > 1}
    cut = teasers([keys[i] for i in judged])
    features = sequence_features(line_features(kept, repeated, cut))
    return Reading(
        tuple(lines),
        tuple(keys),
        tuple(judged),
        frozenset(judged[n] for n in cut),
        features,
        np.ascontiguousarray((features > 0).T),
        np.expm1(column(features, "log_words")),
        prose_words(features),
    )
