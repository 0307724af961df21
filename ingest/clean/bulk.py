"""The cheap way for pages too long to be an article: whole sentences stay, repeated and short lines go."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.clean.lines import SourceLine

# A page of more lines is a log or an archive: no page in training had 1,600, and from 10,000 on the model's
# scores drift (half of a text of equal sentences went). The model costs some 50 µs a line, this way 5.
MANY_LINES = 5_000
_WORDS = 5  # C4's line filter
_CLOSERS = "\"'”“’‘»«›‹)] "

BulkVerdict = tuple[bool, str]


def bulk_fates(lines: Sequence[SourceLine]) -> list[BulkVerdict]:
    """Whether each line stays, and why not; a page without a sentence keeps all but repetitions."""
    sentences = [_sentence(line.plain) for line in lines]
    none = not any(sentences)
    fates: list[BulkVerdict] = []
    met: set[str] = set()
    for line, sentence in zip(lines, sentences, strict=True):
        if line.plain in met:
            fates.append((False, "repeats an earlier line"))
        else:
            fates.append((sentence or none, "no whole sentence"))
        met.add(line.plain)
    return fates


def _sentence(text: str) -> bool:
    return text.count(" ") + 1 >= _WORDS and text.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))
