"""The time a topic names: all of it ("what is new since Monday?"), or a limit to when its articles were published."""

from __future__ import annotations

from dataclasses import replace

from assistant.question import Query, content_words
from assistant.records import Filters
from assistant.scope import Span
from ingest.dates import find_dates
from ingest.dates.vocabulary import months, weekdays

# What people say around a time when they want everything of it; days, months and weeks come with the time itself.
_WHENEVER = frozenset(
    "new news happened happens happen today yesterday week weeks month day days year last past this these since"
    " nytt nyheter nyheterna hänt hände händer idag igår vecka veckan senaste förra månad månaden dag dagarna år året"
    " sedan sen"
    " neu neues nachrichten passiert passierte geschah geschehen gab gibt heute gestern woche wochen letzte letzten"
    " vergangene vergangenen monat tag tage tagen jahr seit".split()
) | {
    name for language in ("sv", "de", "en") for name in (*months(language), *weekdays(language))
}


def asks_only_when(query: Query) -> Span | None:
    """The days a topic names when it names nothing else, so that all articles of them are meant."""
    mentions = find_dates(query.text, query.language, reference=query.asked_on)
    rest = query.text
    for mention in reversed(mentions):
        rest = f"{rest[:mention.start]} {rest[mention.end:]}"
    if any(word.casefold() not in _WHENEVER for word in content_words(rest)):
        return None
    if query.scope:
        return query.scope[0]
    return next((Span(one.earliest, one.latest) for one in mentions if one.earliest), None)


def limit_to_time(filters: Filters, query: Query) -> Filters:
    """With "last week" or "since Monday" nothing is meant that was published before."""
    counted = any(one.relative for one in find_dates(query.text, query.language, reference=query.asked_on))
    if not counted or not query.scope or query.scope[0].first is None or filters.published_from:
        return filters
    return replace(filters, published_from=query.scope[0].first)
