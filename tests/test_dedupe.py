"""Copies share their wording; other articles on the same event do not."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ingest.dedupe import find_original, sample_shingles, shingle_text

STORY = " ".join(
    f"Den {n} november meddelade kommunen i Tärnhamn att bro nummer {n * 3} ska rivas och ersättas, sade "
    f"ingenjören med rapport {n * 7} i handen." for n in range(1, 15)
)
OTHER = " ".join(
    f"Am {n}. Dezember teilte der Landkreis mit, dass Straße {n * 5} gesperrt bleibt und der Bus {n} nicht fährt."
    for n in range(1, 15)
)


def find(text: str, stored: dict[str, str]) -> tuple[str, bool] | None:
    shingles = {name: shingle_text(body) for name, body in stored.items()}
    samples = {name: set(sample_shingles(value)) for name, value in shingles.items()}

    def shared(hashes: Sequence[int]) -> dict[str, int]:
        return {name: len(sample.intersection(hashes)) for name, sample in samples.items()}

    match = find_original(shingle_text(text), shared, lambda name: shingles[name])
    return (match.article_id, match.is_longer) if match else None


def test_identical_and_lightly_edited() -> None:
    assert find(STORY, {"a": STORY, "b": OTHER}) == ("a", False)
    words = STORY.split()
    for position in random.Random(1).sample(range(len(words)), len(words) // 40):
        words[position] = "ändrat"
    assert find(" ".join(words), {"a": STORY}) == ("a", False)


def test_case_and_punctuation_do_not_matter() -> None:
    assert find(STORY.upper().replace(",", " –"), {"a": STORY}) == ("a", False)


def test_shortened_copy_and_its_longer_original() -> None:
    short = STORY[: len(STORY) // 2]
    assert find(short, {"a": STORY}) == ("a", False)
    assert find(STORY, {"a": short}) == ("a", True)


def test_another_article_is_no_copy() -> None:
    assert find(OTHER, {"a": STORY}) is None
    assert find("", {"a": STORY}) is None


def test_very_short_texts_are_copies_only_when_equal() -> None:
    assert find("Bron rivs i maj.", {"a": "Bron rivs i maj."}) == ("a", False)
    assert find("Bron rivs i juni.", {"a": "Bron rivs i maj."}) is None
