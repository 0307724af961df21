"""Gold news pages flattened in four styles, their line labels, and the measure: word-4-gram F1.

What extractors leave of a page, the full page, trafilatura's text, and one line a block. Flattening needs
`resiliparse` besides the project's own packages; the project itself does not.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.clean.html import flatten_html

STYLES = ("main", "full", "trafilatura", "blocks")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page: publisher, language, gold headline and paragraphs, HTML, and text by style."""

    publisher: str
    language: str
    title: str
    gold: tuple[str, ...]
    html: str
    texts: dict[str, str]


def words(text: str) -> list[str]:
    """The words of `text`, casefolded."""
    return _WORD.findall(text.casefold())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The word 4-grams of `text` with their counts; of a shorter text, all its words as one."""
    own = words(text)
    if len(own) < 4:
        return Counter([tuple(own)] if own else [])
    return Counter(zip(*(own[i:] for i in range(4)), strict=False))


def shingle_f1(found: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of word 4-grams, as scrapinghub's article-extraction benchmark counts them."""
    a, b = shingles(found), shingles(gold)
    hits = sum((a & b).values())
    precision = hits / sum(a.values()) if a else float(not b)
    recall = hits / sum(b.values()) if b else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def load_pages(data: Path) -> list[GoldPage]:
    """The gold pages under `data`/pages, flattened; exits with advice when they are missing."""
    listing = data / "pages" / "gold.jsonl"
    if not listing.is_file():
        raise SystemExit(f"no gold pages: {listing} is missing; give the data folder as the first argument")
    pages = []
    for row in map(json.loads, listing.read_text(encoding="utf-8").splitlines()):
        html = gzip.decompress((data / "pages" / row["html"]).read_bytes()).decode("utf-8", "replace")
        pages.append(
            GoldPage(row["publisher"], row["lang"], row["gold_title"], tuple(_gold(row)), html, flatten(html))
        )
    return pages


def flatten(html: str) -> dict[str, str]:
    """The page's text in every style."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    return {
        "main": extract_plain_text(html, main_content=True),
        "full": extract_plain_text(html, main_content=False),
        "trafilatura": trafilatura.extract(html, favor_precision=True, include_comments=False) or "",
        "blocks": flatten_html(html),
    }


def label_lines(texts: Sequence[str], gold: Sequence[str]) -> list[int]:
    """1 for a line that is a gold paragraph, has half of its 4-grams in gold, or (3–5 words) is in it."""
    units = [words(unit) for unit in gold]
    exact = {tuple(unit) for unit in units}
    grams = {gram for unit in units for gram in zip(*(unit[i:] for i in range(4)), strict=False)}
    everything = " " + " | ".join(" ".join(unit) for unit in units) + " "
    return [_label(words(text), exact, grams, everything) for text in texts]


def _label(own: list[str], exact: set[tuple[str, ...]], grams: set[Any], everything: str) -> int:
    if not own:
        return 0
    if tuple(own) in exact:
        return 1
    if len(own) >= 6:
        mine = list(zip(*(own[i:] for i in range(4)), strict=False))
        return int(sum(gram in grams for gram in mine) >= len(mine) / 2)
    return int(len(own) >= 3 and f" {' '.join(own)} " in everything)


def _gold(row: dict[str, Any]) -> Iterator[str]:
    units = list(row["gold_summary"])
    for section in row["gold_sections"]:
        units += [*section["headline"], *section["paragraphs"]]
    for unit in units:
        yield from filter(str.strip, unit.split("\n"))
