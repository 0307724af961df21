"""Between which days an undated article must have been written, as far as its own page proves it.

Lower bound: the latest full date that a caption or the text tells as past. Upper bound: the © year or an
update. Without both there is no estimate: half a range says nothing one could show.
"""

from __future__ import annotations

import re
from datetime import date

from ingest.dates import find_dates
from ingest.metadata.cues import names_credit
from ingest.metadata.layout import Layout

_COPYRIGHT_YEAR = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,60}?(?<!\d)((?:19|20)\d\d)(?!\d)(?:\s?[-–]\s?((?:19|20)\d\d))?",
    re.IGNORECASE,
)
_MAX_TEXT = 20_000


def estimate_range(layout: Layout, language: str, updated: str | None) -> tuple[str, str] | None:
    """(from, to) as ISO days, or None when the page does not prove both ends."""
    latest = _not_after(layout, updated)
    if latest is None:
        return None
    photos = "\n".join(
        line
        for line, kind in zip(layout.lines, layout.kinds, strict=True)
        if kind in ("caption", "credit") or (names_credit(line) and not _COPYRIGHT_YEAR.search(line))
    )
    days = [
        mention.earliest
        for mention in find_dates(photos[:_MAX_TEXT], language)
        if mention.precision == "day" and mention.earliest is not None and mention.earliest.year >= 1990
    ]
    proven = [day for day in days if day <= latest]
    return (max(proven).isoformat(), latest.isoformat()) if proven else None


def _not_after(layout: Layout, updated: str | None) -> date | None:
    if updated:
        return date.fromisoformat(updated[:10])
    years = [
        int(match[2] or match[1])
        for line in layout.lines[layout.last_body + 1 :]
        for match in [_COPYRIGHT_YEAR.search(line)]
        if match
    ]
    return date(max(years), 12, 31) if years else None
