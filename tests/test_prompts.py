"""Every prompt renders with exactly its names, and fails loudly with any other."""

from __future__ import annotations

import pytest

from assistant.answer.generative import SENTINEL
from assistant.errors import PromptError
from assistant.prompts import prompts_directory, render_prompt

NAMES = {"answer": {"language", "length", "sentinel", "passages"}, "questions": {"language", "passage"},
         "judge": {"question", "expected", "answer"}, "summary": {"language", "passages"},
         "follow_up": {"conversation", "question"}, "translate": {"language", "quotes"}}


def test_every_prompt_is_listed() -> None:
    assert {path.stem for path in prompts_directory().glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_prompts_render_with_exactly_their_names(name: str) -> None:
    values = {key: f"<{key}>" for key in NAMES[name]}
    assert all(value in render_prompt(name, values) for value in values.values())
    with pytest.raises(PromptError, match="missing"):
        render_prompt(name, {})
    with pytest.raises(PromptError, match="unknown"):
        render_prompt(name, values | {"other": "x"})


def test_an_unknown_prompt() -> None:
    with pytest.raises(PromptError, match="no prompt"):
        render_prompt("nonsense", {})


def test_dollars_in_articles_are_text() -> None:
    values = {"language": "English", "length": "Be brief.", "sentinel": SENTINEL, "passages": "costs $sentinel $5"}
    rendered = render_prompt("answer", values)
    assert "costs $sentinel $5" in rendered
