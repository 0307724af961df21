"""Which outlet a flattened page is from: "© NAME 2024", "Reporter på NAME", "Source: NAME" …"""

from __future__ import annotations

import re

from ingest.metadata.layout import Layout
from ingest.metadata.masthead import find_masthead

_PART = r"[^\W\d_a-zåäöüß][\w.’'&+-]*"
_NAME = rf"(?P<name>{_PART}(?:\s(?:{_PART}|och|und|and|of|the|der|die|för|&)){{0,4}})"
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|\b[Cc]opyright\b|\bCOPYRIGHT\b)\s*(?:©\s*)?(?:by\s)?"
    rf"(?:(?:19|20)\d\d\s?(?:[-–]\s?(?:20)?\d\d\s?)?[,.]?\s?)?(?:by\s)?{_NAME}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_STAFF = re.compile(
    rf"^(?:[Rr]eporter|[Jj]ournalist|[Rr]edaktör|[Kk]rönikör|[Rr]edakteur(?:in)?|[Kk]orrespondent(?:in)?|[Ee]ditor"
    rf"|[Ss]taff [Ww]riter|[Cc]orrespondent)\s(?:på|at|bei|beim|för|for|der|des|von|with)"
    rf"\s(?:the\s|der\s|die\s)?{_NAME}"
)
_STAFF_STARTS = frozenset("RrJjKkEeSsCc")
_ORIGIN = re.compile(
    rf"^(?:Source|Källa|Quelle|Originally published (?:by|in|on)|Ursprungligen publicerad (?:i|av)"
    rf"|Zuerst erschienen (?:bei|in|auf))\s?:?\s{_NAME}\s*$"
)
_SELF = re.compile(
    rf"^{_NAME}\s(?:är|ist|is|publicerar|publishes|veröffentlicht|erscheint|rapporterar|berichtet|grundades|wurde\s"
    r"gegründet|was founded|bevakar|covers|informiert)\b"
)
_OUTLET = re.compile(
    r"\b(?:magazin|magazine|tidning|\w*tidning\w*|newspaper|\w*zeitung|news|nyheter|nachrichten\w*|nyhetssajt|portal"
    r"|media|medien|journalism\w*|journalistik|articles?|artiklar|artikel|redaktion\w*|outlet|publisher)\b",
    re.IGNORECASE,
)
_NOT_OUTLET = re.compile(
    r"\b(?:getty|reuters|afp|dpa|apa|tt|ap|epa|imago|shutterstock|istock|alamy|scanpix|keystone"
    r"|picture alliance|efe|all rights|alle rechte|rights reserved|foto|photo|bild|image|google"
    r"|facebook|twitter|meta|youtube|instagram|wikipedia|wikimedia|commons|copyright|this|dieser?|denna|artikel|article|we|wir|vi|it|es|det)\b",
    re.IGNORECASE,
)
# "Marlow Media Ltd. All rights reserved": the name ends before the legal form or the reservation.
_AFTER_NAME = re.compile(
    r"[.,]?\s(?:(?:AB|AG|AS|ASA|Co|Corp|Company|GmbH|Inc|KG|LLC|Limited|Ltd|Oy|PLC|plc|S\.A|SE|mbH)(?=[\s.,&]|$)"
    r"|(?:All|Alle|Alla)(?:\s[Rr](?:ights|echte|ättigheter)|$))"
)
_ENOUGH = 2.0  # one plain statement, or two hints


def find_publisher(layout: Layout, title: int | None = None) -> str | None:
    """The outlet's name as the page has it, at its head or where it speaks of itself; None when nothing states it.

    `title` is the index of the title's line: the name at the head stands above it.
    """
    name = find_masthead(layout, title)
    return name if name and not _NOT_OUTLET.search(name) else _stated(layout)


def _stated(layout: Layout) -> str | None:
    """The name that the page's notices, bylines and sources have, with enough of them behind it."""
    votes: dict[str, float] = {}
    after = min(layout.last_body, len(layout.lines))
    for line, index in {line: index for index, line in enumerate(layout.lines)}.items():
        if index <= after and layout.kinds[index] == "body":
            continue
        for name, weight in _votes(layout, index, line[:300], after):
            if not _NOT_OUTLET.search(name) and len(name) > 2:
                votes[name] = votes.get(name, 0.0) + weight
    hints = dict(votes)
    for name in hints:  # "Epoch Times" speaks for "Svenska Epoch Times" when the page has both
        votes[name] += sum(
            weight for other, weight in hints.items() if other != name and f" {other} " in f" {name} "
        )
    if not votes:
        return None
    name, weight = max(votes.items(), key=lambda pair: (pair[1], len(pair[0])))
    return name if weight >= _ENOUGH else None


def _votes(layout: Layout, index: int, line: str, after: int) -> list[tuple[str, float]]:
    """(name, weight) for each hint the line gives."""
    votes: list[tuple[str, float]] = []
    copyright_line = (
        _COPYRIGHT.search(line)
        if "©" in line or "opyright" in line or "OPYRIGHT" in line or "(c)" in line
        else None
    )
    if copyright_line and (index > after or _is_notice(line)) and _YEAR.search(line) and "/" not in line:
        votes.append((_trim(copyright_line["name"]), 3.0))
    staff = _STAFF.match(line) if line[:1] in _STAFF_STARTS else None
    if staff and len(line) < 200:
        votes.append((_trim(staff["name"]), 2.0))
    origin = _ORIGIN.match(line) if index > after and len(line) < 60 else None
    if origin:
        votes.append((_trim(origin["name"]), 2.5))
    dropped = layout.kinds[index] not in ("body", "standfirst") and len(line) > 40
    described = _SELF.match(line) if dropped and line[0].isupper() else None
    if described and _OUTLET.search(line):
        votes.append((_trim(described["name"]), 2.0))
    if index > after and _masthead(layout, index):
        votes.append((line, 2.0))
    return votes


def _is_notice(line: str) -> bool:
    """A short line that begins with the copyright sign."""
    return line.startswith(("©", "Copyright", "(c)", "(C)")) and len(line) < 80


def _masthead(layout: Layout, index: int) -> bool:
    """A short capitalised line whose next line describes a news outlet in general terms."""
    line = layout.lines[index]
    following = layout.lines[index + 1] if index + 1 < len(layout.lines) else ""
    if not 2 < len(line) < 60 or len(following) < 60:
        return False
    return (
        1 <= len(line.split()) <= 5
        and all(word[0].isupper() for word in line.split())
        and len(following.split()) >= 12
        and bool(_OUTLET.search(following))
        and bool(
            re.match(
                r"(?:Das|Die|Der|Det|Den|The|A|En|Ett|Ein|Eine|Wir|Vi|We|Your|Din|Dein|Ihre?)\b", following
            )
        )
        and layout.counts[line] <= 3
    )


def _trim(name: str) -> str:
    """`name` without its legal form and what follows it, without a joining word or full stop at its end."""
    name = _AFTER_NAME.split(name, maxsplit=1)[0]
    return re.sub(r"(?:\s(?:och|und|and|of|the|der|die|för|&))+$", "", name.rstrip(" .,&")).strip(" .,")
