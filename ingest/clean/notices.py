"""Lines that are known by their form on any page: readers' comments, boxes about the author, calls and adverts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ingest.clean.hints import Mask, line_words
from ingest.clean.page import Reading

_COMMENTS = re.compile(
    r"(?:\d+\s)?(?:(?:leser|läsar)?kommentare?r?|comments?|replies|responses|reactions)\s?(?:\(?\d+\)?)?\s?:?$"
    r"|(?:\d+|one|two|three)\s(?:thoughts?|repl(?:y|ies)|responses?|comments?)\s(?:on|to)\s",
    re.IGNORECASE,
)
_COMMENTS_STARTS = ("komm", "comm", "lese", "läsa", "repl", "resp", "reac", "one ", "two ", "thre")
# "trambo77 says: …", "Karin E., 3.5., 10:12: …"; nobody's name in a comment is a sentence.
_SPEAKER = re.compile(r"[^:.!?]{1,40}(?:\.,?[^:!?]{0,24})?(?:\d\d:\d\d)?: ?\S")
_AFTER = 0.5  # share of the page's prose above: a button of this name stands above an interview
_AUTHOR = re.compile(
    r"(?:über (?:den|die) autor(?:in|en|innen)?|zur person|zum autor|zur autorin|om (?:författaren|skribenten)"
    r"|about the (?:author|writer)s?)\s?:?$",
    re.IGNORECASE,
)
_AUTHOR_STARTS = ("über d", "zum au", "zur au", "om för", "om skr", "about ")
_BIO = 60  # words
_ADVERT = re.compile(
    r"(?:annons|anzeigen?|kleinanzeige|werbung|reklam|advertisement|advertorial|sponsored|sponsrat)\s?[:–—|]\s",
    re.IGNORECASE,
)
_ADVERT_STARTS = ("anno", "anze", "klei", "werb", "rekl", "adve", "spon")
_ARROW = re.compile(r"[→▶►➤➜»›]\s+[^.]+[^.:]$")  # one that is no sentence
_TICKER = re.compile(r"\+{2,3}\s[^+]+\s\+{2,3}\s[^+]+\+{2,3}$")  # items in one line; a single one heads a paragraph
_URGES = re.compile(r"Jetzt\s[^.!?,]*\b\w+en\sund\s[^.!?,]*\w+en!$")  # "Jetzt anmelden und Vorteile sichern!"
_LEFT = re.compile(
    r"\b(?:\d+|one|no|ett|inga|einen|keine)\s(?:free|gratis|kostenlosen?|kostenfreien?|kostnadsfria?)\s?(?:articles?|artikel|artiklar)\s"
    r"(?:left|remaining|kvar|übrig|frei)\b|\bgratisartiklar kvar\b",
    re.IGNORECASE,
)
_VOTES = ("vote now", "vote here", "rösta nu", "rösta här", "jetzt abstimmen", "hier abstimmen", "stimmen sie ab")
_SHORT = 25  # words: longer lines are paragraphs


def comments(reading: Reading) -> Mask:
    """What readers say in "name: text" right below a heading for comments, and the heading."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    texts = _texts(reading)
    late = _after_half(reading)
    going = False
    for n, text in enumerate(texts):
        heads = late[n] and _opens(text, _COMMENTS_STARTS) and _COMMENTS.match(text) is not None
        mask[n] = going = heads or (going and _SPEAKER.match(text) is not None)
    return mask


def author_boxes(reading: Reading) -> Mask:
    """A heading "About the author" and the short paragraph below it."""
    mask = np.zeros(len(reading.judged), dtype=bool)
    for n, text in enumerate(_texts(reading)):
        if text[:6].lower() in _AUTHOR_STARTS and _AUTHOR.match(text):
            mask[n : n + 2] = line_words(reading)[n : n + 2] <= _BIO
    return mask


def calls(reading: Reading) -> Mask:
    """Short lines that advertise, count the articles left to read, urge, ask for a vote; tickers of teasers."""
    return _short(reading, [_calls(text) for text in _texts(reading)])


def arrows(reading: Reading) -> Mask:
    """Short lines behind an arrow that are no sentence: mostly links, now and then items of an article."""
    pointing = [text[0] in "→▶►➤➜»›" and _ARROW.match(text) is not None for text in _texts(reading)]
    return _short(reading, pointing)


def _short(reading: Reading, told: Sequence[bool]) -> Mask:
    mask: Mask = (line_words(reading) <= _SHORT) & np.array(told, dtype=bool)
    return mask


def _calls(text: str) -> bool:
    first = text[0]
    if first == "+":
        return _TICKER.match(text) is not None
    if first == "J" and text[-1] == "!":
        return _URGES.match(text) is not None
    if text[:4].lower() in _ADVERT_STARTS and _ADVERT.match(text):
        return True
    tail = text[-20:].lower()
    return tail.rstrip(" !.").endswith(_VOTES) or ("rti" in text and _LEFT.search(text) is not None)


def _opens(text: str, starts: Sequence[str]) -> bool:
    return text[0].isdigit() or text[:4].lower() in starts


def _after_half(reading: Reading) -> Mask:
    """Which lines stand below half of the page's prose, short lines not counted."""
    prose = np.cumsum(line_words(reading) * (reading.prose > 0))
    found: Mask = prose > prose[-1] * _AFTER if len(prose) else np.zeros(0, dtype=bool)
    return found


def _texts(reading: Reading) -> list[str]:
    return [reading.lines[i].plain or " " for i in reading.judged]
