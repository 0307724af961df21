"""Which section a flattened page stands in: a label of one to three words right above its title."""

from __future__ import annotations

from ingest.metadata.cues import names_credit, names_menu
from ingest.metadata.layout import Layout
from ingest.metadata.names import is_known, leading_name


def find_section(layout: Layout, title: int | None) -> str | None:
    """The label above the title; None when there is none."""
    if not title:
        return None
    label = layout.lines[title - 1]
    plain = (
        len(label.split()) <= 3
        and 3 <= len(label) <= 30
        and label[0].isupper()
        and all(character.isalpha() or character in " &/-" for character in label)
    )
    if not plain or names_menu(label) or names_credit(label):
        return None
    return None if leading_name(label) == label and is_known(label) else label
