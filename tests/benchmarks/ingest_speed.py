"""Where an ingest spends its time: the embedder's share, and what the other stages cost.

    python tests/benchmarks/ingest_speed.py [DATA] [--pages 300]

DATA (default ../shared/data) needs ntrex/articles.jsonl and gum_wikinews/articles.jsonl; `--html` takes the pages
of pages/html instead. CPU seconds are of all threads of the process, wall-clock seconds beside them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from pathlib import Path

from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--html", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is missing: name the data folder")
    embedder = open_embedder("local")
    embedder.embed_query("warm")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        rows = list(html_pages(options.data) if options.html else text_pages(options.data))[: options.pages]
        source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        corpus = open_corpus_for_writing(Path(folder) / "corpus", embedder, "local")
        cpu = time.process_time()
        report = ingest_articles([source], corpus, embedder)
        cpu = time.process_time() - cpu
        outside = report.seconds - report.embed_seconds
        print(f"{len(rows)} pages, {report.passages} passages, {report.tokens} tokens, {report.copies} copies")
        print(f"{report.seconds:.1f} s ({cpu:.1f} s CPU), {report.embed_seconds:.1f} s in the embedder,"
              f" {outside / report.seconds:.1%} outside it, {1000 * outside / len(rows):.1f} ms a page")
        again = ingest_articles([source], corpus, embedder)
        print(f"unchanged, again: {again.seconds:.3f} s for {again.unchanged} articles")


def text_pages(data: Path) -> list[dict[str, str]]:
    """News texts in Swedish, German and English; Wikinews comes as tokens, joined by blanks."""
    with (data / "ntrex" / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [(row["id"], row["title"], row["text"]) for row in rows]
    with (data / "gum_wikinews" / "articles.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts.append((row["id"], row["title"], "\n".join(map(str, row["sentences_tokenised"]))))
    return [{"id": name, "text": f"{title}\n\n{text}"} for name, title, text in texts]


def html_pages(data: Path) -> list[dict[str, str]]:
    """Whole pages of news sites as HTML."""
    return [
        {"id": path.name, "html": gzip.decompress(path.read_bytes()).decode("utf-8", "replace")}
        for path in sorted((data / "pages" / "html").glob("*.html.gz"))
    ]


if __name__ == "__main__":
    main()
