"""Measures metadata on pages with gold: from HTML and from flattened text, and learns the line weights.

    python tests/benchmarks/metadata.py [DATA]              measure (DATA: default ../shared/data)
    python tests/benchmarks/metadata.py [DATA] --learn      cross-validate by publisher, print new weights

Text is what a reader would get from a crude extractor: every block element on its own line, nothing removed.
A title counts when it equals the gold title but for case and punctuation (or holds it and little more); a
date when it is within a day (time zones); "present" means that a line of the page holds it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np
from lxml import html as lxml_html

from ingest.article import CleanedPage, Metadata, Page
from ingest.clean import clean_text
from ingest.metadata import describe_page, published, title
from ingest.metadata.layout import Layout, lay_out, normal

_HIDDEN = ("script", "style", "noscript", "svg", "template", "head", "iframe")
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
    "footer", "figure", "figcaption", "br", "tr", "td", "nav", "main", "aside", "form", "button", "time",
    "address", "blockquote", "dt", "dd",
})  # fmt: skip
_FOLDS = 5


@dataclass(frozen=True)
class Sample:
    """One page with its gold; `headings` are its h1 elements, which may differ from the gold title."""

    publisher: str
    language: str
    html: str
    text: str
    title: str
    published: date
    authors: tuple[str, ...]
    headings: tuple[str, ...]


def main() -> int:
    """Runs the measurement; exit code 2 when the data is missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--learn", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.data / "pages"
    if not (folder / "gold.jsonl").is_file():
        print(f"No gold.jsonl in {folder}: name the folder that holds pages/.", file=sys.stderr)
        return 2
    samples = list(read_samples(folder))
    cleaned = [clean_text(sample.text) for sample in samples]
    if arguments.learn:
        learn(samples, cleaned)
        return 0
    print("| input | title of present | date right / wrong / none | date P, R | author P, R | ms a page |")
    print("|---|---|---|---|---|---|")
    print(measure("html", samples, lambda number: describe_html(samples[number])))
    print(measure("text", samples, lambda number: describe_text(samples[number], cleaned[number])))
    return 0


def describe_html(sample: Sample) -> Metadata:
    """Metadata from the markup alone."""
    return describe_page(Page("page.html", html=sample.html), CleanedPage(""), sample.language)


def describe_text(sample: Sample, cleaned: CleanedPage) -> Metadata:
    """Metadata from the flattened lines, without the address."""
    return describe_page(Page("page.txt", text=sample.text), cleaned, sample.language)


