"""Prompts as text files with `$name` placeholders; missing and unknown names fail loudly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from assistant.errors import PromptError


def render_prompt(name: str, values: Mapping[str, str]) -> str:
    """The prompt `prompts/<name>.md` with its placeholders filled; raises PromptError on any mismatch."""
    template = load_prompt(name)
    wanted = set(template.get_identifiers())
    if wanted != set(values):
        missing, unknown = sorted(wanted - set(values)), sorted(set(values) - wanted)
        raise PromptError(f"prompt {name!r}: missing {missing}, unknown {unknown}")
    return template.substitute(values)


@cache
def load_prompt(name: str) -> Template:
    """The prompt file as a template; raises PromptError when there is none of that name."""
    path = prompts_directory() / f"{name}.md"
    try:
        return Template(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PromptError(f"no prompt {name!r} in {path.parent}") from error


def prompts_directory() -> Path:
    """Where the prompts lie: beside the package, in a checkout and in an installed wheel alike."""
    return Path(__file__).parent.parent / "prompts"
