"""Which days a timeline chooses, beside counting articles and counting mentions, on crises made up for it.

    python tests/benchmarks/timelines.py [DATA] [--crises 10] [--articles 600] [--thread FILE]

With DATA (ntrex/articles.jsonl in it) also the crises of `made_threads`, of 25 to 800 articles, half of them text of
real articles.

`--thread` measures real articles beside a journalist's own timeline instead: JSON lines {"id", "published_at", "text"},
before them one line {"topic", "days"}.

A crisis is a few hundred days with events of very different importance; outlets report them on the day or the day
after, look back at the important ones, and tell of other years, other places and plans. The reference is what a
journalist would list: the important events, imperfectly judged. The figures show blunders; they are no forecast.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from pathlib import Path

from made_threads import make_threads

from assistant.digest.dated import Occasion, publication_day, read_dated
from assistant.digest.ranking import rank_occasions
from ingest.article import Article, Metadata

SIZES = (25, 60, 120, 250, 400, 800, 200, 600, 120, 300, 50, 500)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PLACES = "Alvik Brunnby Cederholm Dalsjö Ekerum Fagerlund Granvik Hällarp Ingelstad Järvsö".split()
ACTORS = "the mayor,the county board,the power company,the union,the army,the court,the opposition".split(",")
ACTS = "rejected the plan,opened the dam,closed the plant,called a strike,named a panel,stopped the work".split(",")
FILLERS = (
    "Residents of {place} say they have heard nothing from {actor}.",
    "“We need answers today,” said a spokesman for {actor}.",
    "The dam at Karsholm was built in {year} and holds {n} million cubic metres.",
    "A similar dam broke in {place} on {old}, killing {n} people.",
    "Costs have risen this year, according to {actor}.",
    "{n} households in {place} are still without power.",
    "Since {past_month} the crisis has cost {n} million.",
    "A hearing is due on {future}.",
    "Shares in the power company fell {n} percent on {weekday}.",
)


@dataclass(frozen=True, slots=True)
class Crisis:
    """Articles, oldest first, and the days a journalist would list."""

    articles: list[Article]
    reference: set[date]


def main() -> None:
    """Print date F1 of each way of choosing days."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", nargs="?", type=Path)
    options.add_argument("--crises", type=int, default=10)
    options.add_argument("--articles", type=int, default=600)
    options.add_argument("--thread", type=Path, help="only this, instead of made crises")
    chosen = options.parse_args()
    if chosen.thread is not None:
        topic, *rows = map(json.loads, chosen.thread.read_text(encoding="utf-8").splitlines())
        articles = [Article(row["id"], row["text"], "en", Metadata(published_at=row["published_at"])) for row in rows]
        listed = {date.fromisoformat(day) for day in topic["days"]}
        compare_ways([Crisis(articles, listed)], topic["topic"])
        return
    crises = (make_crisis(seed, chosen.articles) for seed in range(chosen.crises))
    print(f"{chosen.crises} crises of {chosen.articles} articles")
    compare_ways(crises, "the dam crisis in Karsholm")
    if chosen.data is not None:
        noise = real_sentences(chosen.data)
        threads = (make_threads(seed, SIZES[seed % len(SIZES)], noise) for seed in range(12))
        print("12 crises in threads")
        compare_ways((Crisis(*one) for one in threads), "the Tarsia crisis")


