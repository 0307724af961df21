"""A person's filters in the corpus' own words; a value the corpus does not know is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.errors import QuestionError
from assistant.records import Filters
from ingest.article import stable_id
from ingest.corpus import Corpus
from ingest.corpus.restriction import ANY, Restriction

MOST_NAMED = 12


def restrict(filters: Filters, corpus: Corpus, languages: Iterable[str], publishers: Iterable[str]) -> Restriction:
    """The filters as a restriction of a corpus with these languages and publishers; QuestionError for other values."""
    if not filters:
        return ANY
    first, last = filters.published_from, filters.published_to
    if first and last and first > last:
        raise QuestionError(f"the filter runs from {first} to {last}: swap the days")
    return Restriction(
        _known("language", filters.languages, languages),
        _known("publisher", filters.publishers, publishers),
        tuple(_article_id(name, corpus) for name in filters.articles),
        day_number(first) if first else None,
        day_number(last) if last else None,
    )


def day_number(day: date) -> int:
    """A day as the index knows it: 20240208."""
    return day.year * 10_000 + day.month * 100 + day.day


def _known(what: str, wanted: Sequence[str], stored: Iterable[str]) -> tuple[str, ...]:
    spelled = {name.casefold(): name for name in stored}
    unknown = [value for value in wanted if value.strip().casefold() not in spelled]
    if unknown:
        names = sorted(spelled.values(), key=str.casefold)
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        raise QuestionError(
            f"no article has the {what} {unknown[0]!r}: the corpus has {', '.join(names[:MOST_NAMED]) or 'none'}{more}"
        )
    return tuple(spelled[value.strip().casefold()] for value in wanted)


def _article_id(wanted: str, corpus: Corpus) -> str:
    """Id of the article with this name, url or id; that of its original when it is a copy."""
    for article_id in (stable_id(wanted), wanted, corpus.catalogue.article_at(wanted)):
        if article_id is not None and corpus.article(article_id) is not None:
            return corpus.catalogue.original_of(article_id) or article_id
    raise QuestionError(f"no article is named {wanted!r}: name it as `assistant search` prints it, by url or by id")
