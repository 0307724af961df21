"""Question sets of other projects as rows of ours: SQuAD-like JSON, a BEIR folder, RAGAS rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation.drafting.rows import Row
from ingest.article import stable_id
from ingest.language import detect_question_language
from ingest.sentences import split_sentences


def convert_questions(form: str, source: Path) -> list[Row]:
    """The rows of a file or folder; raises QuestionError for an unknown form or what is not of that form."""
    if form not in FORMS:
        raise QuestionError(f"--from {form} is not known: use one of {', '.join(FORMS)}")
    try:
        rows = list(FORMS[form](source))
    except OSError as error:
        raise QuestionError(f"{error.filename or source} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise QuestionError(f"{source} is not in the form of {form} ({reason[:120]})") from error
    if not rows:
        raise QuestionError(f"{source} holds no question in the form of {form}")
    return rows


def convert_squad(source: Path) -> Iterator[Row]:
    """SQuAD 1.1 and 2.0; evidence is the sentence that holds the first answer, its article the title."""
    for article in json.loads(source.read_text(encoding="utf-8"))["data"]:
        for number, paragraph in enumerate(article["paragraphs"]):
            name = article.get("title") or f"{source.stem}-{number}"
            for qa in paragraph["qas"]:
                yield _squad_row(name, paragraph["context"], qa)


def convert_beir(source: Path) -> Iterator[Row]:
    """A BEIR folder: queries.jsonl and qrels/test.tsv (or the first file there); evidence are articles."""
    files = sorted((source / "qrels").glob("*.tsv"))
    chosen = next((file for file in files if file.stem == "test"), files[0] if files else source / "qrels" / "test.tsv")
    relevant: dict[str, list[str]] = {}
    with chosen.open(encoding="utf-8", newline="") as file:
        for query, document, score in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if score.lstrip("-").isdigit() and int(score) > 0:
                relevant.setdefault(query, []).append(document)
    for row in _json_lines(source / "queries.jsonl"):
        if row["_id"] in relevant:
            evidence = [{"article": name} for name in relevant[row["_id"]]]
            yield _row(str(row["_id"]), row["text"], "multi" if len(evidence) > 1 else "single", {}, evidence)


def convert_ragas(source: Path) -> Iterator[Row]:
    """RAGAS rows, JSON Lines or one JSON list, old field names or new; they name no article, so no evidence."""
    for row in _rows(source):
        question = row.get("user_input") or row["question"]
        truth = row.get("reference") or row.get("ground_truth") or next(iter(row.get("ground_truths") or ()), None)
        yield _row(stable_id(question), question, None, {"answer": truth} if truth else {}, [])


FORMS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "squad": convert_squad, "beir": convert_beir, "ragas": convert_ragas,
}


def _squad_row(name: str, context: str, qa: Mapping[str, Any]) -> Row:
    answers = qa.get("answers") or []
    if qa.get("is_impossible") or not answers:
        return _row(str(qa["id"]), qa["question"], "unanswerable", {}, [])
    options = list(dict.fromkeys(answer["text"] for answer in answers))
    quote = _sentence_at(context, answers[0]["answer_start"]) or answers[0]["text"]
    gold = {"answer": options[0], "must_include": [options]}
    return _row(str(qa["id"]), qa["question"], "single", gold, [{"article": name, "quote": quote}])


def _sentence_at(context: str, place: int) -> str | None:
    spans = split_sentences(context, "en")
    return next((context[start:end] for start, end in spans if start <= place < end), None)


def _row(
    name: str, question: str, kind: str | None, gold: Mapping[str, Any], evidence: list[dict[str, str]]
) -> Row:
    asked = " ".join(question.split())
    row: Row = {"id": name, "question": asked, "language": detect_question_language(asked)}
    if kind:
        row["type"] = kind
    row.update(gold)
    if evidence:
        row["evidence"] = evidence
    return row


def _rows(source: Path) -> Iterator[Any]:
    text = source.read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        yield from json.loads(text)
    else:
        yield from _json_lines(source)


def _json_lines(source: Path) -> Iterator[Any]:
    with source.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