def read_samples(folder: Path) -> Iterator[Sample]:
    """The pages of a folder with gold.jsonl, flattened."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        with gzip.open(folder / row["html"], "rt", encoding="utf-8", errors="replace") as file:
            page = file.read()
        parser = lxml_html.HTMLParser(encoding="utf-8")
        tree = lxml_html.document_fromstring(page.encode("utf-8"), parser=parser)
        headings = tuple(" ".join(node.text_content().split()) for node in tree.iter("h1"))
        yield Sample(
            row["publisher"],
            row["lang"][:2],
            page,
            flatten(tree),
            row["gold_title"],
            date.fromisoformat(row["gold_date"][:10]),
            tuple(row["gold_authors"]),
            tuple(heading for heading in headings if " " in heading),
        )


def flatten(tree: lxml_html.HtmlElement) -> str:
    """The visible text, one block element a line."""
    for tag in _HIDDEN:
        for node in list(tree.iter(tag)):
            node.drop_tree()
    return re.sub(r"\n\s*\n+", "\n\n", _with_tails(tree))


def _with_tails(node: lxml_html.HtmlElement) -> str:
    """Text of a node and its children in order, line breaks at the borders of blocks."""
    border = "\n" if node.tag in _BLOCKS else ""
    inner = "".join(
        (_with_tails(child) if isinstance(child.tag, str) else "")
        + " ".join(["", *(child.tail or "").split(), ""])
        for child in node
    )
    return f"{border}{' '.join((node.text or '').split())}{inner}{border}"


def matches(gold: str, found: str | None) -> bool:
    """Does `found` equal the gold title, or hold it and little more?"""
    wanted, given = normal(gold), normal(found or "")
    return bool(wanted) and (wanted == given or (wanted in given and len(given) < 1.6 * len(wanted)))


def measure(name: str, samples: list[Sample], describe: Callable[[int], Metadata]) -> str:
    """One row of the table."""
    count: Counter[str] = Counter()
    times: list[float] = []
    for number, sample in enumerate(samples):
        started = time.process_time()
        found = describe(number)
        times.append(time.process_time() - started)
        lines = sample.text.split("\n") if name == "text" else [sample.title]
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
        visible = normal(sample.text) if name == "text" else None
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


Group = tuple[str, "np.ndarray[tuple[int, int], np.dtype[np.float64]]", list[int]]


def learn(samples: list[Sample], cleaned: list[CleanedPage]) -> None:
    """Fits both line models, cross-validated by publisher, and prints their weights."""
    layouts = [lay_out(page) for page in cleaned]
    for name, groups, ceiling in (
        ("title", list(title_groups(samples, layouts)), None),
        # Signs no page here can teach: far above the title, pictures and events never speak for a date.
        ("published", list(date_groups(samples, layouts)), {3: -0.5, 4: -1.5, 11: -1.0, 12: -1.0}),
    ):
        publishers = sorted({publisher for publisher, _, _ in groups})
        random.Random(1).shuffle(publishers)
        right = given = present = 0
        for fold in range(_FOLDS):
            held_out = set(publishers[fold::_FOLDS])
            weights = fit([group for group in groups if group[0] not in held_out], ceiling)
            for publisher, rows, wanted in groups:
                if publisher not in held_out:
                    continue
                present += bool(wanted)
                scores = rows @ weights
                if len(rows) and scores.max() > 0:
                    given += 1
                    right += int(scores.argmax()) in wanted
        print(
            f"{name}: precision {right / max(1, given):.3f}, recall {right / max(1, present):.3f} (held out)"
        )
        print("   ", ", ".join(f"{weight:.2f}" for weight in fit(groups, ceiling)))


def title_groups(samples: list[Sample], layouts: list[Layout]) -> Iterator[Group]:
    """Candidate lines of each page; right are those that hold the gold title or a visible heading."""
    for sample, layout in zip(samples, layouts, strict=True):
        indices = title.candidates(layout)
        rows = [title.features(layout, index) for index in indices]
        golds = (sample.title, *sample.headings)
        lines = [layout.lines[index] for index in indices]
        wanted = [row for row, line in enumerate(lines) if any(matches(gold, line) for gold in golds)]
        yield sample.publisher, np.array(rows, dtype=float).reshape(len(rows), len(title.WEIGHTS)), wanted


def date_groups(samples: list[Sample], layouts: list[Layout]) -> Iterator[Group]:
    """Candidate dates of each page; right are those within a day of the gold date."""
    for sample, layout in zip(samples, layouts, strict=True):
        found = published.candidates(layout, title.find_title(layout), sample.language)
        wanted = [row for row, one in enumerate(found) if abs((one.day - sample.published).days) <= 1]
        rows = np.array([one.features for one in found], dtype=float)
        yield sample.publisher, rows.reshape(len(found), len(published.WEIGHTS)), wanted


def fit(
    groups: list[Group], ceiling: dict[int, float] | None
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Weights of a softmax over the lines of a page and "none of them" (score 0), by Adam, 400 steps."""
    groups = [group for group in groups if len(group[1])]
    weights = np.zeros(groups[0][1].shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 401):
        gradient = 0.1 * weights / len(groups)
        for _, rows, wanted in groups:
            scores = np.append(rows @ weights, 0.0)
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            target = np.zeros_like(chance)
            chosen = wanted or [len(chance) - 1]
            target[chosen] = chance[chosen] / chance[chosen].sum()
            gradient += ((chance - target)[:-1] @ rows) / len(groups)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        rate = 0.3 if step < 200 else 0.06
        weights = weights - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        for index, value in (ceiling or {}).items():
            weights[index] = min(weights[index], value)
    return weights


if __name__ == "__main__":
    sys.exit(main())
