"""The table of defences to take away knows every row of docs/security.md, and its snippets still stand in the code."""

from __future__ import annotations

import re

import pytest
from defences import DEFENCES, ROOT, Defence


def test_every_threat_has_a_defence_that_can_be_taken_away() -> None:
    table = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").split("## What remains")[0]
    rows = [line.split(" | ") for line in table.splitlines() if re.match(r"\| (?!who |-)", line)]
    assert len(rows) > 15
    assert {cells[1] for cells in rows} == {defence.tries for defence in DEFENCES}


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence.name)
def test_what_is_taken_away_and_its_tests_are_still_there(defence: Defence) -> None:
    assert (ROOT / defence.file).read_text(encoding="utf-8").count(defence.code) == 1
    assert defence.tests and defence.without != defence.code
    for test in defence.tests:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test
