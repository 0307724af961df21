"""Lines that are known by their form on any page: readers' comments, boxes about the author, calls and adverts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.clean.hints import Mask, line_words
from ingest.clean.page import Reading

_COMMENTS = re.compile(
    r"(?:\d+\s)?(?:(?:leser|läsar)?kommentare?r?|comments?|replies|responses|reactions)\s?(?:\(?\d+\)?)?\s?:?$"
    r"|(?:\d+|one|two|three)\s(?:thoughts?|repl(?:y|ies)|responses?|comments?)\s(?:on|to)\s",
    re.IGNORECASE,
)
# "trambo77 says: …", "Karin E., 3.5., 10:12: …"; nobody's name in a comment is a sentence.
_SPEAKER = re.compile(r"[^:.!?]{1,40}(?:\.,?[^:!?]{0,24})?(?:\d\d:\d\d)?: ?\S")
_AFTER = 0.5  # share of the page's prose above: a button of this name stands above an interview
_AUTHOR = re.compile(
    r"(?:über (?:den|die) autor(?:in|en|innen)?|zur person|zum autor|zur autorin|om (?:författaren|skribenten)"
    r"|about the (?:author|writer)s?)\s?:?$",
    re.IGNORECASE,
)
_BIO = 60  # words
_ADVERT = re.compile(
    r"(?:annons|anzeigen?|kleinanzeige|werbung|reklam|advertisement|advertorial|sponsored|sponsrat)\s?[:–—|]\s",
    re.IGNORECASE,
)
_ARROW = re.compile(r"[→▶►➤➜»›]\s+[^.]+[^.:]$")  # one that is no sentence
_TICKER = re.compile(r"\+{2,3}\s[^+]+\s\+{2,3}\s[^+]+\+{2,3}$")  # items in one line; a single one heads a paragraph
_URGES = re.compile(r"Jetzt\s[^.!?,]*\b\w+en\sund\s[^.!?,]*\w+en!$")  # "Jetzt anmelden und Vorteile sichern!"
_LEFT = re.compile(
    r"\b(?:\d+|one|no|ett|inga|einen|keine)\s(?:free|gratis|kostenlosen?|kostenfreien?|kostnadsfria?)\s?"
    r"(?:articles?|artikel|artiklar)\s(?:left|remaining|kvar|übrig|frei)\b",
    re.IGNORECASE,
)
_ASIDES = frozenset(
    (
        "like this|article continues below|story continues below|continue reading below|"
        "advertisement continue reading below|article continues after advertisement|"
        "story continues below advertisement|article continues below advertisement|"
        "artikeln fortsätter under annonsen|artikeln fortsätter efter annonsen|artikeln fortsätter nedan|"
        "texten fortsätter under annonsen|weiter nach der anzeige|artikel geht nach der anzeige weiter|"
        "der artikel geht nach der anzeige weiter|artikel wird nach der anzeige fortgesetzt"
    ).split("|")
)
_ASIDE = 60  # characters
_WORDS = re.compile(r"\w+")
# How a call to vote ends, "Vote now!", and what a line that counts the articles left holds.
_VOTES = tuple(
    call + end
    for call in ("ote now", "ote here", "östa nu", "östa här", "tzt abstimmen", "er abstimmen")
    for end in ("", "!", ".")
)
_REST = ("rticle left", "rticles left", "rticles remaining", "rtiklar kvar", "rtikel übrig", "rtikel frei")
_SIGNS = frozenset("0123456789+→▶►➤➜»›")
# The first letters of all that is looked for by how a line begins.
_STARTS = frozenset(
    "komm|comm|lese|läsa|repl|resp|reac|one |two |thre|über|zur |zum |om f|om s|abou|anno|anze|klei|werb|rekl|adve|"
    "spon|jetz".split("|")
) | frozenset(aside[:4] for aside in _ASIDES)
_SHORT = 25  # words: longer lines are paragraphs


@dataclass(frozen=True, slots=True)
class Notices:
    """Which judged lines are readers' comments, boxes about the author, adverts or calls, and links behind arrows."""

    comments: Mask
    authors: Mask
    calls: Mask
    arrows: Mask


def find_notices(reading: Reading) -> Notices:
    """The notices of a page; only lines that begin as one does are looked at."""
    texts = [reading.lines[i].plain or " " for i in reading.judged]
    likely = [n for n, text in enumerate(texts) if text[0] in _SIGNS or text[:4].lower() in _STARTS]
    words = line_words(reading)
    comments, authors, calls, arrows = np.zeros((4, len(texts)), dtype=bool)
    half = _half(reading)
    for n in likely:
        text = texts[n]
        if n >= half and _COMMENTS.match(text):
            comments[n : _run_end(texts, n + 1)] = True
        elif _AUTHOR.match(text):
            authors[n : n + 2] = words[n : n + 2] <= _BIO
        elif words[n] <= _SHORT:
            calls[n], arrows[n] = _calls(text), _ARROW.match(text) is not None
    for n in _telling(texts):
        calls[n] |= words[n] <= _SHORT
    return Notices(comments, authors, calls, arrows)


def _run_end(texts: Sequence[str], start: int) -> int:
    """Where the lines from `start` on in which somebody is named and speaks end."""
    return next((n for n in range(start, len(texts)) if not _SPEAKER.match(texts[n])), len(texts))


def _half(reading: Reading) -> int:
    """The first line that stands below half of the page's prose."""
    prose = np.cumsum(line_words(reading) * (reading.prose > 0))
    return int(np.searchsorted(prose, prose[-1] * _AFTER, side="right")) if len(prose) else 0


def _calls(text: str) -> bool:
    """Is the line, by how it begins, an advert, a ticker or a call?"""
    if any(form.match(text) for form in (_TICKER, _URGES, _ADVERT)):
        return True
    return len(text) < _ASIDE and " ".join(_WORDS.findall(text.lower())) in _ASIDES


def _telling(texts: Sequence[str]) -> list[int]:
    """The lines that end in a call to vote or count the articles left to read."""
    found = [n for n, text in enumerate(texts) if text.endswith(_VOTES)]
    page = "\n".join(texts)
    if any(sign in page for sign in _REST):
        found += [n for n, text in enumerate(texts) if _LEFT.search(text)]
    return found
