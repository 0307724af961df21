"""The plain controls above the question box into what the answerer is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.chat.texts import TEXTS
from assistant.errors import SettingsError
from assistant.records import EVERYTHING, Filters

QUOTES, MODEL = "quotes", "model"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search is restricted to, and whether a model may write."""

    filters: Filters = EVERYTHING
    quotes_only: bool = False


ANYTHING = Wanted()


def read_controls(
    languages: Sequence[str], publishers: Sequence[str], since: str | None, until: str | None, mode: str | None,
    interface: str,
) -> Wanted:
    """What the controls say; raises SettingsError for what is no date."""
    first, last = (_read_day(text, interface) for text in (since, until))
    return Wanted(Filters(tuple(languages), tuple(publishers), (), first, last), mode == QUOTES)


def _read_day(text: str | None, interface: str) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingsError(TEXTS[interface]["no_date"].format(text=text.strip()[:40])) from error
