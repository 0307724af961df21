"""Are articles rightly said to give different figures, and to say so independently?

75 made-up questions with two or three short articles each (`tests/data/sides.jsonl`, sv, de, en; casualties, money,
shares, times, ages, distances, counts), all in one corpus, so that each stands among 150 articles on other events. A
label is `conflict`, `agreement`, `compatible` (one figure is the other rounded), `update` (the later figure is of a
later day) or `neither` (other things counted, parts, copies, other events). Says of each half what is said rightly
and how much of what should be said is.

    python tests/benchmarks/sides.py
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant
from assistant.wording import DIFFERING, DIFFERING_DATES, VOICES
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

CASES = Path(__file__).parents[1] / "data" / "sides.jsonl"
DIFFER = [text.strip(" –") for table in (DIFFERING, DIFFERING_DATES) for text in table.values()]
INDEPENDENT = [text.split("}")[1].rstrip(")") for text in VOICES.values()]
RIGHT_TO_DIFFER = ("conflict", "update")
RIGHT_TO_AGREE = ("agreement", "compatible")
PUBLISHERS = ("Norrbladet", "Talbote", "Moor Gazette")


def main() -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        articles.write_text("\n".join(records(cases)), encoding="utf-8")
        corpus = open_corpus_for_writing(Path(folder) / "corpus", open_embedder("local"), "local")
        ingest_articles([articles], corpus, open_embedder("local"))
        corpus.close()
        assistant = Assistant.open(Path(folder) / "corpus")
        said = [(case, assistant.ask(case["question"]).text) for case in cases]
    for half in ("dev", "test"):
        rows = [row for row in said if row[0]["half"] == half]
        report(f"{half}: different", rows, DIFFER, RIGHT_TO_DIFFER, "conflict")
        report(f"{half}: independently", rows, INDEPENDENT, RIGHT_TO_AGREE, "agreement")


def records(cases: Sequence[dict]) -> list[str]:
    """The articles of all cases as lines to ingest, each of a publisher that no other article of its case has."""
    return [
        json.dumps({
            "id": f"{case['id']}-{place}", "title": one["title"], "text": one["text"], "publisher": PUBLISHERS[place],
            "published_at": one["date"], "language": one["language"],
        })
        for case in cases for place, one in enumerate(case["articles"])
    ]


def report(
    name: str, rows: Sequence[tuple[dict, str]], phrases: Sequence[str], right: Sequence[str], wanted: str
) -> None:
    labels = [case["label"] for case, text in rows if any(phrase in text for phrase in phrases)]
    everything = sum(case["label"] == wanted for case, _ in rows)
    rightly = sum(label in right for label in labels)
    print(f"{name}: said {len(labels)}, rightly {rightly}; of {everything} {wanted}: {labels.count(wanted)}")


if __name__ == "__main__":
    main()
