"""Are articles that tell the same event grouped, and others not?

    python tests/benchmarks/stories.py [DATA] [--vectors FOLDER] [--scale 20000]

DATA (default ../shared/data) needs ntrex, xling, near_duplicates and gum_wikinews. Embedding it takes minutes;
`--vectors` keeps the vectors for the next run. `--scale N` times the grouping of N made-up articles instead.
The limits of grouping were chosen on ntrex, xling and the example articles, never on near_duplicates' rewrites
or gum_wikinews; halves of the stories are reported apart to show how much a figure moves.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np

from assistant.demo import articles_dir
from ingest.article import Article, Failure, Metadata
from ingest.clean import unglue_text
from ingest.embed import Embedder, open_embedder
from ingest.pipeline import read_articles
from ingest.split import passage_header, split_article
from ingest.stories import Telling, find_marks, group_stories, mark_codes, mean_vector

Labelled = list[tuple[Article, str]]
# Events of the example articles by the beginning of their names; reports of one affair months apart are two events.
EXAMPLES = {
    "ferry": "000 001 002 003 averleycourier", "its cause": "011", "heat": "004 005 021 meridianledger.example_2024"
    " blickfeld-taeglich.example", "heat delayed": "016", "dam": "006 007 008 009 010", "dam raised":
    "https://grauentaler", "strike": "012 013 kvallsvinden", "strike over": "stenwick", "theft": "014 015",
    "painting found": "https://dagslaget meridianledger.example_2025", "painting back": "017", "insolvency": "018 019",
    "supplier": "020", "sale": "022 https://blickfeld",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--scale", type=int)
    options = parser.parse_args()
    if options.scale:
        time_grouping(options.scale)
        return
    if not options.data.is_dir():
        sys.exit(f"{options.data} is missing: name the data folder")
    embedder = open_embedder("local")
    print("| articles | pairs of one story | precision | recall | F1 | halves, F1 |\n|---|---|---|---|---|---|")
    everything: list[tuple[Telling, np.ndarray, str]] = []
    for name, load in SETS.items():
        labelled = load(options.data)
        vectors = embed(name, labelled, embedder, options.vectors)
        rows = [
            (telling_of(article), vector, f"{name} {story}")
            for (article, story), vector in zip(labelled, vectors, strict=True)
        ]
        everything += rows
        print_row(f"{name} ({len(rows)})", rows)
    print_row(f"all in one corpus ({len(everything)})", everything)


def ntrex(data: Path) -> Labelled:
    return [
        (Article(row["id"], row["text"], row["language"], Metadata(row.get("title"))), row["story"])
        for row in lines(data / "ntrex/articles.jsonl")
    ]


def xling(data: Path) -> Labelled:
    return [
        (Article(row["id"], row["text"], row["language"]), row["para"]) for row in lines(data / "xling/articles.jsonl")
    ]


def rewrites(data: Path) -> Labelled:
    pairs = list(lines(data / "near_duplicates/pairs.jsonl"))
    told = {pair[f"{side}_ref"]: pair[side] for pair in pairs for side in "ab"}
    texts = {name: text for name, text in told.items() if name.startswith("onestop")}
    stories = sorted({name.rpartition(":")[0] for name in texts})[::3]
    return [
        (Article(name, text, "en"), story) for name, text in sorted(texts.items())
        if (story := name.rpartition(":")[0]) in stories
    ]


def wikinews(data: Path) -> Labelled:
    return [
        (Article(row["id"], "\n\n".join(sentences(row)[1:]), "en", Metadata(row["title"], published_at=row["date"])),
         row["id"])
        for row in lines(data / "gum_wikinews/articles.jsonl")
    ]


def sentences(row: dict[str, object]) -> list[str]:
    found = row["sentences_tokenised"]
    return json.loads(found) if isinstance(found, str) else list(found)  # type: ignore[call-overload]


def examples(data: Path) -> Labelled:
    events = {start: event for event, starts in EXAMPLES.items() for start in starts.split()}
    articles = [found[0] for found in read_articles([articles_dir()]) if not isinstance(found, Failure)]
    return [
        (article, next(event for start, event in events.items() if article.name.startswith(start)))
        for article in articles
    ]


SETS: dict[str, Callable[[Path], Labelled]] = {
    "translated news": ntrex, "translated paragraphs": xling, "rewrites for learners": rewrites,
    "different events": wikinews, "example articles": examples,
}


def embed(name: str, labelled: Labelled, embedder: Embedder, folder: Path | None) -> np.ndarray:
    """The articles' vectors (n, d), from the folder if they are there."""
    file = folder / f"{name.replace(' ', '_')}.npy" if folder else None
    if file and file.exists():
        return np.load(file)
    vectors = np.stack([article_vector(article, embedder) for article, _ in labelled])
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, vectors)
    return vectors


