"""Claims of several statements, words about the answer itself, and what models' answers say in other words."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answer.checked import judge_draft
from assistant.question import Query
from assistant.verify import read_statements, verify_claim

BRIDGE = (
    "The Alvik bridge was closed on Monday after cracks were found in two of its pillars. "
    "Engineer Karl Ek said repairs would take six weeks. "
    "The county board paid 4.2 million kronor for the last repair. "
    "The ferry will run every half hour until the bridge opens again."
)


@pytest.mark.parametrize(
    ("claim", "language", "stated"),
    [
        ("Based on the passages provided, the bridge was closed.", "en", ("the bridge was closed.",)),
        ("Sure! Here is a summary:\n\nThe bridge was closed.", "en", ("The bridge was closed.",)),
        ("Let me know if you have any further questions.", "en", ()),
        ("I hope this helps!", "en", ()),
        ("These points matter:\nThe bridge was closed.", "en", ("The bridge was closed.",)),
        ("Karl Ek stole 40 million:\nThe bridge was closed.", "en",
         ("Karl Ek stole 40 million:", "The bridge was closed.")),
        ("Unable to answer based on given passages.", "en", ()),
        ("Basierend auf den bereitgestellten Passagen wurde die Brücke gesperrt.", "de", None),
        ("Ich hoffe, das hilft!", "de", ()),
        ("Lassen Sie mich wissen, wenn Sie noch Fragen haben.", "de", ()),
        ("Utifrån de givna artiklarna, bron stängdes.", "sv", ("bron stängdes.",)),
        ("Hör gärna av dig om du undrar något mer.", "sv", ()),
        ("1. Close the bridge.\n2. Call the ferry.", "en", ("Close the bridge.", "Call the ferry.")),
        ("Let me know when Karl Ek stole the money.", "en", None),
        ("Let me know if 40 people died.", "en", None),
        ("12. Mai war der Tag der Eröffnung.", "de", None),
        ("Die Brücke wurde gesperrt.", "de", None),
    ],
)
def test_what_speaks_of_the_answer_states_nothing(
    claim: str, language: str, stated: tuple[str, ...] | None
) -> None:
    """None stands for the claim as it is."""
    assert read_statements(claim, language) == ((claim,) if stated is None else stated)


def test_an_answer_is_as_good_as_its_weakest_statement() -> None:
    sound = "The Alvik bridge was closed on Monday after cracks were found. Karl Ek said repairs would take six weeks."
    wrong = sound + " The county board paid 9.7 million kronor for the last repair."
    good, bad = (verify_claim(one, BRIDGE, claim_language="en", evidence_language="en") for one in (sound, wrong))
    assert good.verdict == "supported"
    assert bad.verdict == "partly"
    assert "9.7" in bad.reasons[0]
    assert bad.score < good.score
    assert BRIDGE[bad.start : bad.end].strip()


def test_list_numbers_are_no_figures() -> None:
    claim = "7. The bridge was closed on Monday.\n8. The ferry will run every half hour."
    assert verify_claim(claim, BRIDGE, claim_language="en", evidence_language="en").verdict == "supported"


def test_mere_talk_needs_no_evidence() -> None:
    judgement = verify_claim("I hope this helps!", BRIDGE, claim_language="en", evidence_language="en")
    assert (judgement.verdict, judgement.score, judgement.start, judgement.end) == ("supported", 1.0, 0, 0)


def test_a_draft_is_not_asked_for_evidence_of_talk() -> None:
    draft = "I hope this helps! The Alvik bridge was closed. Let me know if Karl Ek lied."
    query = Query("Why?", "Why?", "en")
    _, judged = judge_draft(draft, query, (), similarity=lambda texts: np.ones((len(texts), 2), np.float32))
    assert [one.sentence.text for one in judged] == ["The Alvik bridge was closed.", "Let me know if Karl Ek lied."]


def test_a_year_is_not_lent_by_a_month_of_another_year() -> None:
    told = "The winner will be announced in June 2016. Architects have until mid-June to send in their ideas."
    for claim, verdict in (
        ("The winner will be announced in June 2016.", "supported"),
        ("The winner will be announced in June 2017.", "partly"),
    ):
        assert verify_claim(claim, told, claim_language="en", evidence_language="en").verdict == verdict
    lone = "The winner will be announced in June."
    assert verify_claim(
        "The winner will be announced in June 2017.", lone, claim_language="en", evidence_language="en"
    ).verdict == "supported"


def test_a_figure_belongs_to_the_office_that_gave_it() -> None:
    told = (
        "The Institute of Public Health estimates that the smoke will cause 2,500 deaths a year. "
        "The Board of Forestry says the fires will spread."
    )
    asked = "According to the {}, the smoke will cause 2,500 deaths a year."
    right, wrong = (
        verify_claim(asked.format(who), told, claim_language="en", evidence_language="en")
        for who in ("Institute of Public Health", "Board of Forestry")
    )
    assert right.verdict == "supported"
    assert wrong.reasons == ("said by another: Board", "said by another: Forestry")


def test_a_german_noun_of_another_wording_is_no_missing_name() -> None:
    told = (
        "Robert Burns, der Schlagzeuger der Band Alvik, starb am Freitagabend bei einem Autounfall, sagte ein "
        "Sprecher der Polizei. Burns, 64, war allein im Wagen."
    )
    claim = "Robert Burns, der Schlagzeuger der Band Alvik, starb im Alter von 64 Jahren bei einem Autounfall."
    judgement = verify_claim(claim, told, claim_language="de", evidence_language="de")
    assert (judgement.verdict, judgement.reasons) == ("supported", ())
    other = verify_claim(claim.replace("Burns", "Lindqvist"), told, claim_language="de", evidence_language="de")
    assert other.verdict != "supported"
