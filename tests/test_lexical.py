"""The lexical index: stems, whole numbers, restrictions, and how much of a question a passage covers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.article import Passage
from ingest.corpus.lexical import Lexical
from ingest.corpus.restriction import Restriction
from ingest.corpus.shared_words import shared_words

TEXTS = {
    "sv": "Kommunen bygger 227,5 meter cykelväg i Lomvik.",
    "de": "Die Stadt Lomvik baut einen Radweg und zwei Brücken.",
    "en": "The town of Lomvik is building bridges.",
}
DAYS = {"sv": 20240110, "de": 20240220, "en": 0}


@pytest.fixture
def lexical(tmp_path: Path) -> Iterator[Lexical]:
    index = Lexical(tmp_path / "lexical")
    for language, text in TEXTS.items():
        facts: dict[str, str | int] = {"publisher": f"Bladet {language}"}
        if DAYS[language]:
            facts["published"] = DAYS[language]
        index.add([(Passage(language, 0, len(text), text), language, "", text)], facts)
    index.commit()
    yield index
    index.close()


def found(hits: list[tuple[str, float]]) -> set[str]:
    ids = {Passage(language, 0, len(text), text).id: language for language, text in TEXTS.items()}
    return {ids[key] for key, _ in hits}


def test_stems_match_in_their_language_and_names_across(lexical: Lexical) -> None:
    assert found(lexical.search_stemmed("a bridge", "en", 5)) == {"en"}
    assert found(lexical.search_stemmed("Brücke", "de", 5)) == {"de"}
    assert found(lexical.search_shared("Lomvik", "sv", 5)) == {"sv", "de", "en"}


def test_numbers_are_whole(lexical: Lexical) -> None:
    assert found(lexical.search_shared("227.5 metres", "en", 5)) == {"sv"}
    assert lexical.search_shared("227", "sv", 5) == []


@pytest.mark.parametrize(
    ("restriction", "languages"),
    [
        (Restriction(languages=("sv", "de")), {"sv", "de"}),
        (Restriction(publishers=("Bladet en",)), {"en"}),
        (Restriction(article_ids=("de",)), {"de"}),
        (Restriction(first_day=20240201), {"de"}),
        (Restriction(last_day=20240131), {"sv"}),
        (Restriction(languages=("sv",), first_day=20240201), set()),
        (Restriction(), {"sv", "de", "en"}),
    ],
)
def test_restrictions(lexical: Lexical, restriction: Restriction, languages: set[str]) -> None:
    assert found(lexical.search_shared("Lomvik", "sv", 5, restriction)) == languages


def test_a_passage_with_every_word_has_about_the_full_score(lexical: Lexical) -> None:
    full = lexical.full_score("town building bridges", "en")
    (_, whole), = lexical.search_stemmed("town building bridges", "en", 1)
    (_, part), = lexical.search_stemmed("town hospital insolvency", "en", 1)
    assert whole / full > 0.5
    assert part / lexical.full_score("town hospital insolvency", "en") < 0.4
    assert lexical.full_score("", "en") == 0


def test_a_restriction_narrows_or_contradicts() -> None:
    base = Restriction(languages=("sv",), publishers=("Bladet",), first_day=20240101, last_day=20240131)
    assert base.to_language("de") is None
    assert base.to_publisher("Posten") is None
    assert base.to_days(20240201, 20240228) is None
    narrowed = base.to_days(20230101, 20240110)
    assert narrowed is not None
    assert (narrowed.first_day, narrowed.last_day) == (20240101, 20240110)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("38 000 kronor", "sv"), ("38,000 kronor", "en")),
        (("1.234.567 Euro", "de"), ("1 234 567 euro", "sv")),
        (("12,40 Pfund", "de"), ("12.40 pfund", "en")),
        (("£340m", "en"), ("340 m", "sv")),
        (("3. März 2024", "de"), ("3 March 2024", "en")),
        (("Lomviks", "sv"), ("Lomvik", "en")),
        (("Größe", "de"), ("grosse", "en")),
    ],
)
def test_what_languages_share(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert shared_words(*one) == shared_words(*other)


def test_what_only_looks_like_thousands_stays_apart() -> None:
    assert shared_words("in 2024, 125 people; 12,5 or 1234 567", "en") == [
        "in", "2024", "125", "people", "12.5", "or", "1234", "567",
    ]


def test_a_language_without_a_stemmer_is_searched_by_shared_words(tmp_path: Path) -> None:
    index = Lexical(tmp_path / "lexical")
    text = "Most w Lomvik zbudowano w marcu."
    texts = {"pl": text, "sv": "Lomvik"}
    index.add([(Passage(one, 0, len(words), words), one, "", words) for one, words in texts.items()])
    index.commit()
    assert [key for key, _ in index.search_stemmed("Lomvik", "pl", 5)] == [Passage("pl", 0, len(text), text).id]
    assert index.search_stemmed("Lomvik", "pl", 5, Restriction(languages=("sv",))) == []
    assert index.full_score("Lomvik", "pl") == index.full_shared_score("Lomvik", "pl") > 0
