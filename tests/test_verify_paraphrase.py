"""Claims put in other words than their evidence, as a model writes them: plain nouns are no missing names."""

from __future__ import annotations

import pytest

from assistant.verify import verify_claim
from assistant.verify.numbers import find_numbers, tells

HARBOUR_DE = (
    "Die Stadtwerke Marlow geben das Geschäft mit Ladesäulen auf. Der Vorstand begründete den Schritt mit anhaltenden "
    "Verlusten. Geschäftsführerin Petra Lindqvist sagte, dass die 40 Säulen in andere Hände gehen."
)


@pytest.mark.parametrize(
    ("language", "claim", "evidence"),
    [
        ("de", "Als Ursache der Entscheidung nannte die Führung, dass die Sparte nur Geld koste.", HARBOUR_DE),
        ("de", "Nach dem Vorfall im Hafen kamen mehrere Helfer ins Krankenhaus.",
         "Vier Feuerwehrleute wurden nach der Explosion an der Kaimauer in eine Klinik gebracht."),
        ("en", "Commuters will have to wait until the crack in the bridge is mended.",
         "Those who cross the river daily must be patient: the span stays shut until its damaged beam is repaired."),
        ("sv", "Varför lampan slocknade vet ingen än.",
         "Det är ännu oklart vad som fick fyren att sluta lysa, säger hamnkaptenen."),
    ],
)  # fmt: skip
def test_other_nouns_for_the_same_things_are_no_strange_names(language: str, claim: str, evidence: str) -> None:
    reasons = verify_claim(claim, evidence, claim_language=language, evidence_language=language).reasons
    assert not [reason for reason in reasons if reason.startswith("name")]


def test_another_person_is_told_from_another_noun() -> None:
    claim = "Nach Angaben von Martin Oberhuber wechseln die Anlagen den Besitzer."
    reasons = verify_claim(claim, HARBOUR_DE, claim_language="de", evidence_language="de").reasons
    assert any("Martin Oberhuber" in reason for reason in reasons)


def test_another_noun_in_the_same_words_is_another_thing() -> None:
    claim = "Die Stadtwerke Marlow geben das Geschäft mit Fernwärme auf."
    assert verify_claim(claim, HARBOUR_DE, claim_language="de", evidence_language="de").verdict != "supported"


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "other", "told"),
    [
        ("one in ten asked", "en", "10 percent asked", "en", True),
        ("one in five asked", "en", "one in ten asked", "en", False),
        ("fyra av tio elever", "sv", "40 % av eleverna", "sv", True),
        ("fyra av tio elever", "sv", "fyra av de tio eleverna", "sv", True),
        ("fyra av tio elever", "sv", "vier von zehn Schülern", "de", True),
        ("drei von vier Befragten", "de", "80 Prozent der Befragten", "de", False),
        ("two in 2010", "en", "two died in 2010", "en", True),
        ("fast fünf Prozent", "de", "4,8 Prozent", "de", True),
        ("fast fünf Prozent", "de", "3,8 Prozent", "de", False),
        ("mehr als drei Jahrzehnte", "de", "vor 32 Jahren", "de", True),
        ("från 2,2 till 3,1 miljarder euro", "sv", "3,1 miljarder euro mot 2,2 miljarder euro", "sv", True),
    ],
)
def test_shares_and_roundings_in_other_words(claim: str, language: str, evidence: str, other: str, told: bool) -> None:
    known = find_numbers(evidence, other)
    assert all(tells(known, number) for number in find_numbers(claim, language) if not number.weak) is told
