"""Claims that sum up or put things in other words: units, denials, directions and openings that are no other facts."""

from __future__ import annotations

import pytest

from assistant.verify import verify_claim
from assistant.verify.numbers import find_numbers, tells


def verdict(claim: str, evidence: str, language: str, told: str | None = None) -> str:
    return verify_claim(claim, evidence, claim_language=language, evidence_language=told or language).verdict


@pytest.mark.parametrize(("claim", "language", "evidence", "other", "told"), [
    ("a 6-foot-6 guard", "en", "en 198 cm lång back", "sv", True),
    ("a 6-foot-6 guard", "en", "en 178 cm lång back", "sv", False),
    ("she is six feet two inches tall", "en", "sie ist 1,88 Meter groß", "de", True),
    ("he stands 5'11\"", "en", "er ist 1,80 Meter groß", "de", True),
    ("gusts of 85 miles per hour", "en", "Böen von 136 Kilometern pro Stunde", "de", True),
    ("gusts of 85 miles per hour", "en", "Böen von 180 Kilometern pro Stunde", "de", False),
    ("a two-foot wall", "en", "eine 60 Zentimeter hohe Mauer", "de", True),
    ("a $2 billion plan", "en", "en plan på 2 miljarder dollar", "sv", True),
    ("a $2 billion plan", "en", "en plan på 3 miljarder dollar", "sv", False),
    ("ein Vorsprung von 20 Prozentpunkten", "de", "en ledning på 20 poäng", "sv", True),
    ("10 feet, 5 of them under water", "en", "fem av dem", "sv", False),
])
def test_measures_meet_in_other_units(claim: str, language: str, evidence: str, other: str, told: bool) -> None:
    known = find_numbers(evidence, other)
    assert all(tells(known, number) for number in find_numbers(claim, language) if not number.weak) is told


@pytest.mark.parametrize(("language", "claim", "evidence"), [
    ("en", "The cause of the outage is unknown.", "The cause of the outage was not known on Friday."),
    ("de", "Die Ursache des Ausfalls ist unbekannt.", "Die Ursache des Ausfalls ist noch nicht bekannt."),
    ("sv", "Orsaken till avbrottet är okänd.", "Orsaken till avbrottet är inte känd."),
    ("sv", "Omkring 16 700 personer evakuerades till 24 anläggningar.",
     "Runt 16 700 personer evakuerades till 24 anläggningar i Halmby."),
    ("de", "Rund 300 Haushalte in Halmby waren am Abend ohne Strom.",
     "Etwa 300 Haushalte in Halmby waren am Abend ohne Strom."),
    ("sv", "Häcken besegrade Halmby i finalen.", "Häcken besegrade Halmby i finalen med 2–0."),
    ("de", "Die Zeugin sagte, sie sei an dem Tag gar nicht in der Stadt gewesen und habe ihr Auto in Halmby gelassen.",
     "Die Zeugin sagte, dass sie an dem Tag nicht in der Stadt gewesen sei. Der Anklage zufolge stand ihr Auto in "
     "Halmby. Sie habe ihr Auto in Halmby gelassen, sagte die Zeugin."),
    ("en", "At the meeting Lindqvist called the plan a waste of money.",
     "Lindqvist spoke to reporters on Monday. The council had met for six hours. At the meeting she called the plan a "
     "waste of money."),
    ("de", "Der Bauträger Norlund wird auf Anordnung eines Gerichts aufgelöst. Er hatte signalisiert, dass er seine "
     "Kredite nicht mehr zurückzahlen kann.",
     "Norlund, einst ein großer Bauträger, wird am Montag auf Anordnung eines Gerichts aufgelöst. Das Unternehmen "
     "beschäftigte 300 Leute. Es hatte im Herbst Banken und Partnern signalisiert, dass es Kredite nicht mehr "
     "zurückzahlen könne."),
])
def test_one_fact_in_other_words_is_supported(language: str, claim: str, evidence: str) -> None:
    assert verdict(claim, evidence, language) == "supported"


@pytest.mark.parametrize(("language", "claim", "evidence"), [
    ("en", "The cause of the outage is known.", "The cause of the outage was not known on Friday."),
    ("de", "Die Ursache des Ausfalls ist bekannt.", "Die Ursache des Ausfalls ist noch nicht bekannt."),
    ("en", "At the meeting Lindqvist called the plan a waste of money.",
     "Ahlgren spoke to reporters on Monday. The council had met for six hours. At the meeting she called the plan a "
     "waste of money."),
    ("de", "Der Bauträger Norlund wird nicht auf Anordnung eines Gerichts aufgelöst.",
     "Norlund, einst ein großer Bauträger, wird am Montag auf Anordnung eines Gerichts aufgelöst. Das Unternehmen "
     "kann Kredite nicht mehr zurückzahlen."),
    ("en", "The company raised its prices in May.", "The company cut its prices in May."),
    ("sv", "Häcken besegrades av Halmby i finalen.", "Häcken besegrade Halmby i finalen med 2–0."),
])
def test_another_fact_in_much_the_same_words_is_not(language: str, claim: str, evidence: str) -> None:
    assert verdict(claim, evidence, language) != "supported"


def test_a_word_that_turns_something_else_contradicts_nothing() -> None:
    evidence = (
        "The lantern festival was off to a bright start on Saturday as crowds filled the park to see the mayor flip "
        "the switch. It began in 1990."
    )
    claim = "In the park, where crowds see the mayor every year, lanterns tell people that winter nears its end."
    assert verdict(claim, evidence, "en") == "supported"