def real_sentences(data: Path) -> list[str]:
    """Lines of the English stories of `ntrex`."""
    lines = (data / "ntrex" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [row["text"] for row in map(json.loads, lines) if row["language"] == "en"]
    return [line for text in texts for line in text.split("\n") if 30 < len(line) < 300]


def compare_ways(crises: Iterable[Crisis], topic: str) -> None:
    """Print the mean date F1 of each way of choosing days, and how long ours takes."""
    scores: dict[str, list[float]] = {}
    seconds = []
    for crisis in crises:
        many = len(crisis.reference)
        begun = time.perf_counter()
        ranked = list(dict.fromkeys(one.first for one in ranked_days(crisis.articles, topic)))
        seconds.append(time.perf_counter() - begun)
        published = Counter(day for one in crisis.articles if (day := publication_day(one)))
        ways = {
            "articles published a day": [day for day, _ in published.most_common()],
            "sentences that mention a day": [day for day, _ in mentions(crisis.articles).most_common()],
            "here": ranked,
        }
        first, last = min(crisis.reference), max(crisis.reference)
        for name, days in ways.items():
            inside = [day for day in days if first <= day <= last]
            scores.setdefault(name, []).append(date_f1(days[:many], crisis.reference))
            scores.setdefault(f"{name}, in the reference's span", []).append(date_f1(inside[:many], crisis.reference))
        scores.setdefault("here, 30", []).append(date_f1(ranked[:30], crisis.reference))
    print(f"{statistics.mean(seconds):.1f} s each")
    print("| days by | date F1 |\n|---|---|")
    for name, values in scores.items():
        print(f"| {name} | {statistics.mean(values):.3f} |")


def ranked_days(articles: list[Article], topic: str) -> list[Occasion]:
    """Occasions as a timeline ranks them, the weightiest first."""
    dated, _ = read_dated(articles, topic)
    return [one for one, _ in rank_occasions(dated, {one.id: 0.1 for one in articles})]


def mentions(articles: list[Article]) -> Counter[date]:
    """Sentences by the day they name."""
    dated, _ = read_dated(articles, "")
    return Counter(
        one.occasion.first for one in dated if one.occasion.precision == "day" and one.origin != "published"
    )


def date_f1(chosen: Iterable[date], reference: set[date]) -> float:
    """F1 of the days chosen."""
    days = set(chosen)
    return 2 * len(days & reference) / (len(days) + len(reference))


def make_crisis(seed: int, count: int) -> Crisis:
    """A crisis of 120 to 400 days with about `count` articles."""
    chance = random.Random(seed)
    first, length = date(2010, 1, 1) + timedelta(days=chance.randrange(700)), chance.randrange(120, 400)
    events = {offset: chance.paretovariate(1.1) for offset in chance.sample(range(length), length * 6 // 10)}
    events[0] = max(events.values())
    judged = {offset: weight * exp(chance.gauss(0, 0.7)) for offset, weight in events.items()}
    listed = sorted(judged, key=lambda offset: -judged[offset])[: chance.randrange(12, 60)]
    heat = [
        (1 + sum(min(events[event], 40) * exp(-(day - event) / 2.5) for event in events if 0 <= day - event < 9))
        * (0.5 if (first + timedelta(days=day)).weekday() > 4 else 1.0)
        for day in range(length)
    ]
    days = sorted(chance.choices(range(length), heat, k=count))
    articles = [_report(chance, number, first, day, events) for number, day in enumerate(days)]
    return Crisis(articles, {first + timedelta(days=offset) for offset in listed})


def _report(chance: random.Random, number: int, first: date, day: int, events: dict[int, float]) -> Article:
    """One article: the news of the last days, then what is looked back at, then what every article adds."""
    published = first + timedelta(days=day)
    recent = {offset: events[offset] * (1.0, 2.0, 0.5, 0.2)[day - offset] for offset in events if 0 <= day - offset < 4}
    past = {offset: weight * (0.1 + exp(-(day - offset) / 40)) for offset, weight in events.items() if day - offset > 3}
    lines = []
    if recent:
        offset = chance.choices(list(recent), list(recent.values()))[0]
        lines.append(_tell(chance, first + timedelta(days=offset), published))
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3)) if past else 0):
        offset = chance.choices(list(past), list(past.values()))[0]
        lines.append(_recall(chance, first + timedelta(days=offset)))
    for filler in chance.sample(FILLERS, 5):
        lines.append(_fill(chance, filler, published))
    facts = Metadata(title=f"Karsholm dam, report {number}", published_at=published.isoformat(),
                     publisher=f"Paper {number % 9}")
    return Article(f"dam-{number}", "\n\n".join(lines), "en", facts)


def _tell(chance: random.Random, event: date, published: date) -> str:
    act = f"{chance.choice(ACTORS)} in {chance.choice(PLACES)} {chance.choice(ACTS)}"
    age = (published - event).days
    ways = [f"on {DAYS[event.weekday()]}", ("today", "yesterday", "this week", "this week")[age], ""]
    return f"In the Karsholm dam crisis {act} {chance.choices(ways, (5, 2, 2))[0]}.".replace(" .", ".")


def _recall(chance: random.Random, event: date) -> str:
    ways = [f"on {event.day} {event:%B}", f"on {event:%B} {event.day}", f"in {event:%B}", f"in {event.year}"]
    act = f"{chance.choice(ACTORS)} {chance.choice(ACTS)} at the dam"
    return f"The crisis deepened when {act} {chance.choices(ways, (4, 4, 3, 1))[0]}."


def _fill(chance: random.Random, filler: str, published: date) -> str:
    future = published + timedelta(days=chance.randrange(3, 60))
    past = published - timedelta(days=chance.randrange(200))
    return filler.format(
        place=chance.choice(PLACES), actor=chance.choice(ACTORS), year=chance.choice((1956, 1961, 1974)),
        n=chance.randrange(3, 900), old=chance.choice(("3 March 1998", "17 June 1985")),
        weekday=DAYS[chance.randrange(5)], future=f"{future.day} {future:%B}", past_month=f"{past:%B}",
    )


if __name__ == "__main__":
    main()
