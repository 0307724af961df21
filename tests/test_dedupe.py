"""Copies share their wording; rewrites and other articles on the same event do not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from ingest.dedupe import (
    COPY_COVERAGE,
    Candidate,
    Fingerprint,
    compare_texts,
    find_original,
    fingerprint_text,
)

TEMPLATES = (
    "Den {n} november meddelade kommunen i Tärnhamn att bro nummer {m} ska rivas och ersättas.",
    "Ingenjören Sara Lundmark visade rapport {m} och sade att pelarna hade sprickor på {n} ställen.",
    "Bussarna på linje {n} kör en annan väg så länge, och omvägen är {m} kilometer lång.",
    "Oppositionen i nämnden ville vänta i {n} månader men förlorade omröstningen med {m} röster.",
    "Byggherren räknar med att arbetet kostar {m} miljoner kronor och att {n} personer får anställning.",
)
SENTENCES = [template.format(n=n, m=n * 7 + 3) for n in range(2, 9) for template in TEMPLATES]
STORY = "\n\n".join(" ".join(SENTENCES[i : i + 3]) for i in range(0, len(SENTENCES), 3))
OTHER = " ".join(
    f"Am {n}. Dezember teilte der Landkreis mit, dass Straße {n * 5} gesperrt bleibt und der Bus {n} nicht fährt."
    for n in range(1, 15)
)


def find(text: str, stored: dict[str, str]) -> tuple[str, bool] | None:
    new = fingerprint_text(text)
    prints = {name: fingerprint_text(body) for name, body in stored.items()}

    def shared(other: Fingerprint) -> int:
        return len(set(new.sample.tolist()) & set(other.sample.tolist()))

    candidates = [Candidate(name, shared(one), len(one.sample)) for name, one in prints.items() if shared(one)]
    candidates.sort(key=lambda one: -one.shared)
    match = find_original(new, candidates, lambda name: prints[name])
    return (match.article_id, match.is_longer) if match else None


def with_typos(text: str, share: float) -> str:
    chance = random.Random(3)
    words = text.split(" ")
    for position in chance.sample(range(len(words)), int(len(words) * share)):
        words[position] = words[position][::-1]
    return " ".join(words)


def with_other_headline(text: str) -> str:
    return f"Bron är livsfarlig, varnar experten\n\n{text.partition('. ')[2]}\n\n(NTB) Redaktör i tjänst: Ola Nordman"


def reordered(text: str) -> str:
    paragraphs = text.split("\n\n")
    random.Random(5).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text,
        lambda text: text.upper().replace(",", " –"),
        lambda text: with_typos(text, 0.03),
        lambda text: text[: int(len(text) * 0.4)],
        lambda text: text[int(len(text) * 0.6) :],
        with_other_headline,
        reordered,
        lambda text: with_other_headline(reordered(text)),
    ],
    ids=["same", "letters", "typos", "first 40 %", "last 40 %", "headline", "reordered", "both"],
)
def test_a_copy_in_whatever_dress(edit: Callable[[str], str]) -> None:
    assert find(edit(STORY), {"a": STORY, "b": OTHER}) == ("a", False)


def test_a_longer_text_becomes_the_original() -> None:
    short = STORY[: len(STORY) // 2]
    assert find(STORY, {"a": short}) == ("a", True)


def test_a_rewrite_is_no_copy() -> None:
    rewrite = " ".join(
        sentence.replace("meddelade kommunen i", "berättade man i").replace("ska rivas och ersättas", "tas bort")
        .replace("och sade att", "där det står att").replace("så länge", "under tiden")
        .replace("räknar med att", "tror att").replace("ville vänta i", "hade föreslagit en paus på")
        for sentence in SENTENCES
    )
    assert 0.4 < compare_texts(fingerprint_text(rewrite), fingerprint_text(STORY)) < COPY_COVERAGE
    assert find(rewrite, {"a": STORY}) is None


def test_a_new_lead_above_old_paragraphs_is_no_copy() -> None:
    lead = OTHER * 2
    assert find(f"{lead}\n\n{STORY}"[: len(STORY)], {"a": STORY}) is None


def test_another_article_is_no_copy() -> None:
    assert find(OTHER, {"a": STORY}) is None
    assert find("", {"a": STORY}) is None


def test_very_short_texts_are_copies_only_when_equal() -> None:
    assert find("Bron rivs i maj.", {"a": "Bron rivs i maj."}) == ("a", False)
    assert find("Bron rivs i juni.", {"a": "Bron rivs i maj."}) is None


def test_any_characters_have_a_fingerprint() -> None:
    for text in ("\ud800 a b", "\0" * 50, "好" * 5_000, "a " * 100_000):
        assert len(fingerprint_text(text).sample) <= 20_000
