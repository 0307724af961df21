"""What happened, one JSON object a line; what people asked stays out of it unless that was asked for."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import SettingsError


class Journal:
    """Writes lines to a file, or to standard error when the path is "-"; None writes nothing."""

    def __init__(self, path: Path | None = None, *, questions: bool = False) -> None:
        self.questions = questions
        self._lock = threading.Lock()
        self._path = path
        if path is not None and str(path) != "-":
            try:
                path.open("a", encoding="utf-8").close()
            except OSError as error:
                raise SettingsError(f"--log {path} cannot be written ({error.strerror}): name another file") from error

    def write(self, event: str, facts: Mapping[str, object], question: str | None = None) -> None:
        """One line: time (UTC), event and facts; `question` only in a journal that was asked to hold it."""
        if self._path is None:
            return
        row: dict[str, object] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        if self.questions and question is not None:
            row["question"] = question
        line = json.dumps(row, ensure_ascii=False) + "\n"
        with self._lock:
            if str(self._path) == "-":
                sys.stderr.write(line)
                sys.stderr.flush()
            else:
                with self._path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                    file.write(line)
