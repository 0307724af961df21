"""Question in, cited answer out.

    from assistant import Assistant
    Assistant.open("corpus").ask("…")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.records import Answer, Citation, Sentence
    from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Citation", "Sentence", "Settings"]

_HOMES = {"Assistant": "pipeline", "Answer": "records", "Citation": "records", "Sentence": "records",
          "Settings": "settings"}  # fmt: skip


def __getattr__(name: str) -> object:
    # The pipeline takes two seconds to import, which commands that ask nothing need not wait for.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"assistant.{_HOMES[name]}"), name)
