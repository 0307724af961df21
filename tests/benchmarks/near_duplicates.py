"""Which pairs of texts are taken for copies: by tier, and by edits made here.

    python tests/benchmarks/near_duplicates.py [DATA]

DATA (default ../shared/data) needs near_duplicates/pairs.jsonl. Each pair goes the whole way: the first text is
stored in a catalogue, the second is looked up. `coverage` is how much of the shorter text stands in the longer one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.article import Article
from ingest.copies import Copies
from ingest.corpus.catalogue import Catalogue
from ingest.corpus.changes import Changes
from ingest.corpus.rows import ArticleRow, StoredPage
from ingest.dedupe import compare_texts, fingerprint_text

EDITED = ("light_edit", "rewrite_adv_int", "translation_swe", "translation_deu")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    options = parser.parse_args()
    path = options.data / "near_duplicates" / "pairs.jsonl"
    if not path.is_file():
        sys.exit(f"{path} is missing: name the data folder")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        tiers[row["tier"]].append((row["a"], row["b"]))
    for text in sorted({row["b"] for row in rows if row["tier"] in EDITED}):
        for name, edit in EDITS.items():
            tiers[f"made here: {name}"].append((text, edit(text, random.Random(len(text)))))
    print("| pairs | n | taken for copies | coverage: lowest, 2 %, median, 98 %, highest |")
    print("|---|---|---|---|")
    for name, pairs in tiers.items():
        found = [judge(a, b) for a, b in pairs]
        copies = sum(is_copy for is_copy, _ in found) / len(found)
        values = sorted(coverage for _, coverage in found)
        few = len(values) // 50
        cuts = [values[0], values[few], values[len(values) // 2], values[-1 - few], values[-1]]
        print(f"| {name} | {len(found)} | {copies:.3f} | {' '.join(f'{value:.3f}' for value in cuts)} |")
    print(f"\nOf all {len(texts(rows))} texts in one catalogue, copies of another story or language: "
          + (", ".join(strangers(rows)) or "none"))


def judge(stored: str, new: str) -> tuple[bool, float]:
    """Whether `new` is taken for a copy when `stored` is in the catalogue, and the share of shared words."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder) / "catalogue.sqlite", writable=True)
        store(catalogue, "stored", stored)
        match = Copies(catalogue).find("new", fingerprint_text(new), "en")
        catalogue.close()
    return match is not None, compare_texts(fingerprint_text(stored), fingerprint_text(new))


def store(catalogue: Changes, name: str, text: str) -> str:
    """One original, whole."""
    article = Article(name, text, "en")
    page = StoredPage(name, name, (), len(text), "none")
    catalogue.begin_articles([ArticleRow(article, page, "none", shingles=fingerprint_text(text).sample.tolist())], [])
    catalogue.finish_articles([article.id])
    return article.id


def texts(rows: list[dict[str, str]]) -> dict[str, str]:
    """All texts of the pairs by their reference."""
    return {row[f"{side}_ref"]: row[side] for row in rows for side in "ab"}


def strangers(rows: list[dict[str, str]]) -> Iterator[str]:
    """Kinds of matches between texts of different stories or languages when all are stored together."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder) / "catalogue.sqlite", writable=True)
        copies = Copies(catalogue)
        names: dict[str, str] = {}
        for reference, text in texts(rows).items():
            match = copies.find(reference, fingerprint_text(text), "en")
            if match is None:
                names[store(catalogue, reference, text)] = reference
            elif story(names[match.article_id]) != story(reference):
                yield f"{reference} of {names[match.article_id]}"
        catalogue.close()


def story(reference: str) -> str:
    """Which story and language a reference names; the levels of one story count as one."""
    set_name, first, second = reference.split(":", 2)
    return first if set_name == "onestop" else f"{second} {first.split('.')[-1][:3]}"


def sentences(text: str) -> list[str]:
    """Roughly."""
    return [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def typos(text: str, chance: random.Random, share: float) -> str:
    """Letters exchanged, words dropped, glued or repeated."""
    words = text.split(" ")
    for i in range(len(words) - 1):
        kind = chance.random() / share
        if kind < 0.5 and len(words[i]) > 2:
            words[i] = words[i][1] + words[i][0] + words[i][2:]
        elif kind < 0.7:
            words[i] = ""
        elif kind < 0.9:
            words[i], words[i + 1] = words[i] + words[i + 1], ""
        elif kind < 1:
            words[i] += " " + words[i]
    return " ".join(word for word in words if word)


def cut(text: str, chance: random.Random, share: float) -> str:
    """The first sentences."""
    parts = sentences(text)
    return "\n".join(parts[: max(2, round(len(parts) * share))])


def thinned(text: str, chance: random.Random) -> str:
    """Four of ten sentences, from anywhere."""
    parts = sentences(text)
    kept = sorted(chance.sample(range(len(parts)), max(2, round(len(parts) * 0.4))))
    return "\n".join(parts[i] for i in kept)


def reordered(text: str, chance: random.Random) -> str:
    """Paragraphs of three sentences in another order."""
    parts = sentences(text)
    paragraphs = [" ".join(parts[i : i + 3]) for i in range(0, len(parts), 3)]
    chance.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def headed(text: str, chance: random.Random) -> str:
    """Another headline, and an agency line at the end."""
    return ("What the town hall knew and when it knew it\n" + "\n".join(sentences(text)[1:])
            + "\n(Agency) Reporting by the Oslo desk; additional reporting from two cities.")


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "3 % typos": lambda text, chance: typos(text, chance, 0.03),
    "8 % typos": lambda text, chance: typos(text, chance, 0.08),
    "first 60 %": lambda text, chance: cut(text, chance, 0.6),
    "first 40 %": lambda text, chance: cut(text, chance, 0.4),
    "any 40 % of sentences": thinned,
    "reordered": reordered,
    "other headline, agency line": headed,
    "first 60 %, other headline, agency line": lambda text, chance: headed(cut(text, chance, 0.6), chance),
    "first 60 %, 3 % typos": lambda text, chance: typos(cut(text, chance, 0.6), chance, 0.03),
}

if __name__ == "__main__":
    main()
