"""Markers in a stream, sentences of a draft, and the evidence span of an answer sentence."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cite import MarkerFilter, split_draft
from assistant.verify import verify_claim

KNOWN = (1, 2, 3)


def shown(chunks: list[str], known: tuple[int, ...] = KNOWN) -> str:
    stream = MarkerFilter(known)
    return "".join([*(stream.feed(chunk) for chunk in chunks), stream.close()])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Räntan steg [1].", "Räntan steg [1]."),
        ("Räntan steg [9].", "Räntan steg."),
        ("Räntan steg [9] igen", "Räntan steg igen"),
        ("Steg [1][2].", "Steg [1][2]."),
        ("Steg [1][9][2].", "Steg [1][2]."),
        ("Steg [1, 9, 2].", "Steg [1][2]."),
        ("Steg [8, 9].", "Steg."),
        ("Steg [1-3].", "Steg [1][2][3]."),
        ("Steg [2–9].", "Steg [2][3]."),
        ("Steg 【1】.", "Steg [1]."),
        ("Steg 【1†source】.", "Steg [1]."),
        ("Steg 【9†source】.", "Steg."),
        ("Steg `[1]`.", "Steg [1]."),
        ("Steg `[9]`.", "Steg."),
        ("Steg [[1]].", "Steg [1]."),
        ("Steg [[9]].", "Steg."),
        ("Steg [ 1 ].", "Steg [1]."),
        ("Steg [^1].", "Steg [1]."),
        ("Steg [Source 1] [källa 2] [Quelle 9]", "Steg [1] [2]"),
        ("Steg [9] [8].", "Steg."),
        ("[9] Först", "Först"),
        ("A.[9]\n[8] B", "A.\nB"),
        ("Steg (1) [sic] [Norrland och Ek] [12 personer]", "Steg (1) [sic] [Norrland och Ek] [12 personer]"),
        ("- [ ] att göra", "- [ ] att göra"),
        ("kod `x = 1` här", "kod `x = 1` här"),
        ("oavslutat [1", "oavslutat [1"),
        ("[1](http://exempel.invalid)", "[1] (http://exempel.invalid)"),
        ("[\u200b9] [９] ［9］ [٩]", ""),
        ("Steg [[9]9] [`[9]`9]", "Steg 9] 9]"),
    ],
)
def test_marker_forms_cut_at_every_character(text: str, expected: str) -> None:
    assert shown([text]) == expected
    assert shown(list(text)) == expected
    for cut in range(len(text)):
        assert shown([text[:cut], text[cut:]]) == expected


def test_text_without_markers_is_shown_at_once() -> None:
    stream = MarkerFilter(KNOWN)
    assert stream.feed("Räntan steg") == "Räntan steg"
    assert stream.feed(" igen [1") == " igen"
    assert stream.feed("] i juni") == " [1] i juni"


def test_brackets_without_number_do_not_pile_up() -> None:
    assert len(shown(["[" * 20000])) < 20000


@pytest.mark.parametrize("opening", ["[1† ", "`[[1†", "[1" + ",1" * 300, "[" + "9" * 5000])
def test_a_bracket_that_never_closes_holds_back_no_answer(opening: str) -> None:
    stream = MarkerFilter(KNOWN)
    held = stream.feed(opening)
    held += stream.feed(" Banken höjde räntan till fem procent." * 20)
    assert held.count("Banken höjde räntan till fem procent.") >= 9
    rest = stream.feed(" Det sade hon [2].") + stream.close()
    assert rest.endswith(" Det sade hon [2].")


def test_a_number_of_thousands_of_digits_is_no_marker() -> None:
    assert MARKER_LIKE.search(shown(["Steg [" + "9" * 5000 + "]."])) is None
    assert MARKER_LIKE.search(shown(["Steg [[9" + ",9" * 5000 + "]]."])) is None


PIECES = [
    "[",
    "]",
    "[[",
    "]]",
    "【",
    "】",
    "`",
    "9",
    "1",
    "42",
    " ",
    ",",
    "-",
    "†",
    "^",
    "source",
    "Källa",
    "\n",
    "[9]",
    "[1]",
    "[1, 9]",
    "[2-9]",
    ".",
    "(",
    ")",
    "\u200b",
    "Räntan steg",
    "#",
    ":",
]
MARKER_LIKE = re.compile(r"[\[【［][\s\u200b^#]*(\d[\d\s\u200b,;^–-]*)[\]】］]")


def test_ten_thousand_random_streams_show_no_unknown_marker_and_lose_no_known_one() -> None:
    chance = random.Random(20261122)
    for _ in range(10_000):
        tokens = chance.choices(PIECES, k=chance.randint(0, 20))
        stream = ["Banken [2] höjde räntan ", *tokens, " till 5,5 procent [1][3]. Det ", "sade hon [2]."]
        output = shown(stream)
        assert all(match[0] in {"[1]", "[2]", "[3]"} for match in MARKER_LIKE.finditer(output)), tokens
        assert output.startswith("Banken [2] höjde räntan")
        assert output.endswith(" procent [1][3]. Det sade hon [2]."), tokens


@given(st.text(alphabet="[]【】`19 ,-†^aS\n.(\u200b", max_size=60), st.data())
def test_output_does_not_depend_on_the_chunks(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edges = [0, *cuts, len(text)]
    assert shown([text[a:b] for a, b in pairwise(edges)]) == shown([text])


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    output = shown([text])
    split_draft(output, "sv")


def test_markers_after_the_full_stop_belong_to_the_sentence_before() -> None:
    draft = "Räntan höjdes [1]. Det sade hon. [2][3] Inget mer är känt."
    found = split_draft(draft, "sv")
    assert [(s.text, s.markers) for s in found] == [
        ("Räntan höjdes.", (1,)),
        ("Det sade hon.", (2, 3)),
        ("Inget mer är känt.", ()),
    ]
    assert [draft[s.start : s.end] for s in found] == [
        "Räntan höjdes [1].",
        "Det sade hon. [2][3]",
        "Inget mer är känt.",
    ]


def test_sentences_borrow_the_markers_at_the_end_of_their_paragraph() -> None:
    first, second, third = split_draft("Ett hände. Två hände. [1][2]\nTre hände.", "sv")
    assert (first.markers, first.borrowed) == ((), (1, 2))
    assert second.markers == (1, 2)
    assert (third.markers, third.borrowed) == ((), ())


def test_list_items_headings_and_lead_ins() -> None:
    found = split_draft("## Kort\nDet här hände:\n- **Bron** stängdes [1]\n2. Vägen öppnades.[2]\n", "sv")
    assert [(s.text, s.markers, s.heading) for s in found] == [
        ("Kort", (), True),
        ("Det här hände:", (), True),
        ("Bron stängdes", (1,), False),
        ("Vägen öppnades.", (2,), False),
    ]


ARTICLE = (
    "Hamnen i Björkvik byggs ut. Arbetet kostar 340 miljoner kronor. Det meddelade kommunen den 4 maj.\n\n"
    "Kritiken är hård. ”Vi förlorar stranden”, säger Maja Ek. Bygget väntas ta tre år."
)


def test_evidence_is_a_verbatim_sentence() -> None:
    span = verify_claim("Utbyggnaden av hamnen kostar 340 miljoner kronor.", ARTICLE, claim_language="sv")
    assert ARTICLE[span.start : span.end] == "Arbetet kostar 340 miljoner kronor."


def test_evidence_of_an_empty_text_is_empty() -> None:
    span = verify_claim("Något.", "", claim_language="sv")
    assert (span.start, span.end) == (0, 0)


@settings(deadline=None)  # a name may have dictionaries read
@given(st.text(max_size=120), st.text(max_size=300))
def test_evidence_offsets_are_always_inside(sentence: str, text: str) -> None:
    span = verify_claim(sentence, text, claim_language="de")
    assert 0 <= span.start <= span.end <= len(text)
