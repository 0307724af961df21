"""Convicted, dead, arrested, resigned: said of nobody of whom the evidence does not say it."""

from __future__ import annotations

import pytest

from assistant.verify import verify_claim
from assistant.verify.grave import untold_graveness
from assistant.verify.lexicon import LANGUAGES, grave_forms

TRIAL = (
    "The former harbour master of Oster Bay, Ivo Harrow, is charged with taking bribes from two shipping firms. "
    "Prosecutors say he accepted 40,000 pounds. Mr Harrow denies the charge and the trial goes on next week."
)


@pytest.mark.parametrize(
    ("language", "claim", "word"),
    [
        ("en", "Ivo Harrow was convicted of taking bribes from two shipping firms.", "convicted"),
        ("de", "Ivo Harrow wurde wegen Bestechlichkeit verurteilt.", "verurteilt"),
        ("sv", "Ivo Harrow dömdes för att ha tagit mutor.", "dömdes"),
        ("en", "Ivo Harrow was arrested after taking bribes from two shipping firms.", "arrested"),
        ("sv", "Hamnkaptenen Ivo Harrow avgick efter åtalet.", "avgick"),
    ],
)
def test_what_only_the_claim_says_of_a_person_is_told(language: str, claim: str, word: str) -> None:
    judgement = verify_claim(claim, TRIAL, claim_language=language, evidence_language="en")
    assert f"{word} not told" in judgement.reasons


@pytest.mark.parametrize(
    ("language", "claim", "told", "told_language"),
    [
        ("en", "Two sailors died when the ferry sank.", "Två sjömän omkom när färjan sjönk.", "sv"),
        ("de", "Der Bürgermeister ist zurückgetreten.", "The mayor has resigned.", "en"),
        ("sv", "Han dömdes till fem års fängelse.", "The court sent him to prison for five years.", "en"),
        ("en", "He was not convicted.", "He is charged with fraud.", "en"),
        ("fr", "Il est mort.", "He is in hospital.", "en"),
    ],
)
def test_what_is_told_in_other_words_is_not_missed(language: str, claim: str, told: str, told_language: str) -> None:
    assert not untold_graveness(claim, language, told, told_language)


def test_every_grave_thing_has_words_in_every_language() -> None:
    things = [set(grave_forms(language)) for language in LANGUAGES]
    assert things[0] == things[1] == things[2]
    for language in LANGUAGES:
        assert all(any(not form.startswith("~") for form in forms) for forms in grave_forms(language).values())
