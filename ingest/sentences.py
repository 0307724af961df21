"""Text into sentences, as character offsets; fast, for Swedish, German and English news text.

sentencex finds the borders; a merge pass mends what it does not know (Swedish abbreviations, German
ordinals, lower-case continuations) and splits what it leaves together (a dash that opens a quote).
It knows nothing of paragraphs: every line break is a border.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]

# Never the last word of a sentence, so a border after them is none, whatever follows.
_ABBREVIATIONS = {
    "sv": "t.ex bl.a d.v.s dvs s.k p.g.a pga m.a.o fr.o.m t.o.m fil tekn dr prof kl nr ca f.d i.o.m jfr resp "
          "inkl exkl st",
    "de": "z.b bzw d.h u.a s.o v.a i.d.r vgl ggf evtl bspw sog inkl zzgl abzgl fa nr bd abs hr fr hrn dr "
          "prof dipl ing med phil jur st ca",
    "en": "mr mrs ms dr prof gen col sgt lt capt rep sen gov pres rev hon st vs e.g i.e approx mt ft",
}
_ALWAYS_INSIDE = {language: frozenset(words.split()) for language, words in _ABBREVIATIONS.items()}
_EVERY_LANGUAGE = frozenset(("t.ex", "bl.a", "s.k", "z.b", "d.h", "bzw", "e.g", "i.e", "dr", "prof", "mr"))
# Often inside, sometimes last: joined only when a digit follows ("kr. 500"); lower case joins anyway.
_BEFORE_DIGITS = ("kr proc mrd mio md mkr mdkr tkr tel no fig art nos bil vol ch s p pp sid jan feb aug sept "
                  "okt oct nov dez dec ang")
_SOMETIMES_INSIDE = frozenset(_BEFORE_DIGITS.split())
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"”„“»«'’])((?:\w+\.[ ]?){0,3}\w+)\.$")
_LAST_TWO = re.compile(r"(?:^|\s)(\w{1,3}\. ?\w{1,3})\.$")
_INITIAL = re.compile(r"(?:^|[\s.(-])[A-ZÅÄÖÜ]\.$")
_ORDINAL = re.compile(r"(?:^|\s)(\w+)?\s?\b\d{1,2}\.$")
_ARTICLES = ("der die das dem den des im am vom zum zur beim ins ab bis seit und oder ein eine einen seinen "
             "seine ihren ihre ihrem seinem diesen diesem jeden jedem")
_BEFORE_ORDINAL = frozenset(_ARTICLES.split())
_MONTH_NAMES = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTHS = frozenset(_MONTH_NAMES.split())
_CONTINUES = re.compile(r"[\s\"”’»)\]]*[a-zåäöüßéèøæ]")
_OPENING = re.compile(r"\s[”\"»’]\w")
_FIRST_WORD = re.compile(r"\w+")
# Borders inside one of sentencex' segments: before a dash that opens a turn, and after an ellipsis.
_TURN = re.compile(r"(?<=[.!?…])[”\"»’]?\s+(?=[–—-]\s+[A-ZÅÄÖÜ])|(?<=…)\s+(?=[A-ZÅÄÖÜ])")
# Words sentencex 1.0 takes for abbreviations, found by putting each word of a news vocabulary last.
_WORDS = {
    "sv": "i med det kan hon ut del min maj ens sen no ont dag mm",
    "de": "mich mag di art",
    "en": "me no ill may art i co",
}
_FALSE_ABBREVIATION = {
    language: re.compile(rf"\b(?i:{words.replace(' ', '|')})\.[”\"»’)]?\s+(?=[„“”\"»«]?[A-ZÅÄÖÜ])")
    for language, words in _WORDS.items()
}
# A quotation of several sentences stays one segment; beyond this many characters it is split inside.
_LONG = 320
_INNER = re.compile(r"(?<=[a-zåäöüß0-9)][.!?])[”\"»’“]?\s+(?=[„“”\"»«]?[A-ZÅÄÖÜ])")
_TAIL = 80
# sentencex' time grows with the square of the quotation marks in a line: 32,000 take half a second, 8,000 40 ms.
_PORTION = 8_000


def split_sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) offsets of the sentences of `text`, in order, white space trimmed off.

    `language` is an ISO 639-1 code; line breaks always end a sentence.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _lines(text):
        spans.extend(_split_line(text[start:end], language, start))
    return tuple(spans)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            yield start, start + len(line)
        start += len(line)


def _split_line(line: str, language: str, offset: int) -> Iterator[tuple[int, int]]:
    for start, end in _merge(line, _segments(line, language), language):
        piece = line[start:end]
        for inner_start, inner_end in _split_inside(piece, language):
            left, right = _trim(piece, inner_start, inner_end)
            if left < right:
                yield offset + start + left, offset + start + right


def _segments(line: str, language: str) -> list[tuple[int, int]]:
    # Lone surrogates cannot cross into Rust; a replacement of the same length keeps the offsets.
    safe = line.encode("utf-8", "replace").decode("utf-8")
    borders = [
        offset + int(border["start_index"])
        for offset, end in _portions(safe)
        for border in sentencex.get_sentence_boundaries(language, safe[offset:end])
    ]
    # A mark that stands between blank and word opens the next quotation: "… hård. ”Vi går".
    starts = [start - 1 if _OPENING.fullmatch(line[start - 2:start + 1]) else start for start in borders]
    return list(zip(starts, [*starts[1:], len(line)], strict=True))


def _portions(line: str) -> Iterator[tuple[int, int]]:
    """A line in parts that sentencex takes quickly, cut where a sentence, or else a word, may end."""
    start = 0
    while len(line) - start > _PORTION:
        stop = start + _PORTION
        end = max(line.rfind(mark, start, stop) for mark in (". ", "? ", "! ")) + 2
        if end < start + 2:
            end = line.rfind(" ", start, stop) + 1
        yield start, (end if end > start else stop)
        start = end if end > start else stop
    yield start, len(line)


def _merge(line: str, segments: list[tuple[int, int]], language: str) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in segments:
        if merged and not _is_border(line[max(merged[-1][0], start - _TAIL):start].rstrip(),
                                     line[start:start + _TAIL], language):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _is_border(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends between two neighbouring segments."""
    if _CONTINUES.match(after) or not (_FIRST_WORD.search(before) and _FIRST_WORD.search(after)):
        return False
    if not before.endswith("."):
        return True
    word = _FIRST_WORD.search(after)
    if _INITIAL.search(before) or _ends_in_abbreviation(
        before, language, digit_follows=word is not None and word[0][0].isdigit()
    ):
        return False
    ordinal = _ORDINAL.search(before)
    if ordinal is None or language not in ("de", "da", "no", "nb", "fi", "et"):
        return True
    article = (ordinal[1] or "").lower()
    return not (article in _BEFORE_ORDINAL or (word is not None and word[0].lower() in _MONTHS))


def _ends_in_abbreviation(before: str, language: str, *, digit_follows: bool) -> bool:
    inside = _ALWAYS_INSIDE.get(language, _EVERY_LANGUAGE)
    for pattern in (_LAST_WORD, _LAST_TWO):
        found = pattern.search(before)
        if found is None:
            continue
        words = found[1].lower().replace(". ", ".")
        for word in (words, words.rpartition(".")[2], words.rpartition(" ")[2]):
            if word in inside or (digit_follows and word in _SOMETIMES_INSIDE):
                return True
    return False


def _split_inside(piece: str, language: str) -> Iterator[tuple[int, int]]:
    patterns = [_TURN]
    if language in _FALSE_ABBREVIATION:
        patterns.append(_FALSE_ABBREVIATION[language])
    if len(piece) > _LONG:
        patterns.append(_INNER)
    borders = sorted({match.end() for pattern in patterns for match in pattern.finditer(piece)})
    start = 0
    for border in borders:
        yield start, border
        start = border
    yield start, len(piece)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
