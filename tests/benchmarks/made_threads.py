"""Crises made of threads: a second way of making up news of one topic, built unlike the first on purpose.

Events come in threads (a cause, what follows, a date set long before); outlets differ in how much they print, one in
three of their articles is a day's round-up, some days are noisy without mattering, wires are printed twice with a few
words changed, and half of each article is sentences of real articles (`noise`) with dates of their own. The reference
is a journalist's: the weightiest events, a few taste-driven ones, the first and the last.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from ingest.article import Article, Metadata

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WHO = "Ministers,Rebels,Prosecutors,Investigators,Doctors,Soldiers,Aid workers,Protesters,Lawmakers,Lenders".split(",")
DID = (
    "seized the northern port,freed the last hostages,published the report,signed a truce,shelled the old town,"
    "closed the border,reopened the airport,charged the former governor,voted down the budget,called off the talks"
).split(",")
OUTLETS = 23


@dataclass(frozen=True, slots=True)
class Happened:
    """An event: its day, how much it weighs, the day it was announced for (None: it came by surprise), its words."""

    day: int
    weight: float
    announced: int | None
    words: str


def make_threads(seed: int, count: int, noise: Sequence[str]) -> tuple[list[Article], set[date]]:
    """About `count` articles of a crisis, oldest first, and the days that a journalist would list."""
    chance = random.Random(1000 + seed)
    first, length = date(2009, 3, 1) + timedelta(days=chance.randrange(2500)), chance.randrange(60, 900)
    events = _threads(chance, length)
    busy = {chance.randrange(length): chance.uniform(2, 10) for _ in range(length // 25)}
    weights = [0.3 + busy.get(day, 0.0) + _heat(events, day) for day in range(length)]
    articles: list[Article] = []
    for day in sorted(chance.choices(range(length), weights, k=count)):
        if articles and chance.random() < 0.12:
            articles.append(_reprint(chance, articles[-1], len(articles)))
        else:
            articles.append(_write(chance, len(articles), first, day, events, noise))
    return articles, _listed(chance, first, events)


def _heat(events: Sequence[Happened], day: int) -> float:
    return sum(min(one.weight, 25) * exp(-(day - one.day) / 1.7) for one in events if 0 <= day - one.day < 7)


def _threads(chance: random.Random, length: int) -> list[Happened]:
    events: list[Happened] = []
    for _ in range(max(4, length // 30)):
        day, weight = chance.randrange(length), chance.lognormvariate(1.0, 1.1)
        for step in range(chance.randrange(1, 6)):
            words = f"{chance.choice(WHO)} {chance.choice(DID)}"
            planned = day - chance.randrange(4, 40) if step and chance.random() < 0.3 else None
            events.append(Happened(min(day, length - 1), weight, planned, words))
            day, weight = day + chance.randrange(1, 30), weight * chance.uniform(0.3, 1.2)
            if day >= length:
                break
    return events


def _listed(chance: random.Random, first: date, events: Sequence[Happened]) -> set[date]:
    by_day: dict[int, float] = {}
    for one in events:
        by_day[one.day] = max(by_day.get(one.day, 0.0), one.weight * exp(chance.gauss(0, 0.6)))
    ranked = sorted(by_day, key=lambda day: -by_day[day])
    chosen = set(ranked[: chance.randrange(8, max(9, min(45, len(ranked))))]) | {min(by_day), max(by_day)}
    chosen |= set(chance.sample(ranked, min(3, len(ranked))))
    return {first + timedelta(days=day) for day in chosen}


def _write(
    chance: random.Random, number: int, first: date, day: int, events: Sequence[Happened], noise: Sequence[str]
) -> Article:
    published = first + timedelta(days=day)
    new = [(e, e.weight * exp(-(day - e.day))) for e in events if 0 <= day - e.day <= 3]
    old = [(e, e.weight * (0.05 + exp(-(day - e.day) / 60))) for e in events if day - e.day > 3]
    ahead = [(e, e.weight) for e in events if e.announced is not None and e.announced <= day < e.day]
    lines: list[str] = []
    if new and chance.random() < 0.85:
        for event in _draw(chance, new, 3 if chance.random() < 0.3 else 1):
            lines.append(_new(chance, event, first + timedelta(days=event.day), published))
    recalled = _draw(chance, old, chance.choice((0, 0, 1, 2)))
    body = [_old(chance, e, first + timedelta(days=e.day), published) for e in recalled]
    body += [_ahead(chance, e, first + timedelta(days=e.day)) for e in _draw(chance, ahead, chance.choice((0, 1)))]
    body += chance.sample(list(noise), chance.randrange(3, 9))
    chance.shuffle(body)
    lines += body
    facts = Metadata(title=f"Tarsia crisis, {number}", published_at=published.isoformat(),
                     publisher=f"Outlet {int(OUTLETS * chance.random() ** 2)}")
    return Article(f"tarsia-{number}", "\n\n".join(lines), "en", facts)


def _draw(chance: random.Random, weighed: Sequence[tuple[Happened, float]], most: int) -> list[Happened]:
    if not weighed or not most:
        return []
    return list(dict.fromkeys(chance.choices([e for e, _ in weighed], [w for _, w in weighed], k=most)))


def _new(chance: random.Random, event: Happened, day: date, published: date) -> str:
    age = (published - day).days
    name = DAYS[day.weekday()]
    when = chance.choice((f"on {name}", f"late {name}", ("today", "yesterday", "", "")[age], ""))
    return f"{event.words} in Tarsia {when}, officials said.".replace(" ,", ",")


def _old(chance: random.Random, event: Happened, day: date, published: date) -> str:
    year = f" {day.year}" if day.year != published.year or chance.random() < 0.2 else ""
    american = f"on {day:%B} {day.day}{',' if year else ''}{year}"
    vague = "last month" if (published - day).days < 50 else "last year"
    when = chance.choice((american, f"on {day.day} {day:%B}{year}", f"in {day:%B}{year}", vague))
    return f"The crisis deepened after {event.words[0].lower()}{event.words[1:]} {when}."


def _ahead(chance: random.Random, event: Happened, day: date) -> str:
    verb = chance.choice(("A decision is due", "A meeting is planned", "A vote is scheduled"))
    return f"{verb} on {day.day} {day:%B}."


def _reprint(chance: random.Random, article: Article, number: int) -> Article:
    """The same wire in another paper: a line less, the same day."""
    lines = article.text.split("\n\n")
    kept = [line for line in lines if len(lines) < 3 or chance.random() < 0.85] or lines
    return Article(f"tarsia-{number}", "\n\n".join(kept), "en", article.metadata)
