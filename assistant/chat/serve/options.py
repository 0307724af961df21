"""How the chat is served: what `assistant chat` was told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Serving:
    """Address and port, the path a proxy puts before it, accounts, limits, log, and what visitors may do.

    `per_minute` is questions a minute for each person; `log` a file, or "-" for standard error.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    open_browser: bool = False
    users: Path | None = None
    per_minute: int | None = None
    log: Path | None = None
    log_questions: bool = False
    mcp: bool = False
    allow_ingest: bool = False
