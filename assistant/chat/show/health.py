"""The corpus' health as HTML: counts, where and when articles come from, what was folded and what failed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.chat.show.escape import escape, isolate
from assistant.chat.show.labels import date_label, language_label, month_label
from assistant.chat.texts import TEXTS

# Longer lists are cut and say so.
MOST_BARS, MOST_LINES, MOST_COLUMNS = 15, 50, 60
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
PLOT_WIDTH, PLOT_HEIGHT = 640, 120


def render_health(report: Mapping[str, Any], interface: str) -> str:
    """The document of `assistant corpus --json` as a page."""
    texts = TEXTS[interface]
    publishers = {name or texts["unknown"]: count for name, count in report["publishers"].items()}
    languages = {language_label(code, interface): count for code, count in report["languages"].items()}
    copies = [f"{isolate(copy)} = {isolate(original)}" for copy, original in report["copies"]]
    failed = [f'{isolate(item["article"])}: {escape(item["reason"])}' for item in report["failed"]]
    stories = [" + ".join(isolate(str(name)) for name in story) for story in report["stories"]]
    recipe = [f"{escape(key)}: {isolate(str(value))}" for key, value in report["recipe"].items()]
    sizes = [f"{escape(key)}: {size / 1e6:.1f} MB" for key, size in report["bytes"].items()]
    return (
        f'<section class="health"><h2>{escape(texts["place_corpus"])}</h2>{_figures(report, interface)}'
        f'<div class="charts">{_bars(texts["by_publisher"], publishers, interface)}'
        f'{_bars(texts["by_language"], languages, interface)}{_months(report["months"], interface)}</div>'
        f'{_list(texts["failures"], failed, interface, opened=True)}{_list(texts["copies"], copies, interface)}'
        f'{_list(texts["stories"], stories, interface)}{_list(texts["recipe"], [*recipe, *sizes], interface)}</section>'
    )


def _figures(report: Mapping[str, Any], interface: str) -> str:
    texts = TEXTS[interface]
    first, last = (date_label(report[key], interface) if report[key] else "–" for key in ("from", "to"))
    figures = (
        (texts["articles"], report["articles"]), (texts["copies_count"], len(report["copies"])),
        (texts["passages"], report["passages"]),
        (texts["period"], f"{first} – {last}"), (texts["undated_count"], report["undated"]),
        (texts["boilerplate"], f'{report["boilerplate"]:.0%}'), (texts["unsure"], report["low_confidence"]),
    )
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(str(value))}</dd></div>" for name, value in figures)
    return f'<dl class="figures">{items}</dl>'


def _bars(title: str, counts: Mapping[str, int], interface: str) -> str:
    """A table with a bar in each row: read aloud it is a table."""
    if not counts:
        return ""
    most = max(counts.values())
    shown = list(counts.items())[:MOST_BARS]
    rows = "".join(
        f'<tr><th scope="row">{isolate(name)}</th><td class="bar"><span style="inline-size:{100 * count / most:.1f}%">'
        f"</span></td><td>{count}</td></tr>"
        for name, count in shown
    )
    more = _more(len(counts) - len(shown), interface)
    return f'<table class="bars"><caption>{escape(title)}</caption><tbody>{rows}</tbody></table>{more}'


def _months(months: Mapping[str, int], interface: str) -> str:
    """Articles as columns by month, over a longer time by year; one without any stays empty."""
    shown, title = _columns(months, 12), TEXTS[interface]["by_month"]
    if len(shown) > MOST_COLUMNS:
        years: Counter[str] = Counter()
        for month, count in months.items():
            years[month[:4]] += count
        shown, title = _columns(years, 1)[-MOST_COLUMNS:], TEXTS[interface]["by_year"]
    if not shown:
        return ""
    most, step = max(count for _, count in shown), PLOT_WIDTH / len(shown)
    columns = "".join(
        f'<rect x="{place * step:.1f}" y="{PLOT_HEIGHT * (1 - count / most):.1f}" width="{max(step - 2, 1):.1f}"'
        f' height="{PLOT_HEIGHT * count / most:.1f}"><title>{escape(month)}: {count}</title></rect>'
        for place, (month, count) in enumerate(shown)
    )
    told = ", ".join(f"{month}: {count}" for month, count in shown)
    first, last = (month_label(name, interface) for name in (shown[0][0], shown[-1][0]))
    ends = f'<p class="ends" aria-hidden="true"><span>{escape(first)}</span><span>{escape(last)}</span></p>'
    return (f'<figure class="months"><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {PLOT_WIDTH}'
            f' {PLOT_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{escape(told)}">{columns}</svg>{ends}'
            "</figure>")


def _columns(counts: Mapping[str, int], a_year: int) -> list[tuple[str, int]]:
    """(month or year, articles) in order, those between without any included; `a_year` is 12 or 1."""
    known = {int(name[:4]) * a_year + int(name[5:] or 1) - 1: count for name, count in counts.items()
             if _PERIOD.fullmatch(name)}
    numbers = range(min(known), max(known) + 1) if known else ()
    form = "{:04}-{:02}" if a_year > 1 else "{:04}"
    return [(form.format(number // a_year, number % a_year + 1), known.get(number, 0)) for number in numbers]


def _list(title: str, items: Sequence[str], interface: str, *, opened: bool = False) -> str:
    if not items:
        return ""
    lines = "".join(f"<li>{item}</li>" for item in items[:MOST_LINES])
    state = " open" if opened else ""
    return (f'<details{state}><summary>{escape(title)} ({len(items)})</summary><ul>{lines}</ul>'
            f"{_more(len(items) - MOST_LINES, interface)}</details>")


def _more(count: int, interface: str) -> str:
    return f'<p class="hint">{escape(TEXTS[interface]["more"].format(count=count))}</p>' if count > 0 else ""
