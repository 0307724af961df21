"""Arguments and options of `evaluate` and `compare`, with what their help says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SetArgument = Annotated[
    Path, typer.Argument(metavar="SET.jsonl", help="Question set, JSON Lines.", show_default=False)
]
RunOption = Annotated[
    Path | None, typer.Option("--run", help="Keep the answers in this file; a run that was stopped goes on.")
]
ReportOption = Annotated[
    list[Path] | None, typer.Option("--report", help="Write a report: .html, .md or .json; repeatable.")
]
GateOption = Annotated[Path | None, typer.Option("--gate", help="File of floors; end with 1 when one falls.")]
RaiseOption = Annotated[bool, typer.Option("--raise-floors", help="Raise the floors of --gate, never lower.")]
LowerOption = Annotated[
    str | None, typer.Option("--allow-lower", metavar="REASON", help="Lower fallen floors; kept in the file.")
]
RetrievalOption = Annotated[bool, typer.Option("--retrieval-only", help="Search only, write no answers.")]
OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", help="type=…, language=… or id=…; repeatable, all must hold.")
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="At most this many questions.")]
WorkersOption = Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Questions at once.")]
LenientOption = Annotated[bool, typer.Option("--lenient", help="Go on when evidence is not in the corpus.")]
TrecOption = Annotated[Path | None, typer.Option("--trec", help="Folder for TREC run and qrels files.")]
VaryOption = Annotated[
    list[str] | None, typer.Option("--vary", help="Ask once for each value, e.g. top_k=4,8,16; repeatable.")
]
JudgeOption = Annotated[
    bool, typer.Option("--judge", help="Have the model judge the answers too; shown with its agreement.")
]
RunsArgument = Annotated[
    list[Path], typer.Argument(metavar="RUN_A RUN_B…", help="Run files; the first is the baseline.")
]
