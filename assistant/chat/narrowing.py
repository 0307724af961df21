"""The plain controls above the question box into what the answerer is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from assistant.chat.show.labels import date_label, language_label
from assistant.chat.texts import TEXTS
from assistant.errors import SettingsError
from assistant.records import EVERYTHING, Answer, Filters, Length

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


def tell_narrowed(answer: Answer, filters: Filters, interface: str) -> Answer:
    """The answer with what it was restricted to in its notice: that the articles don't tell may be due to it."""
    texts, days = TEXTS[interface], (("since", filters.published_from), ("until", filters.published_to))
    what = [*(language_label(code, interface) for code in filters.languages), *filters.publishers,
            *(f"{texts[name]} {date_label(day.isoformat(), interface)}" for name, day in days if day)]
    if not what:
        return answer
    told = texts["narrowed"].format(what=", ".join(what))
    return replace(answer, notice=f"{answer.notice} {told}" if answer.notice else told)


def _read_day(text: str | None, interface: str) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise SettingsError(TEXTS[interface]["no_date"].format(text=text.strip()[:40])) from error
