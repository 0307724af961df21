"""Plots as inline SVG: means with their intervals by slice, and the spread of answer times."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evaluation.display import number
from assistant.evaluation.estimates import Estimate
from assistant.evaluation.report.marks import text

WIDTH = 640
LABELS = 215
ROW = 24
BINS = 24


def plot_intervals(title: str, rows: Sequence[tuple[str, Estimate]]) -> str:
    """A dot for each mean and a line for its 95 % interval, on a scale from 0 to 1."""
    if not rows:
        return ""
    height = ROW * (len(rows) + 1) + 6
    span = WIDTH - LABELS - 60

    def at(value: float) -> float:
        return round(LABELS + span * min(max(value, 0.0), 1.0), 1)

    parts = [
        f'<line class="grid" x1="{at(tick)}" x2="{at(tick)}" y1="0" y2="{height - ROW}"/>'
        f'<text class="tick" x="{at(tick)}" y="{height - 6}">{tick:g}</text>'
        for tick in (0, 0.25, 0.5, 0.75, 1)
    ]
    for place, (label, e) in enumerate(rows):
        y = ROW * place + ROW // 2
        parts.append(
            f'<text class="label" x="{LABELS - 10}" y="{y + 4}">{text(_short(label))} ({e.count})</text>'
            f'<line class="interval" x1="{at(e.low)}" x2="{at(e.high)}" y1="{y}" y2="{y}"/>'
            f'<circle class="mean" cx="{at(e.mean)}" cy="{y}" r="4"/>'
            f'<text class="value" x="{WIDTH - 50}" y="{y + 4}">{number(e.mean)}</text>'
        )
    return _figure(title, height, parts)


def plot_lines(
    title: str, variants: Sequence[str], lines: Sequence[tuple[str, Sequence[float | None]]]
) -> str:
    """A line for each metric across the variants, named at its end, on a scale from 0 to 1."""
    top, tall, right = 10, 260, WIDTH - LABELS
    step = (right - 40) / max(len(variants) - 1, 1)

    def at(value: float) -> float:
        return round(tall - (tall - top) * min(max(value, 0.0), 1.0), 1)

    parts = [
        f'<line class="grid" x1="30" x2="{right}" y1="{at(tick)}" y2="{at(tick)}"/>'
        f'<text class="start" x="0" y="{at(tick) + 4}">{tick:g}</text>'
        for tick in (0, 0.25, 0.5, 0.75, 1)
    ]
    ends: list[float] = []
    for name, values in sorted(lines, key=lambda line: -(line[1][-1] or 0.0)):
        known = [(round(40 + step * i, 1), at(v)) for i, v in enumerate(values) if v is not None]
        if known:
            points = " ".join(f"{x},{y}" for x, y in known)
            label = max(known[-1][1], ends[-1] + 13 if ends else 0.0)  # labels do not cover each other
            ends.append(label)
            dots = "".join(f'<circle class="mean" cx="{x}" cy="{y}" r="3"/>' for x, y in known)
            parts.append(f'<polyline class="line" points="{points}"/>{dots}'
                         f'<text class="start" x="{right + 8}" y="{label + 4:.1f}">{text(_short(name))}</text>')
    parts += [f'<text class="tick" x="{40 + step * i:.1f}" y="{tall + 20}">{text(_short(name))}</text>'
              for i, name in enumerate(variants)]
    return _figure(title, max(tall + 30, int(ends[-1]) + 12 if ends else 0), parts)


def plot_times(title: str, milliseconds: Sequence[float]) -> str:
    """How many answers took how long, in equal steps up to the slowest."""
    if not milliseconds:
        return ""
    step = max(milliseconds) / BINS or 1.0
    counts = [0] * BINS
    for value in milliseconds:
        counts[min(int(value / step), BINS - 1)] += 1
    width, tall = WIDTH / BINS, 120
    parts = [
        f'<rect class="bar" x="{place * width:.1f}" y="{tall - tall * count / max(counts):.1f}"'
        f' width="{width - 2:.1f}" height="{tall * count / max(counts):.1f}"><title>{count}</title></rect>'
        for place, count in enumerate(counts)
    ]
    parts.append(f'<text class="label" x="{WIDTH}" y="{tall + 18}">{math.ceil(max(milliseconds)):,} ms</text>'
                 f'<text class="start" x="0" y="{tall + 18}">0</text>')
    return _figure(title, tall + 24, parts)


def _figure(title: str, height: int, parts: Sequence[str]) -> str:
    return (f'<figure><figcaption>{text(title)}</figcaption><svg viewBox="0 0 {WIDTH} {height}" role="img"'
            f' aria-label="{text(title)}">{"".join(parts)}</svg></figure>')


def _short(label: str) -> str:
    return label if len(label) <= 21 else f"{label[:20]}…"
