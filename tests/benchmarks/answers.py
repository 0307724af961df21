"""How good are the quoted answers, and does the assistant know what it cannot tell? By type and language.

Ingests a folder of articles, asks a question set without a model and prints, a line a type and a language,
the share of answerable questions whose answer holds what it must (`must_include`) and cites an article with
evidence, the share abstained from, and the length of the answers; with `--show` also each miss.

    python tests/benchmarks/answers.py ../shared/seeds ../shared/seeds/questions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant import Answer, Assistant
from assistant.records import Turn
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--show", action="store_true", help="print each question that is not answered as it should")
    arguments = parser.parse_args()
    if not arguments.questions.exists():
        sys.exit(f"no question set {arguments.questions}: it is no part of the project")
    questions = [json.loads(line) for line in arguments.questions.open(encoding="utf-8") if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        corpus = open_corpus_for_writing(Path(folder) / "corpus", open_embedder("local"), "local")
        ingest_articles([arguments.articles], corpus, open_embedder("local"))
        corpus.close()
        assistant = Assistant.open(Path(folder) / "corpus")
        rows = [(question, ask(assistant, question)) for question in questions]
    for field in ("type", "language"):
        for value in sorted({question[field] for question in questions}):
            report(f"{field} {value}", [row for row in rows if row[0][field] == value])
    report("all", rows)
    for question, answer in rows if arguments.show else ():
        if not is_right(question, answer):
            print(f"\n{question['id']}: {question['question']}\n{answer.text}")


def ask(assistant: Assistant, question: dict) -> Answer:
    """The answer, with the conversation that goes before it."""
    return assistant.ask(
        question["question"], [Turn(turn["role"], turn["content"]) for turn in question.get("history", [])]
    )


def includes(question: dict, answer: Answer) -> bool:
    """Whether the text holds one of each group of strings and none that it must not."""
    text = answer.text.casefold()
    wanted = all(any(one.casefold() in text for one in group) for group in question.get("must_include", []))
    return wanted and not any(one.casefold() in text for one in question.get("must_not_include", []))


def cites_gold(question: dict, answer: Answer) -> bool:
    """Whether an article with evidence is cited."""
    return bool({one["article"] for one in question["evidence"]} & {one.article for one in answer.citations})


def abstained(question: dict, answer: Answer) -> bool:
    """Whether the assistant says that the articles don't tell."""
    return answer.abstained


def is_right(question: dict, answer: Answer) -> bool:
    """Abstained where there is nothing to tell, else told what must be told."""
    if question["type"] == "unanswerable":
        return answer.abstained
    return not answer.abstained and includes(question, answer)


def report(title: str, rows: list[tuple[dict, Answer]]) -> None:
    """One line of shares."""
    told = [row for row in rows if row[0]["type"] != "unanswerable"]
    untold = [row for row in rows if row[0]["type"] == "unanswerable"]

    def share(of: list[tuple[dict, Answer]], test: Callable[[dict, Answer], bool]) -> str:
        return f"{sum(test(*row) for row in of) / len(of):.3f}" if of else "—"

    length = sum(len(answer.text) for _, answer in told) / len(told) if told else 0.0
    print(f"{title:22} answerable {len(told):3}: includes {share(told, includes)}, "
          f"cites gold {share(told, cites_gold)}, "
          f"abstained {share(told, abstained)}, {length:4.0f} characters; "
          f"unanswerable {len(untold):3}: abstained {share(untold, abstained)}")


if __name__ == "__main__":
    main()
