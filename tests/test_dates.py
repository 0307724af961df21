"""Dates in running text: found, kept apart from amounts, resolved against a reference day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import find_dates
from ingest.dates.holiday_names import NAMES
from ingest.dates.holidays import holiday_span

EXPRESSIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
]
PIECES = (
    "den 4 februari 2022", "nästa vecka", "am Donnerstag, 8. Feb", "vor 999 Jahren", "last Tuesday",
    "31.02.2024", "29 February", "2024-13-45",
    "Q3 2023", "0", "İ", "\ud800", "\x00", "²", "٣", "\n", ".", "/", "1990s", "since",
)  # fmt: skip


RELATIVE = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "relative_dates.jsonl").read_text(encoding="utf-8").splitlines()
]


def is_resolved(case: dict[str, Any]) -> bool:
    """Does the mention that covers most of the expression mean its days (`days`, or `within` and `covers`)?"""
    first, last = case["at"], case["at"] + len(case["expression"])
    found = [
        one for one in find_dates(case["text"], case["language"], reference=date.fromisoformat(case["published"]))
        if one.start < last and one.end > first and one.earliest
    ]
    if "within" not in case and case["days"] is None:
        return not found
    if not found:
        return False
    best = max(found, key=lambda one: min(one.end, last) - max(one.start, first))
    days = str(best.earliest), str(best.latest)
    if "within" not in case:
        return "/".join(days) == case["days"]
    earliest, latest = case["within"].split("/")
    inner = case.get("covers", f"{latest}/{earliest}").split("/")
    return bool(earliest <= days[0] <= inner[0] and inner[1] <= days[1] <= latest)


def test_relative_days_of_news_sentences_are_resolved() -> None:
    assert len(RELATIVE) > 450
    for language in ("sv", "de", "en"):
        cases = [case for case in RELATIVE if case["language"] == language]
        assert sum(map(is_resolved, cases)) / len(cases) >= 0.95
    assert sum(map(is_resolved, RELATIVE)) / len(RELATIVE) >= 0.97


def test_nothing_is_read_where_no_day_near_the_writing_is_meant() -> None:
    none = [case for case in RELATIVE if "within" not in case and case["days"] is None]
    assert len(none) > 20
    assert all(map(is_resolved, none))


@pytest.mark.parametrize("language", ["sv", "de", "en"])
def test_every_holiday_has_its_days(language: str) -> None:
    for name in NAMES[language].values():
        first, last = holiday_span(name, 2024)
        assert first <= last < first + timedelta(days=6)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("thanksgiving", "2024-11-28"), ("black friday", "2024-11-29"), ("memorial", "2024-05-27"),
        ("advent 1", "2024-12-01"), ("advent 4", "2023-12-24"), ("repentance", "2024-11-20"),
        ("rose monday", "2024-02-12"), ("all saints sv", "2024-11-02"), ("midsummer eve", "2024-06-21"),
        ("corpus christi", "2024-05-30"), ("labor", "2024-09-02"), ("mother sv", "2024-05-26"),
    ],
)  # fmt: skip
def test_movable_holidays_fall_where_almanacs_have_them(name: str, day: str) -> None:
    assert holiday_span(name, int(day[:4]))[0] == date.fromisoformat(day)


def test_a_date_told_before_is_counted_from_and_without_one_nothing_is_guessed() -> None:
    first, second = find_dates("Er kam am 3. Mai. Zwei Tage später floh er.", "de", reference=date(2022, 6, 1))
    assert (first.earliest, second.earliest) == (date(2022, 5, 3), date(2022, 5, 5))
    assert find_dates("Zwei Tage später floh er.", "de", reference=date(2022, 6, 1)) == ()
    assert len(find_dates("In 2019 they met; four days later they left.", "en", reference=date(2022, 6, 1))) == 1


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter_falls_where_almanacs_have_it(year: int, day: str) -> None:
    assert holiday_span("easter sunday", year)[0] == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: case["text"][:60])
def test_expression_is_read_and_resolved(case: dict[str, Any]) -> None:
    reference = date.fromisoformat(case["reference"])
    found = find_dates(case["text"], case["language"], reference=reference)
    if case["mention"] is None:
        assert found == ()
        return
    assert len(found) == 1
    mention = found[0]
    assert mention.text == case["mention"]
    assert (str(mention.earliest), str(mention.latest)) == (case["earliest"], case["latest"])
    assert mention.precision == case["precision"]
    assert (mention.relative, mention.inferred) == (case["relative"], case["inferred"])


def test_without_reference_relative_and_partial_dates_stay_open() -> None:
    relative, partial, full = find_dates("Nästa vecka, den 15 juni och den 4 februari 2022.", "sv")
    assert relative.relative
    assert (relative.earliest, relative.latest) == (None, None)
    assert (partial.year, partial.month, partial.day, partial.earliest) == (None, 6, 15, None)
    assert (full.earliest, full.latest) == (date(2022, 2, 4), date(2022, 2, 4))


def test_several_mentions_come_in_order_with_offsets() -> None:
    text = "On Monday, March 4, 2024 the mill closed; last week it reopened, as in 2019."
    found = find_dates(text, "en", reference=date(2024, 5, 15))
    assert [mention.text for mention in found] == ["Monday, March 4, 2024", "last week", "2019"]
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_impossible_days_are_no_dates() -> None:
    assert find_dates("Den 31 februari 2024 hände inget.", "sv") == ()
    assert find_dates("Am 30.02.2024 war nichts.", "de") == ()


def test_leap_day_without_year_takes_the_nearest_leap_year() -> None:
    (mention,) = find_dates("Hon fyller år den 29 februari.", "sv", reference=date(2025, 6, 1))
    assert mention.earliest == date(2024, 2, 29)
    assert mention.inferred


def test_numeric_order_depends_on_language() -> None:
    assert find_dates("08/02/2024", "sv")[0].earliest == date(2024, 2, 8)
    ambiguous = find_dates("08/02/2024", "en")[0]
    assert (ambiguous.precision, ambiguous.month, ambiguous.day) == ("year", None, None)


def test_other_languages_read_absolute_dates_only() -> None:
    assert find_dates("le 8 février 2024", "fr")[0].earliest == date(2024, 2, 8)
    assert find_dates("8 de febrero de 2024", "es")[0].earliest == date(2024, 2, 8)
    assert find_dates("la semaine prochaine", "fr", reference=date(2024, 2, 8)) == ()
    assert find_dates("8. Februar 2024", "und")[0].earliest == date(2024, 2, 8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map(" ".join),
    st.sampled_from(["sv", "de", "en", "und", "xx"]),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_survived(text: str, language: str, reference: date | None) -> None:
    end = 0
    for mention in find_dates(text, language, reference=reference):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert (mention.earliest is None) == (mention.latest is None)
        if mention.earliest is not None and mention.latest is not None:
            assert mention.earliest <= mention.latest
        end = mention.end


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("from 28 April to 3 May 2022", "en", [("2022-04-28", "2022-04-28"), ("2022-05-03", "2022-05-03")]),
        ("vom 28. Dezember bis zum 3. Januar 2022", "de", [("2021-12-28", "2021-12-28"), ("2022-01-03", "2022-01-03")]),
        ("från torsdag den 28 april till tisdag den 3 maj 2022", "sv",
         [("2022-04-28", "2022-04-28"), ("2022-05-03", "2022-05-03")]),
        ("von Donnerstag, dem 28. April, bis Dienstag, dem 3. Mai 2022", "de",
         [("2022-04-28", "2022-04-28"), ("2022-05-03", "2022-05-03")]),
        ("den 28 april och den 3 maj 2022", "sv", [("2022-04-28", "2022-04-28"), ("2022-05-03", "2022-05-03")]),
        ("from April to June 2022", "en", [("2022-04-01", "2022-06-30")]),
        ("von August bis Mai 2022", "de", [("2021-08-01", "2022-05-31")]),
        ("från april till juni 2022", "sv", [("2022-04-01", "2022-06-30")]),
    ],
)
def test_the_ends_of_a_stretch_share_the_year_that_one_names(
    text: str, language: str, days: list[tuple[str, str]]
) -> None:
    found = find_dates(text, language, reference=date(2025, 9, 1))
    assert [(str(one.earliest), str(one.latest)) for one in found] == days


def test_days_out_of_order_and_apart_keep_their_own_years() -> None:
    for text in ("on 15 June and 4 February 2022", "it rained on 15 June. Nothing on 4 August 2022"):
        first, _ = find_dates(text, "en", reference=date(2025, 9, 1))
        assert first.inferred and first.year != 2022


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Independence was declared on 4 July 1776.", "en", "1776-07-04"),
        ("On July 4, 1776, it was declared.", "en", "1776-07-04"),
        ("Am 14. Juli 1789 fiel die Bastille.", "de", "1789-07-14"),
        ("Den 7 juni 1654 kröntes han.", "sv", "1654-06-07"),
        ("Im Sommer 1521 kam er zurück.", "de", "1521-06-01"),
    ],
)
def test_a_day_of_long_ago_is_not_of_this_year(text: str, language: str, day: str) -> None:
    (found,) = find_dates(text, language, reference=date(2024, 5, 1))
    assert (str(found.earliest), found.inferred) == (day, False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("at 3 May 1630 GMT", "en"), ("i maj 1500 personer", "sv"), ("am 3. Mai 1430 Uhr", "de"),
        ("on May 5 1200 people came", "en"),
    ],
)
def test_a_time_or_a_count_after_a_month_is_no_year(text: str, language: str) -> None:
    (found,) = find_dates(text, language, reference=date(2024, 5, 1))
    assert found.inferred and found.year == 2024
