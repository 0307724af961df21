"""The command `questions`: drafts or converts a question set, writes it, prints how many of what kind."""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import QuestionError
from assistant.options import CorpusOption
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.evaluation.drafting.rows import Row

SourceArgument = Annotated[
    Path | None, typer.Argument(help="With --from: the file or folder to convert.", show_default=False)
]
FromOption = Annotated[str | None, typer.Option("--from", help="Convert instead: squad, beir or ragas.")]
CountOption = Annotated[int, typer.Option("--count", min=1, max=10_000, help="At most this many drafts.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Another seed, another choice.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", help="Write the set here instead of to standard output.")
]


def questions(
    source: SourceArgument = None,
    form: FromOption = None,
    corpus: CorpusOption = None,
    count: CountOption = 40,
    seed: SeedOption = 0,
    output: OutputOption = None,
) -> None:
    """Draft a question set from a corpus, or convert one; drafts are marked so and want a reader's eye."""
    from assistant.evaluation.drafting.convert import convert_questions

    if (form is None) != (source is None):
        raise QuestionError("name both the form and the file: assistant questions --from squad FILE")
    if output is not None and output.exists():
        raise QuestionError(f"{output} exists, and may hold checked questions: name a new file with --output")
    if form is not None and source is not None:
        rows = convert_questions(form, source)
    else:
        rows = _draft(read_settings(corpus), count, seed)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output is None:
        sys.stdout.write(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", errors="backslashreplace")
    kinds = Counter(row.get("type") or "without type" for row in rows)
    sys.stderr.write(f"{len(rows)} questions: {', '.join(f'{n} {kind}' for kind, n in kinds.most_common())}\n")


def _draft(settings: Settings, count: int, seed: int) -> list[Row]:
    """Half of the drafts by a model when one is configured, for the questions templates cannot ask."""
    from assistant.evaluation.drafting.draft import draft_questions
    from assistant.evaluation.drafting.written import write_questions
    from assistant.llm import ChatModel
    from ingest.corpus import Corpus

    corpus = Corpus.open(settings.corpus, chroma=settings.chroma)
    drafted: list[Any] = draft_questions(corpus, count, seed)
    if settings.has_model:
        written = write_questions(corpus, ChatModel(settings), (count + 1) // 2, seed)
        drafted = [row for pair in zip_longest(written, drafted) for row in pair if row is not None]
    unique = {row["question"]: row for row in reversed(drafted)}
    return list(reversed(unique.values()))[:count]
