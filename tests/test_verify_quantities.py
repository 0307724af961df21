"""All, none, most, half, two of three: a claim that says more of something than its evidence is not supported."""

from __future__ import annotations

import pytest

from assistant.vectors import RememberedVectors
from assistant.verify.judge import verify_claim
from assistant.verify.quantities import find_quantities, overstated
from ingest.embed import Embedder

RINGS = {
    "de": ("Der Zoll hat im Fährhafen zwei von drei Ringen gefunden, die gestohlen worden waren.",
           "Alle drei Ringe wurden im Fährhafen gefunden.", "Zwei der drei Ringe wurden im Fährhafen gefunden."),
    "en": ("Customs officers found two of the three stolen rings at the ferry port.",
           "All three rings were found at the ferry port.", "Two of the three rings were found at the ferry port."),
    "sv": ("Tullen hittade två av de tre stulna ringarna i färjehamnen.",
           "Alla tre ringarna hittades i färjehamnen.", "Två av de tre ringarna hittades i färjehamnen."),
}


@pytest.mark.parametrize("told", RINGS)
@pytest.mark.parametrize("claimed", RINGS)
def test_two_of_three_are_not_all_three(embedder: Embedder, claimed: str, told: str) -> None:
    similarity = RememberedVectors(embedder.embed_queries)
    wrong, right = (
        verify_claim(RINGS[claimed][number], RINGS[told][0], claim_language=claimed, evidence_language=told,
                     similarity=similarity)
        for number in (1, 2)
    )
    assert any(reason.startswith("quantity differs") for reason in wrong.reasons)
    assert right.verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "language", "told", "told_in"),
    [
        ("Båda broarna är stängda.", "sv", "Eine der beiden Brücken ist gesperrt.", "de"),
        ("Both suspects were arrested.", "en", "En av de två misstänkta greps.", "sv"),
        ("Samtliga ledamöter röstade ja.", "sv", "De flesta ledamöterna röstade ja.", "sv"),
        ("Alle Schulen öffneten.", "de", "Nästan alla skolor öppnade.", "sv"),
        ("None of the four boats was damaged.", "en", "Three of the four boats were damaged.", "en"),
        ("Keines der vier Boote sank.", "de", "Half of the boats sank.", "en"),
        ("All the passengers left.", "en", "Einige der Fahrgäste gingen.", "de"),
        ("Most of the residents are back.", "en", "En tredjedel av de boende är tillbaka.", "sv"),
    ],
)
def test_what_claims_more(claim: str, language: str, told: str, told_in: str) -> None:
    assert overstated(claim, language, told, told_in)


@pytest.mark.parametrize(
    ("claim", "language", "told", "told_in"),
    [
        ("Most of the residents are back.", "en", "Alla boende är tillbaka.", "sv"),
        ("Some of the residents are back.", "en", "Die meisten Bewohner sind zurück.", "de"),
        ("Båda broarna är stängda.", "sv", "Both bridges are closed.", "en"),
        ("Alle drei Richter stimmten zu.", "de", "All three judges agreed, one of the two lawyers did not.", "en"),
        ("Alle 38 Fahrgäste kamen heraus.", "de", "The 38 passengers got out.", "en"),
        ("The ferry runs every two hours, above all on Sundays.", "en", "Die Hälfte der Fahrten fällt aus.", "de"),
        ("Die Fähre fährt vor allem alle zwei Stunden.", "de", "Half of the trips are cancelled.", "en"),
        ("Båda två sade nej.", "sv", "An der 16. Bahn gab er auf.", "de"),
    ],
)
def test_what_claims_no_more(claim: str, language: str, told: str, told_in: str) -> None:
    assert overstated(claim, language, told, told_in) is None


def test_a_part_of_a_whole_is_one_quantity() -> None:
    (part,) = find_quantities("En av de båda männen greps.", "sv")
    assert (part.text, part.told) == ("En av de båda", (0.5, 0.5))
    (share,) = find_quantities("Zwei von drei Ringen", "de")
    assert share.told[0] == pytest.approx(2 / 3)
