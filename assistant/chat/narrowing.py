"""The plain controls above the question box into what the answerer is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from assistant.chat.texts import TEXTS
from assistant.errors import SettingsError
from assistant.records import EVERYTHING, Filters, Length

QUOTES, MODEL = "quotes", "model"
LENGTHS: tuple[Length, ...] = get_args(Length)
# The control for the answer's language: that of the question.
AS_ASKED = "as asked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search is restricted to, whether a model may write, and the answer's language and length."""

    filters: Filters = EVERYTHING
    quotes_only: bool = False
    language: str | None = None
    length: Length = "normal"


ANYTHING = Wanted()


def read_controls(
    languages: Sequence[str], publishers: Sequence[str], since: str | None, until: str | None, mode: str | None,
    language: str | None, length: str | None, interface: str,
) -> Wanted:
    """What the controls say; raises SettingsError for what is no date."""
    first, last = (_read_day(text, interface) for text in (since, until))
    filters = Filters(tuple(languages), tuple(publishers), (), first, last)
    size: Length = next((one for one in LENGTHS if one == length), "normal")
    return Wanted(filters, mode == QUOTES, language if language in TEXTS else None, size)


def _read_day(text: str | None, interface: str) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingsError(TEXTS[interface]["no_date"].format(text=text.strip()[:40])) from error
