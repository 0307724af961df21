"""Flattened page text → kept and dropped lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.article import CleanedPage, Line
from ingest.clean.bulk import MANY_LINES, bulk_fates
from ingest.clean.captions import strip_credit
from ingest.clean.features import Matrix
from ingest.clean.hints import line_words, publisher_names
from ingest.clean.lines import SourceLine, split_lines
from ingest.clean.model import Weights, decode_lines, line_scores, load_weights
from ingest.clean.naming import Namer, Verdict
from ingest.clean.page import Reading, read_lines
from ingest.clean.repair import repair_lines
from ingest.clean.rules import Rule, rules_for
from ingest.clean.trust import holds, is_clean, may_head, trusting
from ingest.clean.wrapped import Piece, join_lines, paragraphs_of

_BRIEF = 3  # paragraphs: a page with no more prose than this keeps all of it that no rule speaks against
_LEFT = 0.2  # share of the likely words a rule must leave; one that takes more has met an article on its topic
_UNSURE = 1.0  # log-odds: a line between -1 and 1 could have gone the other way
_NO_PROSE = 0.4  # a page without one whole sentence is flagged
_HELPLESS = 0.2  # confidence in a page of which nothing looked like an article


def clean_text(text: str, weights: Weights | None = None) -> CleanedPage:
    """The article in flattened page text; every other line dropped with a reason.

    `weights` are those of the package unless others are to be measured.
    """
    lines = split_lines(text)
    if not lines:
        return CleanedPage("")
    if len(lines) > MANY_LINES:
        verdicts: list[Verdict] = [
            ("body", None) if stays else ("boilerplate", reason) for stays, reason in bulk_fates(lines)
        ]
        return _page(lines, verdicts, _HELPLESS)
    weights = weights or load_weights()
    pieces = paragraphs_of(lines)
    if len(pieces) == len(lines):
        return clean_reading(read_lines(lines), weights)
    joined = clean_reading(read_lines([join_lines(lines, piece) for piece in pieces]), weights)
    return replace(joined, lines=_parted(lines, pieces, joined.lines))


def _parted(source: Sequence[SourceLine], pieces: Sequence[Piece], judged: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they stood on the page, each with the verdict on its paragraph."""
    return tuple(
        Line(source[n].text, source[n].start, source[n].end, line.kind, line.reason)
        for piece, line in zip(pieces, judged, strict=True)
        for n in piece
    )


def clean_reading(reading: Reading, weights: Weights) -> CleanedPage:
    """What `weights` and the rules make of a page already read."""
    learned = line_scores(reading.features, weights)
    publishers = publisher_names(reading)
    rules = rules_for(reading, publishers)
    scores = _ruled(reading, learned, rules)
    kept = decode_lines(scores, weights)
    sure = _confidence(reading, scores, kept)
    if not any(kept):
        kept, sure = _rescue(reading), _HELPLESS
    return _page(reading.lines, _verdicts(reading, rules, kept, Namer(reading, kept, publishers)), sure)


def _ruled(reading: Reading, learned: Matrix, rules: Sequence[Rule]) -> Matrix:
    """The learned scores, moved by the rules; a page all about what a rule drops is left to the model."""
    likely = line_words(reading) * (learned > 0)
    trusted = is_clean(reading, learned)
    scores = trusting(reading, learned) if trusted else learned.copy()
    against = np.zeros(len(learned), dtype=bool)
    for rule in rules:
        if not rule.mask.any():
            continue
        if rule.kind != "duplicate" and (likely * ~rule.mask).sum() < likely.sum() * _LEFT:
            continue
        mask = rule.mask
        if trusted and rule.amount < 0:
            mask = holds(reading, rule, learned)
            scores = np.where(mask, np.minimum(scores, 0.0), scores)
        scores += rule.amount * mask
        against |= mask & (rule.amount < 0)
    prose = reading.prose > 0
    if prose.sum() <= _BRIEF:
        scores = np.where(prose & ~against, np.maximum(scores, _UNSURE), scores)
    result: Matrix = scores
    return result


def _rescue(reading: Reading) -> list[bool]:
    """When nothing looks like an article: the prose, else the longer lines, else everything."""
    words = line_words(reading)
    for mask in (reading.prose > 0, words >= 5, words >= 0):
        if mask.any():
            return [bool(fate) for fate in mask]
    return []


def _confidence(reading: Reading, scores: Matrix, kept: Sequence[bool]) -> float:
    """Share of the page's words whose fate was clear, low when no kept line is prose."""
    words = line_words(reading) + 1
    clear = float((words * (np.abs(scores) >= _UNSURE)).sum() / words.sum())
    prose = reading.prose[np.array(kept, dtype=bool)].sum() > 0
    return round(clear if prose else clear * _NO_PROSE, 3)


def _verdicts(reading: Reading, rules: Sequence[Rule], kept: list[bool], namer: Namer) -> list[Verdict]:
    verdicts: list[Verdict] = [("duplicate", "part of a second copy of the page's text")] * len(reading.lines)
    short = may_head(reading)
    ruled = _first_rules(rules, -1), _first_rules(rules, 1)
    met: set[str] = set()
    told: set[str] = set()
    for n, i in enumerate(reading.judged):
        key = reading.keys[i]
        if kept[n] and key not in told:
            rule = ruled[1][n]
            verdicts[i] = (rule.kind if rule else "subheading" if short[n] else "body", None)
            told.add(key)
        elif key in met:
            verdicts[i] = ("duplicate", "repeats an earlier line")
        else:
            verdicts[i] = _against(ruled[0][n], namer.name(n))
        met.add(key)
    return verdicts


def _first_rules(rules: Sequence[Rule], sign: int) -> list[Rule | None]:
    """Per line the first rule against it (`sign` -1) or for it (1)."""
    chosen: list[Rule | None] = [None] * len(rules[0].mask)
    for rule in reversed(rules):
        if rule.amount * sign > 0:
            for n in np.flatnonzero(rule.mask).tolist():
                chosen[n] = rule
    return chosen


def _against(rule: Rule | None, named: Verdict) -> Verdict:
    return (rule.kind, rule.reason) if rule and named[0] == "boilerplate" else named


def _page(source: Sequence[SourceLine], verdicts: Sequence[Verdict], confidence: float) -> CleanedPage:
    texts, starts, ends, *_ = zip(*source, strict=True)
    kinds, reasons = zip(*verdicts, strict=True)
    lines = tuple(map(Line._make, zip(texts, starts, ends, kinds, reasons, strict=True)))
    kept, repairs = repair_lines([line.text for line in lines if line.reason is None])
    captions, _ = repair_lines([line.text for line in lines if line.kind == "caption"])
    return CleanedPage(
        "\n\n".join(filter(None, map(str.strip, kept))),
        lines,
        tuple(dict.fromkeys(filter(None, map(strip_credit, captions)))),
        repairs,
        confidence,
    )
