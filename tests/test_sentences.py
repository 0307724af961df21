"""Sentence borders in Swedish, German and English news prose, as offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def pieces(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("sv", ["Kommunen köper t.ex. bussar och bl.a. spårvagnar.", "Det blir dyrt."]),
        ("sv", ["Mötet i Björkvik börjar kl. 14.30 på torsdag.", "Alla får komma."]),
        ("sv", ["Biljetten kostar 500 kr. per person.", "Barn går gratis."]),
        ("sv", ["Enligt fil. dr. Maja Ek är vattnet rent.", "Hon mätte själv."]),
        ("sv", ["Ministrar, ombud m.fl. deltog.", "Sedan gick de hem."]),
        ("sv", ["Vi vann.", "– Jag är så glad, säger hon.", "– Det var svårt."]),
        ("sv", ["Hon tvekade…", "Sedan gick hon."]),
        ("sv", ["Det sade hon.", "Nästa dag kom han med.", "Sen gick de."]),
        ("sv", ["Bron stängdes den 3. juni.", "Den är gammal."]),
        ("de", ["Die 8. Messe beginnt.", "Sie dauert lange."]),
        ("de", ["Im 3. Quartal stieg der Umsatz um 5 Mio. Euro.", "Das ist gut."]),
        ("de", ["Am 15. Juni kam z. B. Frau Ohm.", "Sie blieb."]),
        ("de", ["Das sagte Dr. Ohm.", "Er ging."]),
        ("de", ["Sie landete auf Platz 3.", "Danach fuhr sie heim."]),
        ("en", ["Mr. Hale of the U.S. Senate said no.", "He left."]),
        ("en", ["Anna W. Reed came at 5 p.m. on Monday.", "J. K. Moss did too."]),
        ("en", ["The firm, e.g. its bakery, grew.", "It hired."]),
    ],
)
def test_borders_of_hard_cases(language: str, sentences: list[str]) -> None:
    assert pieces(" ".join(sentences), language) == sentences


def test_a_line_break_always_ends_a_sentence() -> None:
    assert pieces("Rubrik utan punkt\nbörjar smått här.\r\n\n  Slut ", "sv") == [
        "Rubrik utan punkt",
        "börjar smått här.",
        "Slut",
    ]


def test_a_stray_quotation_mark_is_no_sentence() -> None:
    assert all(any(char.isalnum() for char in piece) for piece in pieces("‘ Han gick.’ “ Hon kom. ”", "sv"))


def test_a_long_quotation_is_split_inside() -> None:
    inner = "Vi har väntat länge på det här beslutet och nu är det äntligen taget. " * 8
    assert len(pieces(f"”{inner.strip()}” sade Ek.", "sv")) >= 8


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " \n\t",
        "\ud800 a. B",
        "\0\0.",
        "." * 5000,
        '"' * 5000,
        "1. " * 5000,
        "A. B. " * 5000,
        "… – A" * 3000,
    ],
)
def test_hostile_text_neither_hangs_nor_raises(hostile: str) -> None:
    for language in ("sv", "de", "en", "xx"):
        split_sentences(hostile, language)


@given(st.text(max_size=300), st.sampled_from(["sv", "de", "en", "fr"]))
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str, language: str) -> None:
    spans = split_sentences(text, language)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()
