"""What a web address tells: domain and, where the path spells it out, the day of publication."""

from __future__ import annotations

import re
from datetime import date

_ADDRESS = re.compile(r"^(?:https?://|www\.)(?P<host>[^/\s:?#]{3,253})(?P<path>[^\s]{0,2000})", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>20[012]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")


def read_address(*candidates: str | None) -> str | None:
    """The first of `candidates` that is a web address."""
    return next((text for text in candidates if text and _ADDRESS.match(text)), None)


def domain(address: str | None) -> str | None:
    """The host of a web address without "www."; None when it is not one."""
    match = _ADDRESS.match(address or "")
    return match["host"].lower().removeprefix("www.") if match else None


def date_in_address(address: str | None) -> date | None:
    """The day a path such as /2024/02/08/ or /20240208- names."""
    match = _ADDRESS.match(address or "")
    found = (_DAY.search(match["path"]) or _COMPACT.search(match["path"])) if match else None
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:  # 31 February
        return None
