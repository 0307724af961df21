"""The run file, JSON Lines: a header (settings, versions, digests, questions), then a record a question.

A line is written whole and flushed, so a killed run loses at most the line it was writing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant.errors import QuestionError
from assistant.evaluation.records import Question, Record

FORMAT = 1
Mode = Literal["answers", "retrieval"]


@dataclass(frozen=True, slots=True)
class Header:
    """How a run was made: what was asked of what, with which settings, by which versions.

    `set_digest` and `corpus_digest` tell two runs apart; `questions` makes the file judgeable by itself.
    """

    mode: Mode
    set_digest: str
    corpus_digest: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    recipe: Mapping[str, str]
    questions: tuple[Question, ...]
    started: str = ""

    def to_json(self) -> dict[str, Any]:
        """The first line of a run file."""
        return {
            "run": FORMAT, "mode": self.mode, "set_digest": self.set_digest,
            "corpus_digest": self.corpus_digest, "settings": dict(self.settings),
            "versions": dict(self.versions), "recipe": dict(self.recipe),
            "started": self.started, "questions": [question.to_json() for question in self.questions],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Header:
        """The header of a first line; raises KeyError when it is not one."""
        return cls(row["mode"], row["set_digest"], row["corpus_digest"], row["settings"], row["versions"],
                   row["recipe"], tuple(Question.from_json(question) for question in row["questions"]),
                   row.get("started", ""))


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back: its header and its records by question id, those that are there."""

    path: Path
    header: Header
    records: Mapping[str, Record] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tables call it."""
        return self.path.stem

    @property
    def missing(self) -> list[str]:
        """Ids of the questions that were not asked yet."""
        return [question.id for question in self.header.questions if question.id not in self.records]

    def pairs(self) -> list[tuple[Question, Record]]:
        """Every question with its record, in the order of the set; one that was not asked is left out."""
        return [(q, self.records[q.id]) for q in self.header.questions if q.id in self.records]


def read_run(path: Path) -> Run:
    """Read a run file, a torn last line left out; raises QuestionError when it is not one."""
    rows = _read_rows(path)
    try:
        header = Header.from_json(rows[0])
        records = [Record.from_json(row) for row in rows[1:]]
    except (IndexError, KeyError, TypeError, AttributeError) as error:
        advice = f"make one with `assistant evaluate SET --run {path}`"
        raise QuestionError(f"{path} is not a run file: {advice}") from error
    return Run(path, header, {record.id: record for record in records})


def start_run(path: Path, header: Header) -> Run:
    """Begin a run file or take up the one that is there; raises QuestionError when that is of another run."""
    if not path.exists() or path.stat().st_size == 0 or b"\n" not in path.read_bytes():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode_row(header.to_json()))
        return Run(path, header)
    run = read_run(path)
    differing = _differences(run.header, header)
    if differing:
        raise QuestionError(
            f"{path} is of another run ({', '.join(differing)} differ): name another file with --run,"
            " or remove it to start over"
        )
    _cut_torn_line(path)
    return Run(path, run.header, {key: record for key, record in run.records.items() if record.error is None})


def encode_row(row: Mapping[str, Any]) -> bytes:
    r"""One line of a run file; a lone surrogate is written as its JSON escape `\udc80`."""
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def changed_settings(first: Header, second: Header) -> dict[str, tuple[Any, Any]]:
    """Settings, versions and recipe entries that differ, as (first, second) by name."""
    left, right = _facts(first), _facts(second)
    keys: Sequence[str] = list(dict.fromkeys([*left, *right]))
    return {key: (left.get(key), right.get(key)) for key in keys if left.get(key) != right.get(key)}


def _facts(header: Header) -> dict[str, Any]:
    recipe = {f"recipe {key}": value for key, value in header.recipe.items() if key != "collection"}
    versions = {f"version {key}": value for key, value in header.versions.items()}
    return {"mode": header.mode, **header.settings, **recipe, **versions, "corpus": header.corpus_digest}


def _differences(first: Header, second: Header) -> list[str]:
    names = {"mode": "mode", "set": "set_digest", "corpus": "corpus_digest", "settings": "settings"}
    differing = [name for name, key in names.items() if getattr(first, key) != getattr(second, key)]
    if first.versions.get("engine") != second.versions.get("engine"):
        differing.append("engine")  # answers of two states of the code in one file would be a run of neither
    return differing


def _read_rows(path: Path) -> list[Any]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise QuestionError(f"{path} cannot be read ({error.strerror}): name a run file") from error
    rows = []
    for number, line in enumerate(lines[:-1], start=1):  # what follows the last line break is torn, or empty
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise QuestionError(f"{path} line {number} is not JSON: remove that line") from error
    return rows


def _cut_torn_line(path: Path) -> None:
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with path.open("r+b") as file:
            file.truncate(whole)
