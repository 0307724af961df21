"""Is the first quote the right one, with and without matching tokens? By whether it is in the question's language.

    python tests/benchmarks/sentence_choice.py --data ../shared/data/xling --questions 180

Every paragraph is ingested in each language; each question is asked of the articles of one language at a time. A quote
is right when it stands in a gold paragraph and holds the answer as it is written in that language.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from assistant.answer.extractive import choose_quotes
from assistant.answer.focus import focus_of
from assistant.question import understand_question
from assistant.records import Filters
from assistant.retrieve import Retriever
from assistant.vectors import RememberedVectors, remember_sentences
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing


def main() -> None:
    """Print the shares of right first quotes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/xling"))
    parser.add_argument("--questions", type=int, default=180, help="each in all its languages")
    arguments = parser.parse_args()
    if not (arguments.data / "questions.jsonl").exists():
        sys.exit(f"no questions in {arguments.data}: name the folder with --data")
    questions: dict[str, dict[str, dict]] = defaultdict(dict)
    for line in (arguments.data / "questions.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        questions[row["id"].rsplit("-", 1)[0]][row["language"]] = row
    asked = sorted(key for key, forms in questions.items() if len(forms) == 3)
    random.Random(11).shuffle(asked)
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        embedder = open_embedder("local")
        corpus = open_corpus_for_writing(Path(folder) / "corpus", embedder, "local")
        ingest_articles([arguments.data / "articles.jsonl"], corpus, embedder)
        retriever = Retriever(corpus, embedder)
        ways = {"without": RememberedVectors(embedder.embed_passages), "with": remember_sentences(embedder)}
        for forms in (questions[key] for key in asked[: arguments.questions]):
            for asked_in, row in forms.items():
                for told_in, other in forms.items():
                    query = understand_question(row["question"], filters=Filters(languages=(told_in,)))
                    vector = retriever.embed_query(query)
                    gold = {one["article"] for one in row["evidence"]}
                    for way, sentences in ways.items():
                        passages = retriever.retrieve(query, vector, 8, sentences)
                        background = retriever.background(vector, passages, query.language)
                        focus = embedder.embed_query(focus_of(query, passages[0].article)) if passages else None
                        first = choose_quotes(query, vector, passages, sentences, background, focus=focus)[:1]
                        right[way, "within" if asked_in == told_in else "across"].append(
                            any(quote.article.name in gold and other["answer"] in quote.text for quote in first)
                        )
    for (way, relation), values in sorted(right.items()):
        print(f"{relation:7} {way:8} tokens: first quote right {sum(values) / len(values):.3f} of {len(values)}")


if __name__ == "__main__":
    main()
