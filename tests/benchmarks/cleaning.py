"""How well pages are cleaned: raw text, a library, a line filter, ours, and perfect line choice.

    python tests/benchmarks/cleaning.py [../shared/data] [--seeds ../shared/seeds] [--shipped]

Ours is measured by publisher-grouped cross-validation (the weights that judge a page never saw its
publisher); --shipped skips the training and takes the weights of the package, which saw every page. Only
speed and the HTML line are always of the shipped weights: held out, HTML input is the trafilatura column.
All figures are mean word-4-gram F1 over pages. Needs `resiliparse` and `justext` besides the project; set
OMP_NUM_THREADS=1, since more threads only slow down arrays this small.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from textwrap import fill

import numpy as np
from clean_pages import STYLES, GoldPage, label_lines, load_pages, shingle_f1
from clean_train import FOLDS, folds_of, samples_of, train

from ingest.article import CleanedPage
from ingest.clean import clean_html, clean_text
from ingest.clean.model import Weights, load_weights

Method = Callable[[GoldPage, str], str]
_ENDING = re.compile(r"[.!?…][\"'”“’»«)]*$")
_JUNK = ("javascript", "lorem ipsum", "{", "cookie", "privacy policy", "terms of use")


def c4_lines(text: str) -> str:
    """C4's line filter, de-duplicated: five words or more, ends like a sentence, no code or policy."""
    lines = dict.fromkeys(line.strip(" \t•") for line in text.splitlines())
    return "\n".join(
        line for line in lines
        if len(line.split()) >= 5 and _ENDING.search(line) and not any(junk in line.lower() for junk in _JUNK)
    )  # fmt: skip


def justext_lines(page: GoldPage, text: str) -> str:
    """A library on flattened text: jusText with every line wrapped in a paragraph, de-duplicated."""
    import justext  # type: ignore[import-untyped, unused-ignore]

    stop = justext.get_stoplist({"de": "German", "sv": "Swedish"}.get(page.language, "English"))
    paragraphs = justext.justext(_wrapped(text).encode("utf-8"), stop, encoding="utf-8")
    return "\n".join(dict.fromkeys(p.text for p in paragraphs if not p.is_boilerplate))


def trafilatura_lines(text: str) -> str:
    """A library on flattened text: trafilatura with every line wrapped in a paragraph, de-duplicated."""
    import trafilatura

    found = trafilatura.extract(_wrapped(text), favor_precision=True, include_comments=False, deduplicate=False)
    return "\n".join(dict.fromkeys((found or "").splitlines()))


def _wrapped(text: str) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f"<html><body><article>{paragraphs}</article></body></html>"


def perfect_lines(page: GoldPage, text: str) -> str:
    """Every line that is in the gold text, once."""
    lines = list(dict.fromkeys(filter(str.strip, text.splitlines())))
    return "\n".join(line for line, good in zip(lines, label_lines(lines, page.gold), strict=True) if good)


