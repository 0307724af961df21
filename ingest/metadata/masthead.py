"""The outlet's name at the head of a flattened page: "Talheimer Bote", "Bergbyposten – tidningen för dalen".

A name at the head may as well be a section or a sister paper; so it counts only with a word outlets are named
with, a slogan that says what it is, an address of the same name, or a copyright line. None otherwise.
"""

from __future__ import annotations

import re
import unicodedata

from ingest.metadata.cues import names_credit, names_menu
from ingest.metadata.layout import Layout

_HEAD = 6  # lines at the head in which the name is looked for; below stand menus and lists of sections
_ROW = 12  # lines: "NRK TV", "NRK Radio", "NRK Super" below each other are what one outlet offers
_MOST_WORDS, _MOST = 5, 45  # words and characters of a name
_SLOGAN = re.compile(r"\s+[-–—|·:]\s+")
_WORD = re.compile(r"[\w.'’+-]*[^\W_][\w.'’+-]*|&")
_SITE = re.compile(r"[^\W\d_][\w-]{2,}\.[a-z]{2,7}")
# What is for outlets alone, at the end of a word in Swedish and German.
_NAMED = re.compile(
    r"(?:zeitung|anzeiger|kurier|rundschau|blatt|morgenpost|abendpost|landpost|tagespost|bote|presse"
    r"|tidning(?:en)?|dagblad(?:et)?|bladet|posten|kuriren|allehanda|(?<=\w)nytt|bloggen"
    r"|gazette|courier|herald|ledger|tribune|chronicle|examiner|advertiser|echo|telegraph)"
)
# What names outlets and sections alike: more has to speak for it, or two more words.
_MAYBE = frozenset(
    "weekly daily review journal observer times post radio bulletin magazine magazin news nyheter nytt nachrichten "
    "online".split()
)
_SMALL = frozenset("och und and of the der die das & am im".split())
_ENDING = re.compile(rf"(?P<stem>\w*?)-?{_NAMED.pattern}")
# "Digitale Zeitung", "Senaste nytt", "E-tidning", "Tageszeitung": what a page offers, not what it is called.
_OFFERS = frozenset(
    "die das der den det the our my your unsere ihre meine vår din latest new digitale digitala aktuelle "
    "neueste letzte senaste dagens heutige mer mehr more alla alle all lokale lokala world local top breaking freie "
    "politische sport e tages dags wochen papper pappers online schüler kunden amts merk falt daten "
    "annons gratis in und och and från aus from".split()
)
_TELLS = re.compile(
    r"(?:\w+\s){0,2}(?:zeitung|magazin|magazine|tidning(?:en)?|newspaper|paper|news|nyheter|nachrichten|portal|blog\w*"
    r"|sajt|sajten|site|website|journal|nyhetssajt|wochenzeitung|tageszeitung)\s"
    r"(?:för|für|for|aus|om|about|from|i|in|im|på|auf|to|över|über|and|und|och|der|des|von|av|of)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:@|//|www\.)(?:[\w-]+\.)*?([\w-]+)(?:\.co)?\.[a-z]{2,}(?![\w.-])|^([\w-]+)\.[a-z]{2,}(?:/\S*)?$")
_NOTICE = 200  # characters: a longer line is no notice or contact
_RIGHTS = ("©", "opyright", "(c)")


def find_masthead(layout: Layout, title: int | None) -> str | None:
    """The name that stands above the title; None when none is sure, or when two are (sister papers)."""
    first = min(layout.first_body, len(layout.lines))
    end = min(_HEAD, first, title if title is not None else first)
    hosts = _hosts(layout)
    found: dict[str, str] = {}
    for index in range(end):
        if layout.bullets[index] or layout.kinds[index] in ("body", "title", "date", "byline", "caption"):
            continue
        name = _name(layout, index, hosts)
        if name is not None:
            found.setdefault(_folded(name), name)
    if len(found) != 1:
        return None
    name = next(iter(found.values()))
    start = name.split()[0]
    family = {line for line in layout.lines[:_ROW] if line.split()[:1] == [start] and start.lower() not in _OFFERS}
    return None if len({_folded(line[: len(name)]) for line in family}) > 1 else _as_written(layout, name)


def _name(layout: Layout, index: int, hosts: frozenset[str]) -> str | None:
    """The outlet that line `index` names."""
    head, *slogan = _SLOGAN.split(layout.lines[index], maxsplit=1)
    if _SITE.fullmatch(head):
        return head if index == 0 else None
    words = head.split()
    cut = next((n for n, word in enumerate(words) if names_menu(word) or word.lower() == "logo"), len(words))
    name = " ".join(words[:cut])
    if not 2 < len(name) <= _MOST or cut > _MOST_WORDS or not name[0].isupper() or names_credit(name):
        return None
    if not all(map(_is_proper, words[:cut])) or name.endswith("."):
        return None
    if _is_named(words[:cut], alone=index == 0 or names_menu(" ".join(layout.lines[:index]))):
        return name
    if cut < len(words):
        return None
    told = bool(slogan and _TELLS.match(slogan[0]) and index < 2)
    return name if told or _is_vouched(layout, words, hosts) else None


def _is_proper(word: str) -> bool:
    """May the word stand in a name: with a capital, a joining word, or what outlets are called ("Borås tidning")?"""
    capital = not word[0].islower() or word in _SMALL or bool(_ENDING.fullmatch(word))
    return capital and _WORD.fullmatch(word) is not None


def _is_named(words: list[str], *, alone: bool) -> bool:
    """Has the name a word for outlets, and something before or after it that is the outlet's own?"""
    lower = [word.lower().strip("-") for word in words]
    own = [word for word in lower if word not in _OFFERS and word != "&"]
    for word in own[:1] + own[-1:]:
        ending = _ENDING.fullmatch(word)
        if ending is None:
            continue
        stem = ending["stem"]
        if len(own) > 1 and stem not in _OFFERS:
            return True
        if alone and len(stem) > 2 and stem not in _OFFERS:
            return True
    return len(own) > 2 and own[-1] in _MAYBE


def _is_vouched(layout: Layout, words: list[str], hosts: frozenset[str]) -> bool:
    """Is there an address of the name, of its own word or of its initials, or its name in a copyright line?"""
    own = [word for word in words if word.lower() not in _MAYBE and word.lower() not in _OFFERS]
    if not own:
        return False
    names = {_folded("".join(words))}
    if len(own) < len(words):
        names.add(_folded("".join(own)))
    if len(words) > 2:
        names.add(_folded("".join(word[0] for word in words)))
    if {name for name in names if len(name) > 2} & hosts:
        return True
    name = " ".join(words).lower()
    return any(
        name in line.lower() for line in layout.lines if len(line) < _NOTICE and any(sign in line for sign in _RIGHTS)
    )


def _hosts(layout: Layout) -> frozenset[str]:
    """The names in the addresses on the page, those inside the article left out."""
    return frozenset(
        _folded(match[1] or match[2])
        for index, line in enumerate(layout.lines)
        if "." in line and len(line) < _NOTICE and layout.kinds[index] != "body"
        for match in _HOST.finditer(line)
    )


def _folded(name: str) -> str:
    """A name as addresses write it: lower case, without accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    return "".join(sign for sign in plain if sign.isalnum())


def _as_written(layout: Layout, name: str) -> str:
    """The name as the page writes it in running text, when the head has it in capitals."""
    if name.isupper():
        written = re.search(rf"\b{re.escape(name.title())}", layout.joined) or re.search(
            rf"\b{re.escape(name.title())}", layout.body
        )
        return name.title() if written else name
    return name
