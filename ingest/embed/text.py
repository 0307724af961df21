"""What is done to a text before any tokenizer sees it, and how texts are grouped into batches."""

from __future__ import annotations

import re

from ingest.errors import PassageTooLongError

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what tokenizers and endpoints cannot take: NUL and lone surrogates."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\0", " "))


def cut_long(text: str, size: int) -> list[str]:
    """Pieces of at most `size` characters, cut at a space where there is one."""
    pieces = []
    while len(text) > size:
        at = text.rfind(" ", 1, size)
        at = at if at > 0 else size
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def batches(lengths: list[int], budget: int) -> list[list[int]]:
    """Indices grouped shortest first, each group at most `budget` tokens when padded to its longest."""
    groups: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if groups and (len(groups[-1]) + 1) * lengths[i] <= budget:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def too_long(text: str, size: str, limit: int) -> PassageTooLongError:
    """The error for a passage that is `size` long where the model sees `limit` tokens."""
    return PassageTooLongError(
        f"a passage of {size} is longer than the {limit} tokens the embedding model sees; "
        f"split it smaller: “{clean(text[:60])}…”"
    )
