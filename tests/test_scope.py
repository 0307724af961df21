"""The time a question asks about: expressions in three languages, names that look like years, what lies ahead."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.scope import Span, find_scope

ASKED_ON = date(2024, 5, 20)  # a Monday


def span(first: str | None, last: str | None) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("question", "language", "first", "last"),
    [
        ("What happened in Kaltenrode in February 2024?", "en", "2024-02-01", "2024-02-29"),
        ("What was decided last summer?", "en", "2023-06-01", "2023-08-31"),
        ("What happened between 3 and 18 May?", "en", "2024-05-03", "2024-05-18"),
        ("Was geschah zwischen dem 3. und dem 9. Februar 2024?", "de", "2024-02-03", "2024-02-09"),
        ("What happened between the 3rd and the 9th of February 2024?", "en", "2024-02-03", "2024-02-09"),
        ("What happened from 3 to 9 February 2024?", "en", "2024-02-03", "2024-02-09"),
        ("Was geschah vom 28. bis 30. Juni 2023?", "de", "2023-06-28", "2023-06-30"),
        ("Vad hände från den 3 till den 9 februari 2024?", "sv", "2024-02-03", "2024-02-09"),
        ("Vad sade de från 3 partier den 9 februari 2024?", "sv", "2024-02-09", "2024-02-09"),
        ("What was said in 2022 about the bridge?", "en", "2022-01-01", "2022-12-31"),
        ("How many people left between 2019 and 2021?", "en", "2019-01-01", "2021-12-31"),
        ("What happened since 1 March 2024?", "en", "2024-03-01", "2024-05-20"),
        ("What happened after 12 March 2024 in Lomvik?", "en", "2024-03-13", "2024-05-20"),
        ("How many tickets were sold until 3 May 2024?", "en", None, "2024-05-03"),
        ("What has happened over the past few weeks?", "en", "2024-04-20", "2024-05-20"),
        ("What did he say yesterday?", "en", "2024-05-19", "2024-05-19"),
        ("Vad hände förra veckan i Bråsele?", "sv", "2024-05-13", "2024-05-19"),
        ("Hur många skadades i fredags?", "sv", "2024-05-17", "2024-05-17"),
        ("Vad hände 2022?", "sv", "2022-01-01", "2022-12-31"),
        ("Vad sades i början av 2023?", "sv", "2023-01-01", "2023-05-02"),
        ("Vad hände mellan januari och mars 2023?", "sv", "2023-01-01", "2023-03-31"),
        ("Vad hände före den 5 maj 2023?", "sv", None, "2023-05-04"),
        ("Vad har hänt de senaste dagarna?", "sv", "2024-05-13", "2024-05-20"),
        ("Was hat der Rat seit Montag beschlossen?", "de", "2024-05-20", "2024-05-20"),
        ("Was wusste man vor dem 5. Mai?", "de", None, "2024-05-04"),
        ("Was passierte vor zwei Wochen in Grauental?", "de", "2024-05-06", "2024-05-12"),
        ("What has been decided since last autumn?", "en", "2023-09-01", "2024-05-20"),
        ("What was promised before the 2018 election?", "en", None, "2018-12-31"),
        ("What has happened since the invasion in February 2022?", "en", "2022-02-01", "2024-05-20"),
        ("What was built in late 2022?", "en", "2022-09-02", "2022-12-31"),
        ("What was built in mid-2022?", "en", "2022-05-03", "2022-09-01"),
        ("What did he say recently?", "en", "2024-04-05", "2024-05-20"),
        ("What was found a few days ago?", "en", "2024-05-13", "2024-05-20"),
        ("Vad lovade partiet inför valet 2018?", "sv", None, "2018-12-31"),
        ("Vad ändrades efter valet 2018?", "sv", "2018-01-01", "2024-05-20"),
        ("Vad sades i slutet av april?", "sv", "2024-04-21", "2024-04-30"),
        ("Vad hände häromdagen?", "sv", "2024-04-05", "2024-05-20"),
        ("Was versprach die Partei vor der Wahl 2018?", "de", None, "2018-12-31"),
        ("Was wurde bis Ende 2021 gebaut?", "de", None, "2021-12-31"),
        ("Was ist seit Jahresbeginn passiert?", "de", "2024-01-01", "2024-05-20"),
        ("Was geschah Anfang März?", "de", "2024-03-01", "2024-03-10"),
        ("Was sagte sie vor einigen Wochen?", "de", "2024-04-20", "2024-05-20"),
        ("Wer gewann 2022 die Wahl?", "de", "2022-01-01", "2022-12-31"),
        ("Was geschah von März bis Mai 2023?", "de", "2023-03-01", "2023-05-31"),
        ("Wie viele Menschen starben im Jahr 1931?", "de", "1931-01-01", "1931-12-31"),
    ],
)
def test_resolves_against_the_day_of_asking(question: str, language: str, first: str | None, last: str | None) -> None:
    assert find_scope(question, language, ASKED_ON) == (span(first, last),)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who won the 2020 Olympics?", "en"), ("Who hosts Euro 2024?", "en"), ("Was ist die Agenda 2030?", "de"),
        ("What is in the budget for 2025?", "en"), ("Vem vann valet 2022?", "sv"), ("Vad kostade VM 2018?", "sv"),
        ("Was kostet der Haushalt 2025?", "de"), ("Hur många av 2000 anställda fick gå?", "sv"),
        ("In which year was the ferry built?", "en"), ("What may happen?", "en"), ("Was steht im 2030-Plan?", "de"),
    ],
)
def test_a_year_in_a_name_is_no_time(question: str, language: str) -> None:
    assert find_scope(question, language, ASKED_ON) == ()


@pytest.mark.parametrize(
    ("question", "language"),
    [("What will happen next week?", "en"), ("Vilka mål ska nås till 2030?", "sv"), ("Was plant man in 2027?", "de")],
)
def test_nobody_has_published_in_the_future(question: str, language: str) -> None:
    assert find_scope(question, language, ASKED_ON) == ()


def test_two_times_are_two_spans() -> None:
    found = find_scope("Compare March 2023 and March 2024", "en", ASKED_ON)
    assert found == (span("2023-03-01", "2023-03-31"), span("2024-03-01", "2024-03-31"))


def test_without_a_day_of_asking_only_full_dates_count() -> None:
    assert find_scope("What was said last week?", "en", None) == ()
    assert find_scope("Vad hände i maj?", "sv", None) == ()
    assert find_scope("Vad hände i maj 2023?", "sv", None) == (span("2023-05-01", "2023-05-31"),)


def test_distance_is_counted_outside_of_a_span() -> None:
    may = span("2024-05-01", "2024-05-31")
    days = (date(2024, 5, 9), date(2024, 4, 29), date(2024, 6, 3))
    assert [may.distance(day) for day in days] == [0, 2, 3]
    assert span(None, "2024-05-31").distance(date(1999, 1, 1)) == 0


def test_a_long_pasted_question_is_read_in_no_time() -> None:
    find_scope("den 3 maj 2023 och " * 200 + "från " * 400, "sv", ASKED_ON)
