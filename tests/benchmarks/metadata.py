"""Measures metadata on pages with gold: from HTML and from flattened text, and learns the line weights.

    python tests/benchmarks/metadata.py [DATA]              measure (DATA: default ../shared/data)
    python tests/benchmarks/metadata.py [DATA] --learn      cross-validate by publisher, print new weights

Text is the page flattened as in clean_pages.py, without its address. A title counts when it equals the gold
title but for case and punctuation (or holds it and little more); a date when it is within a day (time
zones); "present" means that a line of the page holds it. In cross-validation neither the weights of the
cleaner nor those of titles and dates saw the publisher of the page. Needs `resiliparse`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
from clean_pages import load_pages
from clean_train import FOLDS, folds_of
from cleaning import fold_weights
from lxml import html as lxml_html

from ingest.article import CleanedPage, Metadata, Page
from ingest.clean import clean_text
from ingest.metadata import describe_page, published, title
from ingest.metadata.layout import Layout, lay_out, normal

_STYLES = ("main", "full", "blocks")
# Signs no page here can teach: far from the title, above all far above it, pictures and events never speak for a date.
_DATE_CEILING = {3: -0.5, 4: -1.5, 11: -1.0, 12: -1.0, 17: 0.0}
_STEPS = 400


@dataclass(frozen=True)
class Sample:
    """One page in one style with its gold; `headings` are its h1 elements, which may differ from the gold title."""

    style: str
    fold: int
    language: str
    html: str
    text: str
    title: str
    published: date
    authors: tuple[str, ...]
    headings: tuple[str, ...]


def main() -> None:
    """Print the measured table, or with --learn the cross-validated one and new weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    samples = list(read_samples(options.data))
    if options.learn:
        learn(samples, fold_cleaned(options.data, samples))
        return
    print("| input | title of present | date right / wrong / none | date P, R | author P, R | ms a page |")
    print("|---|---|---|---|---|---|")
    pages = [sample for sample in samples if sample.style == _STYLES[0]]
    print(measure("html", pages, describe_html))
    for style in _STYLES:
        print(measure(style, [sample for sample in samples if sample.style == style], describe_text))


def describe_html(sample: Sample) -> Metadata:
    """Metadata from the markup alone."""
    return describe_page(Page("page.html", html=sample.html), CleanedPage(""), sample.language)


def describe_text(sample: Sample) -> Metadata:
    """Metadata from the flattened lines, without the address."""
    return describe_page(Page("page.txt", text=sample.text), clean_text(sample.text), sample.language)


