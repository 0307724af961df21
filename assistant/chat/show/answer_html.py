"""Answers as HTML: paragraphs, citation chips, and a mark at each sentence that is not fully supported."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.show.escape import escape, lang
from assistant.chat.show.labels import SHAPES, date_label
from assistant.chat.show.reasons import tell_reasons
from assistant.chat.texts import TEXTS
from assistant.records import Answer, Citation, Sentence
from assistant.wording import DIFFERING, DIFFERING_DATES

_MARKER = re.compile(r"\[(\d{1,6})\]")
_NEXT_MARKER = re.compile(r"[ \t]{0,16}\[\d{1,6}\]")
_HIDDEN = re.compile(r"\[\d{1,6}\]|\*\*|__")
# What stands before who says it where articles differ: read apart from it.
DIFFERENCES = (*DIFFERING.values(), *DIFFERING_DATES.values())
_GLOSS = re.compile(r"(?: \([^()]*\))?")
_BULLET = re.compile(r"[ \t]*(?:[-*•–][ \t]+|#{1,6}[ \t]+)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and where it ends in the answer's text, its markers included."""

    sentence: Sentence
    start: int
    end: int


def place_sentences(text: str, sentences: Sequence[Sentence]) -> list[Placed]:
    """Find each sentence in the text, markers and emphasis signs aside; those not found are left out."""
    bare, origins = _strip_markers(text)
    placed: list[Placed] = []
    cursor = 0
    for sentence in sentences:
        start = text.find(sentence.text, cursor) if sentence.text else -1
        end = start + len(sentence.text)
        if start < 0:
            found = bare.find(sentence.text, bisect_left(origins, cursor)) if sentence.text else -1
            if found < 0:
                continue
            start, end = origins[found], origins[found + len(sentence.text) - 1] + 1
        while marker := _NEXT_MARKER.match(text, end):
            end = marker.end()
        placed.append(Placed(sentence, start, end))
        cursor = end
    return placed


def render_answer(answer: Answer, turn: int, interface: str, *, linked: bool = False) -> str:
    """The answer's text with chips; `turn` numbers the exchange that chips and cards belong to.

    Chips open their card by the page's script, or are plain links when `linked`, for a page without one.
    """
    chips = {
        citation.marker: _link(citation, turn) if linked else render_chip(citation, turn, interface)
        for citation in answer.citations
    }
    places = place_sentences(answer.text, answer.sentences)
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    paragraphs = []
    for start, end in _lines(answer.text):
        inner = _render_line(answer.text, start, end, places, chips, quotes, interface)
        paragraphs.append(_paragraph(answer.text[start:end], inner, answer.language))
    return "".join(paragraphs)


def render_draft(text: str) -> str:
    """Text that is still being written, with its markers as chips that do nothing yet."""
    paragraphs = []
    for start, end in _lines(text):
        line = text[start:end]
        inner = _chipped(_without_bullet(line), {})
        paragraphs.append(_paragraph(line, inner, None))
    return "".join(paragraphs)


def render_chip(citation: Citation, turn: int, interface: str) -> str:
    """A marker as a small link to its source; a button would break off from its word at the end of a line."""
    texts, key = TEXTS[interface], f"{turn}-{citation.marker}"
    date = date_label(citation.published_at, interface) if citation.published_at else texts["undated"]
    label = f"{citation.publisher or citation.article}, {date}, {texts[citation.verdict]}"
    spoken = texts["source"].format(marker=citation.marker, label=label)
    return (
        f'<a class="chip {citation.verdict}" href="#source-{key}" data-source="{key}" aria-label="{escape(spoken)}">'
        f"{citation.marker}</a>"
    )


def _link(citation: Citation, turn: int) -> str:
    return f'<a class="chip" href="#source-{turn}-{citation.marker}">{citation.marker}</a>'


def _render_line(
    text: str, start: int, end: int, places: Sequence[Placed], chips: dict[int, str], quotes: dict[int, str],
    interface: str,
) -> str:
    bullet = _BULLET.match(text, start, end)
    position = bullet.end() if bullet else start
    pieces = []
    for place in places:
        if place.end <= position or place.start >= end:
            continue
        stop = min(place.end, end)
        pieces.append(_chipped(text[position:max(position, place.start)], chips))
        inner = _sentence(text[max(position, place.start):stop], place.sentence, chips, quotes)
        pieces.append(_judged(inner, place.sentence, interface, closing=stop == place.end))
        position = stop
    pieces.append(_chipped(text[position:end], chips))
    return "".join(pieces)


def _sentence(text: str, sentence: Sentence, chips: dict[int, str], quotes: dict[int, str]) -> str:
    """A sentence that is nothing but a quote (and what a day in it means) shows who says it, then the quote."""
    quote = quotes.get(sentence.citations[0], "") if len(sentence.citations) == 1 else ""
    who, found, rest = text.partition(quote) if quote else ("", "", text)
    if not found or not who.endswith(": ") or not _GLOSS.fullmatch(sentence.text.partition(quote)[2]):
        return _chipped(text, chips)
    differs = next((opening for opening in DIFFERENCES if who.startswith(opening)), "")
    told = f'<span class="differs"><span aria-hidden="true">≠</span> {escape(differs.rstrip("– "))}</span> '
    said = f'<span class="who">{escape(who[len(differs):-2])}</span> <q dir="auto">{escape(quote)}</q>'
    return (told if differs else "") + said + _chipped(rest, chips)


def _judged(inner: str, sentence: Sentence, interface: str, *, closing: bool) -> str:
    if sentence.verdict == "supported":
        return inner
    badge = ""
    if closing:
        told = escape(tell_reasons(sentence.reasons, interface))
        why = f' <span class="why">{told}</span>' if told else ""
        shape = f'<span aria-hidden="true">{SHAPES[sentence.verdict]}</span>'
        words = escape(TEXTS[interface][sentence.verdict])
        badge = f' <span class="badge {sentence.verdict}">{shape} {words}{why}</span>'
    return f'<span class="sentence {sentence.verdict}">{inner}</span>{badge}'


def _chipped(text: str, chips: dict[int, str]) -> str:
    pieces, position = [], 0
    for match in _MARKER.finditer(text):
        number = int(match[1])
        chip = chips.get(number, escape(match[0])) if chips else f'<span class="chip idle">{number}</span>'
        before = text[position:match.start()].rstrip(" \t")
        # A narrow no-break space keeps the chip on the line of the word it belongs to.
        pieces.append(escape(before.replace("**", "")) + "\u202f" + chip)
        position = match.end()
    pieces.append(escape(text[position:].replace("**", "")))
    return "".join(pieces)


def _paragraph(line: str, inner: str, language: str | None) -> str:
    kind = ' class="item"' if _BULLET.match(line) else ""
    return f'<p{kind}{lang(language)} dir="auto">{inner}</p>'


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end():] if bullet else line


def _lines(text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match[0].strip()]


def _strip_markers(text: str) -> tuple[str, list[int]]:
    """The text without markers and emphasis signs, and where each of its characters stood."""
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for match in _HIDDEN.finditer(text):
        piece = text[position:match.start()]
        piece = piece.rstrip(" \t") if match[0][0] == "[" else piece
        pieces.append(piece)
        origins.extend(range(position, position + len(piece)))
        position = match.end()
    pieces.append(text[position:])
    origins.extend(range(position, len(text)))
    return "".join(pieces), origins
