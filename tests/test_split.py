"""Passages: exact offsets, bounded size, nothing lost, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, Metadata
from ingest.split import PASSAGE_TOKENS, passage_header, split_article


def count(text: str) -> int:
    return len(text) // 4 + 1


def article(text: str, captions: tuple[str, ...] = ()) -> Article:
    return Article("a.txt", text, "sv", Metadata(title="En titel", publisher="Bladet"), captions)


def test_long_article_becomes_several_passages_of_whole_sentences() -> None:
    text = "\n\n".join(["Detta är en mening om bl.a. färjan. Och detta är en till, kl. 14.30 på dagen."] * 60)
    passages = split_article(article(text), count, 512)
    assert len(passages) > 3
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert all(count(p.text) <= PASSAGE_TOKENS for p in passages)
    assert all(p.text.endswith(".") for p in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())


def test_captions_are_passages_of_their_own() -> None:
    *_, caption = split_article(article("Kort text.", ("Hamnen i Tärnhamn.",)), count, 512)
    assert (caption.kind, caption.text, caption.start, caption.end) == ("caption", "Hamnen i Tärnhamn.", 0, 0)


def test_a_caption_at_the_end_of_the_text_can_be_quoted() -> None:
    caption = "Hamnen i Tärnhamn den 3 maj 2024."
    body, quotable = split_article(article(f"Kort text.\n\n{caption}", (caption,)), count, 512)
    assert (body.text, body.kind) == ("Kort text.", "body")
    assert (quotable.text, quotable.kind, quotable.start, quotable.end) == (caption, "caption", 12, 12 + len(caption))


@pytest.mark.parametrize("text", ["x" * 10_000, "å" * 50_000 + " slut.", "ord " * 20_000, "\U0001f600" * 3000])
def test_giant_words_and_endless_lines(text: str) -> None:
    passages = split_article(article(text), count, 512)
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert all(count(p.text) <= 512 for p in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())


def test_header_holds_what_is_known() -> None:
    assert passage_header(article("x")) == "En titel\nBladet\n"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000))
def test_any_text_keeps_its_offsets(text: str) -> None:
    passages = split_article(article(text), count, 512)
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