def read_samples(data: Path) -> Iterator[Sample]:
    """The pages of a folder with gold.jsonl, flattened in every style."""
    pages = load_pages(data)
    folds = folds_of(pages)
    rows = map(json.loads, (data / "pages" / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    for page, row in zip(pages, rows, strict=True):
        parser = lxml_html.HTMLParser(encoding="utf-8")
        tree = lxml_html.document_fromstring(page.html.encode("utf-8"), parser=parser)
        headings = tuple(" ".join(node.text_content().split()) for node in tree.iter("h1"))
        for style in _STYLES:
            yield Sample(
                style,
                folds[page.publisher],
                row["lang"][:2],
                page.html,
                page.texts[style],
                page.title,
                date.fromisoformat(row["gold_date"][:10]),
                tuple(row["gold_authors"]),
                tuple(heading for heading in headings if " " in heading),
            )


def fold_cleaned(data: Path, samples: Sequence[Sample]) -> list[Layout]:
    """Every page cleaned by weights that did not see its publisher."""
    pages = load_pages(data)
    weights = fold_weights(pages, folds_of(pages))
    return [lay_out(clean_text(sample.text, weights[sample.fold])) for sample in samples]


def matches(gold: str, found: str | None) -> bool:
    """Does `found` equal the gold title, or hold it and little more?"""
    wanted, given = normal(gold), normal(found or "")
    return bool(wanted) and (wanted == given or (wanted in given and len(given) < 1.6 * len(wanted)))


def measure(name: str, samples: Sequence[Sample], describe: Callable[[Sample], Metadata]) -> str:
    """One row of the table."""
    count: Counter[str] = Counter()
    times: list[float] = []
    for sample in samples:
        started = time.process_time()
        found = describe(sample)
        times.append(time.process_time() - started)
        lines = sample.text.split("\n") if name != "html" else [sample.title]
        present = any(matches(sample.title, line) for line in lines)
        count["title present"] += present
        count["title right"] += present and matches(sample.title, found.title)
        dated = name == "html" or any(states(line, sample) for line in lines if len(line) < 400)
        count["date present"] += dated
        if found.published_at is None:
            count["date none"] += 1
        else:
            near = abs((date.fromisoformat(found.published_at) - sample.published).days) <= 1
            count["date right" if near else "date wrong"] += 1
        authors = [normal(author) for author in sample.authors]
        given = [normal(author) for author in (found.author or "").split(", ") if author]
        count["author given"] += len(given)
        count["author right"] += sum(author in authors for author in given)
        visible = normal(sample.text) if name != "html" else None
        count["author present"] += sum(visible is None or author in visible for author in authors)
    right, wrong, none = count["date right"], count["date wrong"], count["date none"]
    return (
        f"| {name} | {count['title right']}/{count['title present']} | {right} / {wrong} / {none}"
        f" | {right / max(1, right + wrong):.3f}, {right / max(1, count['date present']):.3f}"
        f" | {count['author right'] / max(1, count['author given']):.3f},"
        f" {count['author right'] / max(1, count['author present']):.3f} | {1000 * median(times):.1f} |"
    )


def states(line: str, sample: Sample) -> bool:
    """Does the line name the day of publication?"""
    days = [one.earliest for one in published.full_dates(line, sample.language)]
    return any(day is not None and abs((day - sample.published).days) <= 1 for day in days)


Group = tuple["np.ndarray[tuple[int, int], np.dtype[np.float64]]", list[int]]  # candidates, the right ones


def learn(samples: Sequence[Sample], layouts: Sequence[Layout]) -> None:
    """Cross-validate titles, then dates beside the titles found, by publisher; print weights of all pages."""
    groups = [title_group(*pair) for pair in zip(samples, layouts, strict=True)]
    titles = [
        title.find_title(layout, weights)
        for layout, weights in zip(layouts, held_out(samples, groups, {}), strict=True)
    ]
    dated = [date_group(*row) for row in zip(samples, layouts, titles, strict=True)]
    days = [
        published.find_published(layout, line, sample.language, weights).published
        for layout, line, sample, weights in zip(
            layouts, titles, samples, held_out(samples, dated, _DATE_CEILING), strict=True
        )
    ]
    for style in _STYLES:
        count: Counter[str] = Counter()
        for sample, layout, line, day in zip(samples, layouts, titles, days, strict=True):
            if sample.style != style:
                continue
            lines = sample.text.split("\n")
            present = any(matches(sample.title, other) for other in lines)
            count["title present"] += present
            count["title right"] += present and line is not None and matches(sample.title, layout.lines[line])
            count["date present"] += any(states(other, sample) for other in lines if len(other) < 400)
            count["date given"] += day is not None
            count["date right"] += day is not None and abs((day - sample.published).days) <= 1
        print(
            f"{style}, held out: title {count['title right']}/{count['title present']}, date P "
            f"{count['date right'] / count['date given']:.3f} R {count['date right'] / count['date present']:.3f}"
        )
    for name, own, ceiling in (("title", groups, {}), ("published", dated, _DATE_CEILING)):
        print(name, ", ".join(f"{weight:.2f}" for weight in fit(own, ceiling)))


def held_out(
    samples: Sequence[Sample], groups: Sequence[Group], ceiling: dict[int, float]
) -> Iterator[list[float]]:
    """Per sample the weights learned without its publisher."""
    folds = [
        fit([group for group, sample in zip(groups, samples, strict=True) if sample.fold != fold], ceiling)
        for fold in range(FOLDS)
    ]
    for sample in samples:
        yield folds[sample.fold]


def title_group(sample: Sample, layout: Layout) -> Group:
    """Candidate lines of a page; right are those that hold the gold title or a visible heading."""
    indices = title.candidates(layout)
    rows = np.array([title.features(layout, index) for index in indices], dtype=float)
    golds = (sample.title, *sample.headings)
    wanted = [n for n, index in enumerate(indices) if any(matches(gold, layout.lines[index]) for gold in golds)]
    return rows.reshape(len(indices), len(title.WEIGHTS)), wanted


def date_group(sample: Sample, layout: Layout, line: int | None) -> Group:
    """Candidate dates of a page; right are those within a day of the gold date."""
    found = published.candidates(layout, line, sample.language)
    rows = np.array([one.features for one in found], dtype=float)
    wanted = [n for n, one in enumerate(found) if abs((one.day - sample.published).days) <= 1]
    return rows.reshape(len(found), len(published.WEIGHTS)), wanted


def fit(groups: Sequence[Group], ceiling: dict[int, float]) -> list[float]:
    """Weights of a softmax over the candidates of a page and "none of them" (score 0), by Adam."""
    groups = [group for group in groups if len(group[0])]
    rows = np.vstack([own for own, _ in groups])
    sizes = np.array([len(own) for own, _ in groups])
    starts = np.cumsum(sizes) - sizes
    group_of = np.repeat(np.arange(len(groups)), sizes)
    wanted = np.zeros(len(rows), dtype=bool)
    wanted[[start + n for start, (_, right) in zip(starts, groups, strict=True) for n in right]] = True
    weights = np.zeros(rows.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = rows @ weights
        top = np.maximum(np.maximum.reduceat(scores, starts), 0.0)
        chance = np.exp(scores - top[group_of])
        chance /= (np.add.reduceat(chance, starts) + np.exp(-top))[group_of]
        hoped = np.where(wanted, chance, 0.0)
        target = hoped / np.maximum(np.add.reduceat(hoped, starts), 1e-300)[group_of]
        gradient = (rows.T @ (chance - target) + 0.1 * weights) / len(groups)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        rate = 0.3 if step < _STEPS / 2 else 0.06
        weights = weights - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        for index, value in ceiling.items():
            weights[index] = min(weights[index], value)
    found: list[float] = weights.tolist()
    return found


if __name__ == "__main__":
    main()
