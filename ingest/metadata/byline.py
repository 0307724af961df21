"""Who wrote a flattened page: names after "Av", "Von", "By", "Text:", or alone on a line with the title.

Precision first: agencies, newsrooms, the publisher and people the article speaks of are not authors.
"""

from __future__ import annotations

import re

from ingest.metadata.cues import names_credit, names_menu
from ingest.metadata.layout import Layout, words
from ingest.metadata.names import has_role, is_known, leading_name

_GENRE = (
    r"(?:kolumne|kommentar|analyse|interview|essay|gastbeitrag|gastkommentar|reportage|bericht|glosse|leitartikel"
    r"|rezension|review|analysis|opinion|comment|story|report|krönika|ledare|recension|debatt|profilbild|headshot"
    r"|text|written|skriven|skrivet|geschrieben|verfasst|artikel|meinung|photo essay)"
)
_BY = r"(?:av|von|by|of)"
# "Posted on 4 May 2024 by Anna Berg"; "Von unserer Reporterin Anna Berg".
_POSTED = r"(?:(?:posted|published|publicera[dt]|veröffentlicht)\b[^|•·]{0,40}?\s)"
_OURS = r"(?:\s(?:unsere[mnr]|vår|our)\s\w+)?"
_CUE = re.compile(
    rf"^(?:.{{0,60}}?[|•·/]\s)?(?:(?:(?:ein(?:e)?\s)?{_GENRE}\s|{_POSTED})?{_BY}{_OURS}|text|reporter(?=\s?:)|texte?\s(?:und|och|and)\s\w+|author|autor"
    r"|autorin|autorin/autor|skribent|es berichtet)(?:\s?:\s?|\s)(?P<names>\S.{3,160})$",
    re.IGNORECASE,
)
_CUE_ALONE = re.compile(
    rf"^(?:(?:(?:ein(?:e)?\s)?{_GENRE}\s)?(?:av|von|by)|text|author|autor|autorin|skribent"
    r"|author of the article)\s?:?$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,|;|&|/|\||•|·|\bund\b|\band\b|\boch\b|\bmit\b|\bwith\b|\bin\b|\bfor\b|\baus\b|\bfrån\b)\s*",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\b(?:fotos?|bild(?:er)?|photos?|photograph\w*|video)\s?:", re.IGNORECASE)
_GLUED_CUE = re.compile(r"^(?:Von|By|Av)(?=[A-ZÅÄÖÜ])")  # "VonAnna Berg", link text run together
# Below the teasers that follow an article a label still names its author; "by" there speaks of the teasers.
_LABEL = re.compile(r"(?:text|reporter|autor|autorin|author|skribent)\s?:", re.IGNORECASE)
_BELOW = 10
_PLACE = re.compile(r",\s[A-ZÅÄÖÜÉ][\w-]+(?:\s[A-ZÅÄÖÜÉ][\w-]+)?")  # "Anna Berg, Göteborg"
_NEAR = 10  # lines after the title in which a bare name is the byline


def find_author(
    layout: Layout, title: int | None, publisher: str | None, dated: frozenset[int] = frozenset()
) -> str | None:
    """The authors' names joined by ", "; None when the page does not say.

    `dated` are the lines that hold a full date: a byline often stands on or beside one.
    """
    first = min(layout.first_body, len(layout.lines))
    start = max(0, (title if title is not None else first) - 4)
    stop = min(len(layout.lines), max(first, start + 4) + 6)
    barred = frozenset(words(publisher or ""))
    for index in [*range(start, stop), *_below(layout, stop)]:
        names = [name for name in _cued(layout, index) if not set(words(name)) <= barred]
        if names:
            return ", ".join(dict.fromkeys(names))
    anchor = title if title is not None else first
    for index in range(
        max(0, anchor - 2), min(len(layout.lines), anchor + _NEAR, max(first, anchor + 1) + 1)
    ):
        if index != title:
            names = _run(layout, index, barred, dated) or _with_date(layout, index, barred, dated)
            if names:
                return ", ".join(names)
    return None


def _below(layout: Layout, stop: int) -> list[int]:
    """The lines around the end of the article, and those further down that label an author."""
    end = layout.last_body + 4
    further = range(end, min(len(layout.lines), layout.last_body + _BELOW))
    return [
        *range(max(stop, layout.last_body - 1), end),
        *(index for index in further if _LABEL.match(layout.lines[index])),
    ]


def _cued(layout: Layout, index: int) -> list[str]:
    line = layout.lines[index] if index < len(layout.lines) else ""
    if len(line) > 160 or (layout.kinds[index : index + 1] == ("body",) and len(line.split()) > 15):
        return []
    line = _GLUED_CUE.sub(r"\g<0> ", line, count=1)
    match = _CUE.match(line)
    text = match["names"] if match else ""
    if _CUE_ALONE.match(line) and index + 1 < len(layout.lines):
        text = layout.lines[index + 1]
    found: list[str] = []
    for part in _SPLIT.split(_PICTURE.split(text[:160])[0]):
        name = leading_name(part.strip(" .:"))
        if name is None and found:
            break
        if name is not None:
            found.append(name)
    return found


def _with_date(layout: Layout, index: int, barred: frozenset[str], dated: frozenset[int]) -> list[str]:
    """Names that stand on one line with a date, set off by bars or commas."""
    if index not in dated or len(layout.lines[index]) > 160:
        return []
    parts = [part.strip() for part in _SPLIT.split(layout.lines[index])]
    names = [part for part in parts if leading_name(part) == part and not set(words(part)) <= barred]
    return [name for name in names if is_known(name) or name == parts[0]][:4]


def _run(layout: Layout, index: int, barred: frozenset[str], dated: frozenset[int]) -> list[str]:
    """The name on line `index` and those on the lines right after it."""
    names: list[str] = []
    while index < len(layout.lines) and len(names) < 6:
        name = _alone(layout, index, barred, dated)
        if name is None:
            break
        names.extend([name] if name not in names else [])
        index += 1
    return names


def _alone(layout: Layout, index: int, barred: frozenset[str], dated: frozenset[int]) -> str | None:
    """A bare name, known or beside a date or with a role, that the article itself does not speak of."""
    line = layout.lines[index].strip(" ,.0123456789")
    if (
        len(line) > 60
        or names_menu(line)
        or names_credit(line)
        or layout.kinds[index] in ("caption", "credit")
    ):
        return None
    name = leading_name(line)
    if name is None or set(words(name)) <= barred or words(name)[-1] in layout.body_words:
        return None
    extra = line[len(name) :].strip()
    if _PLACE.fullmatch(extra) and bool({index - 1, index + 1} & dated):
        extra = ""
    if extra and not ((has_role(extra) and len(extra.split()) <= 4) or line[len(name) :][:1].isupper()):
        return None
    beside = not extra and index not in dated and bool({index - 1, index + 1} & dated)
    return name if is_known(name) or has_role(extra) or beside else None
