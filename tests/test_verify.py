"""Claims against evidence: what supports, what contradicts, and with which reason. All texts are made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.verify import Similarity, verify_claim, verify_claims
from assistant.verify.name_check import missing_names
from assistant.verify.name_index import index_names
from assistant.verify.names import find_names
from assistant.verify.numbers import find_numbers, tells
from assistant.verify.plain_words import is_plain_word
from ingest.article import Article, Passage, ScoredPassage

EN = (
    "The Bank of Norland raised its rate to 5.5 % on 15 June, governor Anna Berg said in Björkvik. "
    "Inflation has "
    "not fallen below 4 percent this year. The state debt grew to 227.7 billion crowns, the ministry "
    "reported."
)
SV = (
    "Norlands bank höjde räntan till 5,5 procent den 15 juni, sade chefen Anna Berg i Björkvik. "
    "Inflationen har inte "
    "sjunkit under 4 procent i år. Statsskulden växte till 227,7 miljarder kronor, uppgav departementet."
)
DE = (
    "Die Bank von Norland erhöhte den Zins am 15. Juni auf 5,5 Prozent, sagte Anna Berg in Björkvik. "
    "Die Inflation "
    "ist nicht unter 4 Prozent gefallen. Die Staatsschuld wuchs auf 227,7 Milliarden Kronen."
)
TEXTS = {"en": EN, "sv": SV, "de": DE}

SUPPORTED = [
    ("en", "The Bank of Norland raised its rate to 5.5 percent."),
    ("en", "Norland's bank raised its rate to 5.5 % on June 15, said Anna Berg."),
    ("en", "The state debt grew to 227.7 billion crowns."),
    ("en", "Inflation has not fallen below 4 percent this year."),
    ("sv", "Norlands bank höjde räntan till 5,5 procent."),
    ("sv", "Den 15 juni höjde Norlands bank räntan till 5,5 %, sade Anna Berg."),
    ("sv", "Statsskulden växte till 227,7 miljarder kronor."),
    ("sv", "Inflationen har inte sjunkit under 4 procent i år."),
    ("de", "Die Bank von Norland erhöhte den Zins auf 5,5 Prozent."),
    ("de", "Am 15. Juni erhöhte die Bank von Norland den Zins auf 5,5 Prozent, sagte Anna Berg."),
    ("de", "Die Staatsschuld wuchs auf 227,7 Milliarden Kronen."),
    ("de", "Die Inflation ist nicht unter 4 Prozent gefallen."),
]
ALTERED = [
    ("en", "The Bank of Norland cut its rate to 2.5 %.", "number"),
    ("en", "The Bank of Norland cut its rate to 5.5 %.", "direction"),
    ("en", "The Bank of Norland raised its rate to 5.6 percent.", "number"),
    ("en", "The Bank of Norland raised its rate to 5.5 % on 16 June.", "date"),
    ("en", "The Bank of Norland raised its rate to 5.5 % on 15 July.", "date"),
    ("en", "The Bank of Norland raised its rate to 5.5 %, governor Anna Lund said.", "name"),
    ("en", "The Bank of Norland raised its rate to 5.5 %, governor Anna Berg said in Ekstad.", "name"),
    ("en", "Inflation has fallen below 4 percent this year.", "negation"),
    ("en", "The Bank of Norland has not raised its rate to 5.5 % on 15 June.", "negation"),
    ("en", "The state debt grew to 277.7 billion crowns.", "number"),
    ("en", "The state debt grew to 227.7 million crowns.", "number"),
    ("sv", "Norlands bank sänkte räntan till 5,5 procent.", "direction"),
    ("sv", "Norlands bank höjde räntan till 2,5 procent.", "number"),
    ("sv", "Norlands bank höjde räntan till 5,5 procent den 14 juni.", "date"),
    ("sv", "Norlands bank höjde räntan till 5,5 procent, sade chefen Karl Berg i Ekstad.", "name"),
    ("sv", "Inflationen har sjunkit under 4 procent i år.", "negation"),
    ("sv", "Statsskulden minskade till 227,7 miljarder kronor, uppgav departementet.", "direction"),
    ("de", "Die Bank von Norland senkte den Zins auf 5,5 Prozent.", "direction"),
    ("de", "Die Bank von Norland erhöhte den Zins am 15. Mai auf 5,5 Prozent.", "date"),
    ("de", "Die Bank von Norland erhöhte den Zins auf 6,5 Prozent.", "number"),
    ("de", "Die Inflation ist unter 4 Prozent gefallen.", "negation"),
    ("de", "Die Bank von Norland erhöhte den Zins auf 5,5 Prozent, sagte Karla Lindström.", "name"),
]
ACROSS = [
    ("sv", "en", "Banken höjde räntan till 5,5 procent den 15 juni.", None),
    ("sv", "de", "Statsskulden växte till 227,7 miljarder kronor.", None),
    ("de", "sv", "Die Staatsschuld wuchs auf 227,7 Milliarden Kronen.", None),
    ("en", "de", "The bank raised its rate to 5.5 percent on 15 June, Anna Berg said.", None),
    ("sv", "en", "Banken sänkte räntan till 5,5 procent den 15 juni.", "direction"),
    ("sv", "en", "Banken höjde räntan till 2,5 procent den 15 juni.", "number"),
    ("sv", "de", "Banken höjde räntan till 5,5 procent den 17 juni.", "date"),
    ("de", "en", "Die Bank senkte den Zins am 15. Juni auf 5,5 Prozent.", "direction"),
    ("de", "sv", "Die Staatsschuld wuchs auf 227,7 Millionen Kronen.", "number"),
    ("en", "sv", "Karl Lundgren said the bank raised its rate to 5.5 percent on 15 June.", "name"),
    ("en", "de", "The bank did not raise its rate to 5.5 percent on 15 June.", "negation"),
]


@pytest.mark.parametrize(("language", "claim"), SUPPORTED)
def test_a_claim_that_the_evidence_makes_is_supported(language: str, claim: str) -> None:
    judgement = verify_claim(claim, TEXTS[language], claim_language=language, evidence_language=language)
    assert (judgement.verdict, judgement.reasons) == ("supported", ())


@pytest.mark.parametrize(("language", "claim", "reason"), ALTERED)
def test_an_altered_fact_is_flagged_with_its_reason(language: str, claim: str, reason: str) -> None:
    judgement = verify_claim(claim, TEXTS[language], claim_language=language, evidence_language=language)
    assert judgement.verdict != "supported"
    assert any(text.startswith(reason) for text in judgement.reasons), judgement.reasons


@pytest.mark.parametrize(("language", "other", "claim", "reason"), ACROSS)
def test_facts_are_compared_across_languages(
    language: str, other: str, claim: str, reason: str | None
) -> None:
    judgement = verify_claim(
        claim,
        TEXTS[other].split(". ")[0] if reason == "x" else TEXTS[other],
        claim_language=language,
        evidence_language=other,
    )
    if reason is None:
        assert judgement.reasons == ()
    else:
        assert any(text.startswith(reason) for text in judgement.reasons), judgement.reasons


def test_the_reasons_name_both_wrong_facts() -> None:
    judgement = verify_claim(
        "The Bank of Norland cut its rate to 2.5 %.", EN, claim_language="en", evidence_language="en"
    )
    assert "number 2.5 % not in evidence" in judgement.reasons
    assert "direction differs: cut / raised" in judgement.reasons
    assert EN[judgement.start : judgement.end].startswith("The Bank of Norland raised")


@pytest.mark.parametrize(
    ("one", "language", "other", "told_language"),
    [
        ("227.7 billion", "en", "227,7 Milliarden", "de"),
        ("227,7 miljarder", "sv", "227.7bn", "en"),
        ("100,000", "en", "100 000", "sv"),
        ("100.000", "de", "100,000", "en"),
        ("1,5", "sv", "1.5", "en"),
        ("5 %", "sv", "5 percent", "en"),
        ("5 Prozent", "de", "fem procent", "sv"),
        ("tre", "sv", "3", "en"),
        ("einundzwanzig", "de", "twenty-one", "en"),
        ("tjugoen", "sv", "21", "de"),
        ("2", "en", "båda", "sv"),
        ("$5bn", "en", "fem miljarder dollar", "sv"),
        ("the 19th century", "en", "1800-talet", "sv"),
        ("14.30", "sv", "2:30 pm", "en"),
        ("6 metres", "en", "20 feet", "en"),
        ("over 40", "en", "43", "en"),
        ("three million", "en", "3 Mio. ", "de"),
        ("anderthalb Jahre", "de", "a year and a half", "en"),
        ("på 90-talet", "sv", "in the nineties", "en"),
        ("zwanzig Jahre", "de", "two decades", "en"),
        ("två veckor", "sv", "a fortnight", "en"),
        ("7:30 p.m.", "en", "halv åtta", "sv"),
        ("Two", "en", "World War II", "de"),
        ("27 grader", "sv", "80 degrees", "en"),
        ("60 miles per hour", "en", "97 km/h", "de"),
        ("100 square miles", "en", "259 Quadratkilometer", "de"),
        ("750", "de", "c.750 AD", "en"),
        ("6½", "en", "6,5", "de"),
    ],
)
def test_numbers_that_are_one(one: str, language: str, other: str, told_language: str) -> None:
    assert tells(find_numbers(other, told_language), find_numbers(one, language)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 %", "5 people"),
        ("1.5", "15"),
        ("227.7 billion", "227.7 million"),
        ("40", "43"),
        ("$5", "€5"),
        ("21", "20"),
        ("100,000", "10,000"),
        ("11 months", "a year"),
    ],
)
def test_numbers_that_are_two(one: str, other: str) -> None:
    assert not tells(find_numbers(other, "en"), find_numbers(one, "en")[0])


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "told_language"),
    [
        ("Selenskyj reiste nach Peking.", "de", "Zelensky travelled to Beijing.", "en"),
        ("Anna Bergs bil stod i Köpenhamn.", "sv", "The car of Anna Berg stood in Copenhagen.", "en"),
        ("The United Nations met in Geneva.", "en", "FN sammanträdde i Genève.", "sv"),
        ("Navalny met the German chancellor.", "en", "Nawalny traf den deutschen Kanzler.", "de"),
    ],
)
def test_names_are_known_in_other_spellings(
    claim: str, language: str, evidence: str, told_language: str
) -> None:
    judgement = verify_claim(claim, evidence, claim_language=language, evidence_language=told_language)
    assert not any(reason.startswith("name") for reason in judgement.reasons), judgement.reasons


def all_near(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """An embedder to which every sentence translates every other."""
    return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "told_language"),
    [
        ("Der Umbau kostete 26.750 US-Dollar.", "de", "The rebuilding cost $26,750.", "en"),
        ("Delegates came from Slovakia and Uzbekistan.", "en", "Delegater kom från Slovakien och Uzbekistan.", "sv"),
        ("An Uzbek, Berg grew up in Tashkent.", "en", "Berg, en uzbekisk man, växte upp i Tasjkent.", "sv"),
        ("Berg sang on Saturday Night Live.", "en", "Berg sang bei Saturday Night Live.", "de"),
        ("The man, in his 40s, was unhurt.", "en", "Der Mann in den Vierzigern blieb unverletzt.", "de"),
        ("It opens at six in the morning.", "en", "Det öppnar klockan sex på morgonen.", "sv"),
        ("The plan comes after the bank sold its harbour three years ago.", "en",
         "Der Plan folgt auf den Verkauf des Hafens durch die Bank vor drei Jahren.", "de"),
        ("Berg got a sentence with no parole.", "en", "Berg bekam eine Strafe ohne Bewährung.", "de"),
        ("Das Spiel war nicht schlecht.", "de", "The game was okay.", "en"),
        ("The account is inaccurate, Berg says.", "en", "Berg säger att beskrivningen inte stämmer.", "sv"),
        ("From May Tove will play the queen, the theatre says.", "en",
         "Tove Lindgren ist Schauspielerin. Ab Mai ist Lindgren als Königin zu sehen, teilte das Theater mit.", "de"),
        ("Das Land hat ein Problem.", "de", "Lomvik har bekymmer, enligt Ramirez.", "sv"),
        ("The bridge is unlikely to open.", "en", "Die Brücke wird wahrscheinlich nicht öffnen.", "de"),
        ("Bron öppnar troligen inte.", "sv", "The bridge is unlikely to open.", "en"),
        ("Arbetet pågick mellan april och juni.", "sv", "Die Arbeit dauerte von April bis Juni.", "de"),
        ("The work went on from April to June.", "en", "Arbetet pågick mellan april och juni.", "sv"),
    ],
)
def test_what_translators_change_is_no_contradiction(
    claim: str, language: str, evidence: str, told_language: str
) -> None:
    judgement = verify_claim(
        claim, evidence, claim_language=language, evidence_language=told_language, similarity=all_near
    )
    assert judgement.reasons == ()


def words_apart(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """An embedder to which every sentence translates every other, and no word another."""
    near = [place == 0 or text.count(" ") > 2 for place, text in enumerate(texts)]
    return np.array([[float(same), float(not same)] for same in near], dtype=np.float32)


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "told_language", "reason"),
    [
        ("It rained in Lomvik on Tuesday.", "en",
         "It rained in Lomvik on Monday. The ferry sails on Tuesday.", "en", "date"),
        ("I Lomvik regnade det i tisdags.", "sv",
         "It rained in Lomvik on Monday. The ferry sails on Tuesday.", "en", "date"),
        ("Berg sang on Monday Night Live.", "en", "Berg sang bei Saturday Night Live.", "de", "date"),
        ("Der Regen erreicht heute Ramirez.", "de", "The rain will reach Arizona today.", "en", "name"),
        ("Delegates came from Slovakia.", "en", "Delegater kom från Slovenien.", "sv", "name"),
        ("Arbetet pågick mellan april och juni.", "sv", "Die Arbeit dauerte von Mai bis Juni.", "de", "date"),
        ("The bridge is unlikely to open.", "en", "Die Brücke wird wahrscheinlich öffnen.", "de", "direction"),
    ],
)
def test_an_exchanged_day_or_name_is_flagged(
    claim: str, language: str, evidence: str, told_language: str, reason: str
) -> None:
    judgement = verify_claim(
        claim, evidence, claim_language=language, evidence_language=told_language, similarity=words_apart
    )
    assert any(one.startswith(reason) for one in judgement.reasons), judgement


def test_places_are_known_in_three_languages() -> None:
    assert index_names("Die Delegation aus Zypern").knows("Cyprus")
    assert index_names("Mötet hölls i Bukarest").knows("Bucharest")
    assert index_names("Skolor i Storbritannien").knows("UK")
    assert not index_names("Die Delegation aus Slowenien").knows("Slovakia")


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "other", "reasons"),
    [
        # Words that begin like a place, a people or an office and are none.
        ("Mordet på Anna Söderberg utreds.", "sv", "Mordet på Anna Söderström utreds.", "sv",
         ("name Anna Söderberg not in evidence",)),
        ("Kristersson besökte Oslo.", "sv", "Kristina Lund besökte Oslo, som var julpyntat.", "sv",
         ("name Kristersson not in evidence",)),
        ("Judge Miller opened the hearing on Monday.", "en",
         "Richterin Miller eröffnete die Anhörung am Montag in Schweden.", "de", ()),
        ("Das Prinzip gilt im Labor und im Palast.", "de",
         "The principle applies in the laboratory and the palace in Spain.", "en", ()),
        ("Sudan closed its border.", "en", "South Africa closed its border.", "en", ("name Sudan not in evidence",)),
        ("Die Regierung des Vereinigten Königreichs nahm ein Gesetz an.", "de",
         "Storbritanniens regering antog en lag.", "sv", ()),
        ("Die Regierung des Vereinigten Königreichs nahm ein Gesetz an.", "de", "Frankrikes regering antog en lag.",
         "sv", ("name Vereinigten Königreichs not in evidence",)),
    ],
)
def test_places_are_no_mere_beginnings_of_words(
    claim: str, language: str, evidence: str, other: str, reasons: tuple[str, ...]
) -> None:
    assert verify_claim(claim, evidence, claim_language=language, evidence_language=other).reasons == reasons


def test_a_currency_is_no_name() -> None:
    assert find_names("Das kostete 26.750 US-Dollar.", "de") == ()


@pytest.mark.parametrize(("word", "plain"), [("Problem", True), ("Ort", True), ("Ramirez", False), ("Arizona", False)])
def test_german_nouns_are_told_from_names_by_their_endings(word: str, plain: bool) -> None:
    assert is_plain_word(word, "de") is plain


def test_one_half_of_a_name_may_stand_for_the_other_in_a_translation() -> None:
    told = "Im Mai ist Lindgren als Königin zu sehen."
    whole = f"Tove Lindgren ist Schauspielerin. {told}"
    for name, missing in (("Tove", ()), ("Berit", ("Berit",))):
        claim = f"In May the famous {name} will play the queen."
        assert missing_names(claim, "en", told, told, "de", close=True, translates=True, whole=whole) == missing


def leaning(nearer: bool) -> Similarity:
    """An embedder to which a denial brings a sentence nearer to its translation, or takes it away."""

    def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        cosines = [(0.93 if ("not" in text) == nearer else 0.92) if "Ferry" in text else 1.0 for text in texts]
        return np.array([[cosine, (1 - cosine**2) ** 0.5] for cosine in cosines], dtype=np.float32)

    return vectors


@pytest.mark.parametrize("nearer", [True, False])
def test_a_denial_across_languages_counts_by_what_it_is_worth(nearer: bool) -> None:
    judgement = verify_claim(
        "The Ferry does not sail.", "Die Fähre bleibt im Hafen.",
        claim_language="en", evidence_language="de", similarity=leaning(nearer),
    )
    assert ("negation differs" in judgement.reasons) == (not nearer)


@pytest.mark.parametrize(
    ("claim", "language", "evidence", "told_language"),
    [
        ("Berg fand das Angebot ausreichend.", "de", "Berg fand das Angebot unausreichend.", "de"),
        ("The board called the offer adequate.", "en", "The board called the offer inadequate.", "en"),
        ("Styrelsen kallade budet tillräckligt.", "sv", "Styrelsen kallade budet otillräckligt.", "sv"),
        ("Die ägyptische Regierung senkte die Steuer.", "de", "Die türkische Regierung senkte die Steuer.", "de"),
        ("Den egyptiska regeringen sänkte skatten.", "sv", "The Turkish government cut the tax.", "en"),
    ],
)
def test_a_prefix_that_denies_and_another_people_are_flagged(
    claim: str, language: str, evidence: str, told_language: str
) -> None:
    assert verify_claim(claim, evidence, claim_language=language, evidence_language=told_language).reasons


def test_a_denial_in_the_sentence_beside_it_denies_nothing_else() -> None:
    judgement = verify_claim(
        "Jemand schrieb dazu: Das ist eine witzige Werbung für Mütter, die in Büros oder auf Toiletten pumpen.",
        "Another commented: This is a fun advert for mums. It is not a judgement.",
        claim_language="de", evidence_language="en", similarity=all_near,
    )
    assert "negation differs" not in judgement.reasons


def test_a_quotation_must_stand_in_the_evidence() -> None:
    told = "”Vi förlorar hela stranden”, säger Maja Ek."
    wrong = verify_claim(
        "”Vi förlorar hela hamnen”, säger Maja Ek.", told, claim_language="sv", evidence_language="sv"
    )
    assert any(reason.startswith("quotation") for reason in wrong.reasons)
    right = verify_claim(
        "”Vi förlorar hela stranden”, säger Maja Ek.", told, claim_language="sv", evidence_language="sv"
    )
    assert right.verdict == "supported"


def test_a_saying_belongs_to_who_said_it() -> None:
    told = "The bridge is safe, Karl Ek said. Maja Holm watched the bridge from her window."
    judgement = verify_claim(
        "The bridge is safe, Maja Holm said.", told, claim_language="en", evidence_language="en"
    )
    assert judgement.verdict != "supported"


def test_known_facts_about_the_article_support_names_and_dates() -> None:
    claim = "Norlandsposten reported on 3 May 2023 that the bridge was closed."
    told = "The bridge was closed."
    assert verify_claim(claim, told, claim_language="en", evidence_language="en").verdict != "supported"
    helped = verify_claim(
        claim,
        told,
        claim_language="en",
        evidence_language="en",
        context="Norlandsposten",
        published_at=date(2023, 5, 3),
    )
    assert helped.reasons == ()


def test_another_topic_is_unsupported() -> None:
    judgement = verify_claim(
        "Penguins breed on the southern ice.", EN, claim_language="en", evidence_language="en"
    )
    assert judgement.verdict == "unsupported"


def test_no_evidence_supports_nothing() -> None:
    judgement = verify_claim("Something happened.", "")
    assert (judgement.verdict, judgement.start, judgement.end) == ("unsupported", 0, 0)


def by_letters(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """A similarity of letter counts: enough to see that a shortlist is asked for and used."""
    rows = np.array(
        [[text.lower().count(chr(97 + i)) + 0.1 for i in range(26)] for text in texts], dtype=np.float32
    )
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_injected_similarity_is_used_on_a_shortlist_only() -> None:
    asked: list[int] = []

    def counting(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        asked.append(len(texts))
        return by_letters(texts)

    verify_claim(
        "Anna Berg raised the rate.",
        (EN + "\n") * 40,
        claim_language="en",
        evidence_language="en",
        similarity=counting,
    )
    assert max(asked) <= 13


def test_rows_of_claims_become_documents() -> None:
    (row,) = verify_claims(
        [
            {
                "id": "c1",
                "claim": "The state debt grew to 227.7 billion crowns.",
                "evidence": EN,
                "language": "en",
            }
        ]
    )
    assert row["id"] == "c1"
    assert row["verdict"] == "supported"
    assert EN[row["start"] : row["end"]] == row["quote"]
    assert 0 <= row["score"] <= 1


def test_a_claim_without_evidence_is_held_against_the_corpus() -> None:
    article = Article("news/rate.txt", EN, "en")
    hit = ScoredPassage(Passage(article.id, 0, len(EN), EN), article, 1.0)
    (row,) = verify_claims(
        [{"id": "c1", "claim": "The state debt grew to 227.7 billion crowns."}],
        find_passages=lambda claim: [hit],
    )
    assert (row["verdict"], row["article"]) == ("supported", "news/rate.txt")
    assert EN[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    "row", [{"id": "x"}, {"claim": ""}, {"claim": 3}, {"claim": "A", "evidence": 3}, {"claim": "A"}]
)
def test_a_row_that_cannot_be_used_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(QuestionError):
        verify_claims([row])


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=150), st.text(max_size=400), st.sampled_from(["sv", "de", "en", None]))
def test_any_text_is_judged_without_raising(claim: str, evidence: str, language: str | None) -> None:
    judgement = verify_claim(claim, evidence, claim_language=language, evidence_language=language)
    assert 0 <= judgement.start <= judgement.end <= len(evidence)
    assert 0.0 <= judgement.score <= 1.0


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 20000,
        "1." * 5000,
        "A" * 20000,
        "A. " * 4000,
        "not " * 4000,
        "„" * 5000,
        "Aa Bb " * 2000,
        "1 000 " * 3000,
        "-" * 9000,
        "\ud800\0" * 500,
    ],
)
def test_hostile_evidence_does_not_hang(hostile: str) -> None:
    verify_claim("Anna Berg raised 5 % on 15 June.", hostile, claim_language="en", evidence_language="en")
    verify_claim(hostile[:3000], EN, claim_language="en", evidence_language="en")
