"""How a corpus and an article look in a terminal; text from articles is printed as text, never as markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.console import printable

OUT = Console(highlight=False)
BAR = 30
# Rows of a list in the terminal; `--json` has all.
ROWS = 12
MONTHS = 24
FIELDS = ("title", "author", "publisher", "section", "published_at", "updated_at", "estimate", "url")
KINDS = {
    "boilerplate": "menus, notices, links", "duplicate": "repeated lines", "publisher": "publisher's name",
    "credit": "credits", "caption": "captions, kept apart",
}


def print_health(report: Mapping[str, Any], directory: Path) -> None:
    """The health report: what is there, from whom and when, what was folded, dropped and refused."""
    articles = report["articles"]
    OUT.print(Text(f"Corpus {directory}", style="bold"))
    OUT.print(Text(
        f"{_many(articles, 'article')}, {_many(report['passages'], 'passage')}, {_many(len(report['copies']), 'copy')},"
        f" {_many(len(report['stories']), 'story')} told by several, {_many(len(report['failed']), 'page')} refused"
    ))
    _print_bars("Languages", report["languages"], articles)
    _print_bars("Publishers", {key or "(unknown)": n for key, n in report["publishers"].items()}, articles)
    _print_bars("Months", dict(sorted(report["months"].items())[-MONTHS:]), articles, rows=MONTHS)
    OUT.print(_line("Published", f"{report['from'] or '—'} to {report['to'] or '—'};"
                                 f" {_share(report['undated'], articles)} without a date"))
    _print_list("Copies", [f"{copy} = {original}" for copy, original in report["copies"]])
    _print_list("Stories", [_listed(story) for story in sorted(report["stories"], key=len, reverse=True)])
    _print_cleaning(report)
    _print_list("Refused", _failures(report["failed"]))
    _print_list("Recipe", [f"{key}: {value}" for key, value in report["recipe"].items()])
    sizes = {key: size / 1e6 for key, size in report["bytes"].items()}
    OUT.print(_line("On disk", f"{sum(sizes.values()):.1f} MB: "
                               + ", ".join(f"{key} {size:.1f}" for key, size in sizes.items())))


def print_article(article: Mapping[str, Any]) -> None:
    """One article: facts with where they stand, its text, then what was dropped and why."""
    OUT.rule(Text(printable(article["title"] or article["article"])))
    for field in FIELDS:
        origin = article["provenance"].get(field)
        value = article[field]
        shown = " to ".join(value) + " (an estimate)" if field == "estimate" and value else value
        OUT.print(_line(field, shown or "—", f"from {origin}" if origin else "", plain=value is None))
    OUT.print(_line("language", article["language"]))
    OUT.print(_line("confidence", f"{article['confidence']:.2f}"))
    OUT.print(_line("passages", str(article["passages"])))
    OUT.print(_line("name, id", f"{article['article']}  {article['id']}"))
    OUT.print(_line("file", article["source"]))
    if article["copy_of"]:
        OUT.print(_line("copy of", article["copy_of"]))
    _print_list("copies", article["copies"])
    _print_list("same story", article["story"])
    OUT.print()
    OUT.print(Text(printable(article["text"])))
    for caption in article["captions"]:
        OUT.print(Text(f"[caption] {printable(caption)}", style="italic"))
    if article["dropped"]:
        OUT.print(Text(f"\n{_many(len(article['dropped']), 'line')} of the page dropped", style="bold"))
    for line in article["dropped"]:
        OUT.print(Text(printable(line["text"])[:200], style="dim") + Text(f"  ← {line['reason']}", style="yellow"))


def _print_cleaning(report: Mapping[str, Any]) -> None:
    dropped, kept = sum(report["dropped"].values()), sum(report["kept"].values())
    page_text = dropped + kept
    kinds = [f"{KINDS.get(kind, kind)} {_percent(size, page_text)}" for kind, size in report["dropped"].items()]
    OUT.print()
    OUT.print(_line("Dropped", f"{_percent(dropped, page_text)} of the pages' text ({', '.join(kinds[:6])})"))
    OUT.print(_line("Unsure", f"{_share(report['low_confidence'], report['articles'])} cleaned with low confidence"))
    _print_list("", [f"{row['article']} ({row['confidence']:.2f})" for row in report["unsure"]])


def _print_bars(title: str, counts: Mapping[str, int], whole: int, rows: int = ROWS) -> None:
    """A row a key with its number, its share and a bar; those beyond `rows` in one."""
    if not counts:
        return
    shown = dict(list(counts.items())[:rows])
    rest = sum(counts.values()) - sum(shown.values())
    if rest:
        shown[f"{len(counts) - rows} more"] = rest
    table = Table(box=None, show_header=False, pad_edge=False)
    for column in ("left", "right", "right", "left"):
        table.add_column(justify=column, overflow="fold")
    most = max(shown.values())
    for key, number in shown.items():
        bar = Text("█" * max(round(BAR * number / most), 1), style="cyan")
        table.add_row(Text(printable(key)), str(number), _percent(number, whole), bar)
    OUT.print(Text(f"\n{title}", style="bold"))
    OUT.print(Padding(table, (0, 0, 0, 2)))


def _print_list(title: str, rows: Sequence[str]) -> None:
    """The first rows under a title that says how many there are; nothing when there are none."""
    if title and rows:
        OUT.print(Text(f"\n{title} ({len(rows)})", style="bold"))
    for row in rows[:ROWS]:
        OUT.print(Text(f"  {printable(row)}"))
    if len(rows) > ROWS:
        OUT.print(Text(f"  … and {len(rows) - ROWS} more: --json has all", style="dim"))


def _failures(failed: Iterable[Mapping[str, str]]) -> list[str]:
    """Each reason once, most frequent first, with the pages it is true of."""
    pages: dict[str, list[str]] = {}
    for failure in failed:
        pages.setdefault(failure["reason"], []).append(failure["article"])
    order = Counter({reason: len(names) for reason, names in pages.items()})
    return [f"{reason}: {_listed(pages[reason])}" for reason, _ in order.most_common()]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _line(label: str, value: str, origin: str = "", *, plain: bool = False) -> Text:
    shown = Text(f"{label:>12}  ", style="dim") + Text(printable(value), style="dim" if plain else "")
    return shown + Text(f"  ({origin})" if origin else "", style="dim")


def _share(part: int, whole: int) -> str:
    return f"{part} of {_many(whole, 'article')} ({_percent(part, whole)})"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "—"


def _many(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"