def article_vector(article: Article, embedder: Embedder) -> np.ndarray:
    passages = split_article(article, lambda text: embedder.count_tokens([text])[0], embedder.max_tokens)
    texts = [passage_header(article) + unglue_text(passage.text) for passage in passages]
    return mean_vector(np.asarray(embedder.embed_passages(texts), dtype=np.float32))


def telling_of(article: Article) -> Telling:
    marks = mark_codes(find_marks(article.text))
    return Telling(article.name, article.language, article.metadata.published_at, marks)


def print_row(title: str, rows: list[tuple[Telling, np.ndarray, str]]) -> None:
    stories = sorted({story for _, _, story in rows})
    halves = [measure([row for row in rows if row[2] in set(stories[part::2])])[-1] for part in (0, 1)]
    pairs, precision, recall, f1 = measure(rows)
    print(f"| {title} | {pairs} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {halves[0]:.3f}, {halves[1]:.3f} |")


def measure(rows: list[tuple[Telling, np.ndarray, str]]) -> tuple[int, float, float, float]:
    """(pairs of one story, precision, recall, F1) over pairs of articles."""
    tellings = [replace(telling, article_id=str(place)) for place, (telling, _, _) in enumerate(rows)]
    found = pairs_of(group_stories(tellings, np.stack([vector for _, vector, _ in rows])))
    told: dict[str, list[str]] = {}
    for place, (_, _, story) in enumerate(rows):
        told.setdefault(story, []).append(str(place))
    true = pairs_of(told.values())
    right = len(found & true)
    return len(true), ratio(right, len(found)), ratio(right, len(true)), ratio(2 * right, len(found) + len(true))


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def pairs_of(stories: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for story in stories for pair in combinations(sorted(story), 2)}


def lines(file: Path) -> Iterator[dict[str, str]]:
    if not file.is_file():
        sys.exit(f"{file} is missing: name the data folder")
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def time_grouping(count: int) -> None:
    """Seconds and memory for `count` made-up articles: stories of three, fifty related ones to a subject."""
    random = np.random.default_rng(0)
    subjects, common = random.normal(size=(count // 50 + 1, 384)), 3 * random.normal(size=384)
    vectors, tellings = np.zeros((count, 384), dtype=np.float32), []
    for place in range(count):
        story = np.random.default_rng(place // 3)
        vectors[place] = common + subjects[place // 150] + 1.1 * story.normal(size=384) + 0.5 * random.normal(size=384)
        marks = np.append(story.integers(0, 20 * count, 60), random.integers(0, 5000, 40)).astype(np.uint32)
        day = f"2024-{1 + place // 3 % 12:02}-01" if place % 4 else None
        tellings.append(Telling(f"{place:06}", ("sv", "de", "en")[place % 3], day, np.unique(marks)))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    before, wall, cpu = peak_megabytes(), time.perf_counter(), time.process_time()
    stories = group_stories(tellings, vectors)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{count} articles, {len(stories)} stories: {wall:.1f} s, CPU {cpu:.1f} s,"
          f" {peak_megabytes() - before} MB more than their vectors and marks")


def peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
