"""Which days matter: how much the articles make of each occasion, and which occasions are events of their topic.

Days are ranked by how many articles speak of them, most by those written later; counting articles by the day they
were published, the usual baseline, is one part of it. Knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt

from assistant.digest.dated import DatedSentence, Occasion
from ingest.dates import Precision

# Looking back at a day weighs more than reporting it, and both more than merely appearing on it.
LOOKING_BACK, REPORTING, LOOKING_AHEAD, APPEARING = 1.5, 1.0, 0.5, 0.5
REPORTED_WITHIN_DAYS = 2
OFF_TOPIC = 0.5
# A month or a year is seldom an event.
PRECISION_WEIGHTS: Mapping[Precision, float] = {
    "day": 1.0, "week": 0.8, "month": 0.5, "quarter": 0.4, "half": 0.3, "season": 0.4, "year": 0.25, "decade": 0.0,
}
# Above so many articles, what only one of them says is no event of the topic, and a day comes before any month.
MANY_ARTICLES = 40
# Days before the first article and after the last are background and plans.
OUTSIDE = 0.1


def rank_occasions(
    dated: Sequence[DatedSentence], relevance: Mapping[str, float]
) -> list[tuple[Occasion, float]]:
    """The occasions that may be events, with their weights, the weightiest first; `relevance` is by article id."""
    weights = weigh_occasions(dated, relevance)
    ranked = sorted(weights, key=lambda one: (-weights[one], one.first, one.last))
    if len(relevance) > MANY_ARTICLES:
        tellers: dict[Occasion, set[str]] = {}
        for one in dated:
            tellers.setdefault(one.occasion, set()).add(one.article.id)
        ranked = [occasion for occasion in ranked if len(tellers[occasion]) > 1]
        ranked.sort(key=lambda one: one.precision != "day")
    return [(occasion, weights[occasion]) for occasion in ranked]


def weigh_occasions(dated: Sequence[DatedSentence], relevance: Mapping[str, float]) -> dict[Occasion, float]:
    """How much the articles make of each occasion; every article has as much to give, spread over its days."""
    shares: dict[str, dict[Occasion, float]] = {}
    for one in dated:
        own = shares.setdefault(one.article.id, {})
        own[one.occasion] = max(own.get(one.occasion, 0.0), _share(one))
    span = _publication_span(dated)
    weights: dict[Occasion, float] = {}
    for article_id, own in shares.items():
        about = 1.0 + 5.0 * max(relevance[article_id], 0.0)
        for occasion, share in own.items():
            within = 1.0 if span is None or (span[0] <= occasion.last and occasion.first <= span[1]) else OUTSIDE
            weights[occasion] = weights.get(occasion, 0.0) + within * about * share / sqrt(len(own))
    return weights


def _publication_span(dated: Sequence[DatedSentence]) -> tuple[date, date] | None:
    """The first and last day on which any of it was published."""
    days = {day for one in dated if (day := one.published)}
    return (min(days), max(days)) if days else None


def _share(one: DatedSentence) -> float:
    share = PRECISION_WEIGHTS[one.occasion.precision] * (1.0 if one.on_topic else OFF_TOPIC)
    if one.origin == "published":
        return share * APPEARING
    if one.published is None:
        return share * REPORTING
    age = (one.published - one.occasion.last).days
    if age > REPORTED_WITHIN_DAYS:
        return share * LOOKING_BACK
    return share * (REPORTING if age >= 0 else LOOKING_AHEAD)