def table(pages: Sequence[GoldPage], methods: dict[str, Method]) -> None:
    """Print F1 by style and language, and of the worst tenth of pages, for every method."""
    print("| method | " + " | ".join(f"{style}: all / de / en / worst tenth" for style in STYLES) + " |")
    print("|---|" + "---|" * len(STYLES))
    for name, method in methods.items():
        cells = []
        for style in STYLES:
            found = [
                (shingle_f1(method(page, page.texts[style]), "\n".join(page.gold))[2], page.language) for page in pages
            ]
            cells.append(_summary(found))
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def _summary(found: Sequence[tuple[float, str]]) -> str:
    scores = sorted(score for score, _ in found)
    german, english = (np.mean([score for score, own in found if own == language]) for language in ("de", "en"))
    worst = np.mean(scores[: max(1, len(scores) // 10)])
    return f"{np.mean(scores):.4f} / {german:.3f} / {english:.3f} / {worst:.3f}"


def html_row(pages: Sequence[GoldPage]) -> None:
    """Print F1 of HTML input."""
    found = [(shingle_f1(clean_html(page.html).text, "\n".join(page.gold))[2], page.language) for page in pages]
    print(f"HTML input, ours, shipped weights: {_summary(found)}")


def untouched(pages: Sequence[GoldPage], clean: Callable[[GoldPage, str], CleanedPage]) -> None:
    """Print the share of lines dropped from text that is clean already: all, de, en, sv and no together."""
    forms: dict[str, Callable[[GoldPage], str]] = {
        "one a line": lambda page: "\n".join(page.gold),
        "blank lines": lambda page: "\n\n".join(page.gold),
        "headline first": lambda page: "\n".join([page.title, *page.gold]),
        "headline first, blank lines": lambda page: "\n\n".join([page.title, *page.gold]),
        "wrapped at 80 columns": lambda page: "\n".join(fill(unit, 80) for unit in page.gold),
        "wrapped, blank lines": lambda page: "\n\n".join(fill(unit, 80) for unit in page.gold),
        "one paragraph": lambda page: page.gold[len(page.gold) // 2],
        "first two paragraphs": lambda page: "\n".join(page.gold[:2]),
        "first three paragraphs": lambda page: "\n".join(page.gold[:3]),
        "three from the middle": lambda page: "\n".join(page.gold[3:6]),
        "last five, blank lines": lambda page: "\n\n".join(page.gold[-5:]),
        "headline and three paragraphs": lambda page: "\n".join([page.title, *page.gold[:3]]),
    }
    for name, form in forms.items():
        skip = name.startswith("headline")  # the headline itself is expected to leave the body
        fates: dict[str, list[bool]] = {"all": [], "de": [], "en": [], "sv, no": []}
        for page in pages:
            dropped = [line.reason is not None for line in clean(page, form(page)).lines[skip:]]
            fates["all"] += dropped
            fates[page.language if page.language in ("de", "en") else "sv, no"] += dropped
        cells = (f"{own} {sum(lost)} of {len(lost)} = {np.mean(lost):.2%}" for own, lost in fates.items())
        print(f"clean text, {name}, lines dropped: " + "; ".join(cells), flush=True)


def speed(pages: Sequence[GoldPage]) -> None:
    """Print median CPU milliseconds a page, the best of five, since other work disturbs a single run."""
    gc.freeze()  # the pages held here are no part of the cleaning
    for style in STYLES:
        times = [min(_milliseconds(page.texts[style]) for _ in range(5)) for page in pages]
        print(f"{style}: median {np.median(times):.1f} ms, p90 {np.percentile(times, 90):.1f} ms a page")


def _milliseconds(text: str) -> float:
    start = time.process_time()
    clean_text(text)
    return (time.process_time() - start) * 1000


def seeds(folder: Path) -> None:
    """Print token F1, gold lines lost and other lines kept, for the seeds."""
    listing = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for gold in listing["articles"] if isinstance(listing, dict) else listing:
        raw = (folder / gold["file"]).read_text(encoding="utf-8")
        page = clean_text(raw)
        numbers = {raw.count("\n", 0, line.start) + 1 for line in page.lines if line.reason is None}
        body = set(gold["body_lines"])
        with_captions = "\n".join([page.text, *page.captions])
        print(
            f"{gold['file']}: token F1 {_token_f1(page.text, gold['body']):.4f} "
            f"(with captions {_token_f1(with_captions, gold['body']):.4f}), "
            f"lost {len(body - numbers)}, kept wrongly {len(numbers - body)}"
        )


def _token_f1(found: str, body: Sequence[str]) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (found, " ".join(body)))
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--shipped", action="store_true", help="judge with the package's own weights")
    options = parser.parse_args()
    pages = load_pages(options.data)
    folds = folds_of(pages)
    weights = [load_weights()] * FOLDS if options.shipped else fold_weights(pages, folds)
    measure(pages, folds, weights)
    if options.seeds.is_dir():
        seeds(options.seeds)


def measure(pages: Sequence[GoldPage], folds: dict[str, int], weights: Sequence[Weights]) -> None:
    """Print every table that needs the pages."""

    def clean(page: GoldPage, text: str) -> CleanedPage:
        return clean_text(text, weights[folds[page.publisher]])

    def captioned(page: GoldPage, text: str) -> str:
        cleaned = clean(page, text)
        return "\n".join([cleaned.text, *cleaned.captions])

    table(
        pages,
        {
            "raw": lambda page, text: text,
            "trafilatura, lines wrapped": lambda page, text: trafilatura_lines(text),
            "jusText, lines wrapped": justext_lines,
            "C4 line filter + dedup": lambda page, text: c4_lines(text),
            "ours": lambda page, text: clean(page, text).text,
            "ours + captions appended": captioned,
            "perfect line choice": perfect_lines,
        },
    )
    html_row(pages)
    untouched(pages, clean)
    speed(pages)


def fold_weights(pages: Sequence[GoldPage], folds: dict[str, int]) -> list[Weights]:
    """Weights per fold, each trained without that fold's publishers."""
    samples = samples_of(pages)
    return [train([s for s in samples if folds[s.page.publisher] != fold]) for fold in range(FOLDS)]


if __name__ == "__main__":
    main()
