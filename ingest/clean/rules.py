"""Rules for what other publishers' pages cannot teach: they move a line's score, each with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import LineKind
from ingest.clean.hints import (
    Mask,
    column,
    headline,
    is_set,
    labelled,
    line_words,
    own_words,
    standfirst,
    subheadings,
)
from ingest.clean.notices import find_notices
from ingest.clean.page import Reading

_SOLICITS = "speaks to the reader about cookies, accounts or subscriptions"


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines under `mask` get `amount` added to their log-odds; `kind` and `reason` say why."""

    mask: Mask
    amount: float
    kind: LineKind
    reason: str


def rules_for(reading: Reading, publishers: Sequence[str]) -> list[Rule]:
    """The rules that apply to a page of one of these `publishers`, strongest reasons first."""
    notices = find_notices(reading)
    return [
        Rule(is_set(reading, "teaser"), -9.0, "duplicate", "a cut copy of a longer line"),
        Rule(headline(reading), -9.0, "title", "the headline"),
        Rule(own_words(reading, publishers), -7.0, "boilerplate", "the publisher speaks of itself"),
        *_phrase_rules(reading),
        _notice(notices.comments, -9.0, "a reader's comment"),
        _notice(notices.authors, -9.0, "about the author"),
        _notice(notices.calls, -9.0, "an advertisement or a call to the reader"),
        _notice(notices.arrows, -3.0, "points to other articles"),
        Rule(subheadings(reading), 4.0, "subheading", "a heading between paragraphs"),
        Rule(standfirst(reading), 9.0, "standfirst", "the paragraph above the headline"),
    ]


def _phrase_rules(reading: Reading) -> list[Rule]:
    """Rules on what a line says, some only where notices stand: after most of the prose or before it."""

    def has(name: str) -> Mask:
        return is_set(reading, name)

    words = line_words(reading)
    late = column(reading, "before") > 0.7
    edge = late | (column(reading, "before") < 0.05)
    heading = ~has("terminal") | has("colon") | labelled(reading)
    speaks = has("reader") & has("ourselves")
    return [
        _notice(has("control"), -8.0, "a control or label of the page"),
        _notice(has("pointer") & (words <= 30) & heading, -7.0, "points to other articles"),
        _notice(has("solicit") & speaks, -8.0, _SOLICITS),
        _notice(has("solicit") & edge, -4.0, _SOLICITS),
        _notice(has("disclaimer") & edge, -5.0, "a notice of the publisher"),
        _notice(has("disclaimer") & speaks & late, -5.0, "the publisher speaks to the reader"),
        _notice(has("embed") & (words <= 90), -5.0, "stands in for embedded content"),
        _notice(has("bio") & (words <= 80) & (late | has("repeated")), -7.0, "about the author"),
        _notice(has("rights") & (words <= 40) & edge, -6.0, "a copyright notice"),
        Rule(has("credit_end") & (words <= 60), -5.0, "caption", "a photo caption"),
    ]


def _notice(mask: Mask, amount: float, reason: str) -> Rule:
    return Rule(mask, amount, "boilerplate", reason)
