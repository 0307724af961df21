"""The line cleaner: what it keeps, what it drops and why, and that nothing can break it."""

from __future__ import annotations

import json
from importlib.resources import files
from textwrap import fill

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import KEPT_KINDS, CleanedPage, Page
from ingest.clean import clean_html, clean_page, clean_text, repair_text, unglue_text
from ingest.clean.bulk import MANY_LINES
from ingest.clean.captions import is_credit, strip_credit
from ingest.clean.duplicates import repeated_runs
from ingest.clean.features import column, line_features
from ingest.clean.html import flatten_html
from ingest.clean.lines import split_lines
from ingest.clean.model import decode_lines, load_weights
from ingest.clean.repair import repair_lines
from ingest.clean.sequence import FEATURES, SECOND
from ingest.clean.signs import INNER_STOP, JOINED, SCHEME, SEPARATOR, STOP, count_signs
from ingest.clean.words import numbers_of, tell_words
from ingest.clean.wrapped import paragraphs_of

BODY = [
    "Kommunen i Sjövik vill bygga en ny bro över Lillån, meddelade kommunalrådet Karin Ek på tisdagen.",
    "Den gamla bron från 1950-talet har stängts två gånger under våren efter att sprickor upptäckts.",
    "Enligt beräkningarna kostar den nya bron 48 miljoner kronor, och arbetet väntas ta ungefär två år.",
    "Oppositionen är kritisk till kostnaden men säger att säkerheten för bilister och gående måste gå först.",
]
MESSY = "\n\n".join(
    [
        "Meny",
        "Lokalt",
        "Sjövik planerar en ny bro över Lillån",
        "Karin Bergman",
        "Dela artikeln",
        BODY[0],
        "Den gamla bron i Sjövik sedd från norr. Foto: Nils Ask/Sjöviksbladet",
        BODY[1],
        "Annons",
        BODY[2],
        "Läs mer: Så röstade partierna om bron",
        BODY[3],
        "Vi använder cookies för att du ska få en bättre upplevelse. Läs vår integritetspolicy.",
        "Skriv en kommentar",
        "© Sjöviksbladet 2023",
    ]
)


def kinds(page: CleanedPage) -> dict[str, str]:
    return {line.text.strip(): line.kind for line in page.lines}


def rebuilt(text: str) -> list[str]:
    return [line for line in text.replace("\r", "\n").split("\n") if line.strip()]


def test_messy_page_keeps_the_body_and_nothing_else() -> None:
    assert clean_text(MESSY).text == "\n\n".join(BODY)


def test_every_dropped_line_has_a_kind_and_a_reason() -> None:
    page = clean_text(MESSY)
    assert all(line.reason and line.kind not in KEPT_KINDS for line in page.dropped)
    found = kinds(page)
    assert found["Sjövik planerar en ny bro över Lillån"] == "title"
    assert found["Karin Bergman"] == "byline"
    assert found["Lokalt"] == "section"
    assert found["© Sjöviksbladet 2023"] == "publisher"
    assert found["Läs mer: Så röstade partierna om bron"] == "boilerplate"


def test_caption_is_kept_apart_without_its_credit() -> None:
    assert clean_text(MESSY).captions == ("Den gamla bron i Sjövik sedd från norr.",)


def test_second_rendering_of_the_page_is_dropped() -> None:
    page = clean_text(MESSY + "\n\n" + MESSY)
    assert page.text == "\n\n".join(BODY)
    assert sum(line.kind == "duplicate" for line in page.lines) >= len(BODY)


def test_line_per_paragraph_layout() -> None:
    assert clean_text(MESSY.replace("\n\n", "\n")).text == "\n\n".join(BODY)


def test_teaser_cut_short_is_dropped() -> None:
    page = clean_text("\n\n".join(["Sjövik planerar en ny bro över Lillån", BODY[0][:60] + "…", *BODY]))
    assert page.text == "\n\n".join(BODY)


def test_standfirst_above_the_headline_stays() -> None:
    lead = "Kommunen i Sjövik vill ersätta den gamla bron över Lillån, och kostnaden blir 48 miljoner kronor."
    above = [lead, "Sjövik planerar en ny bro över Lillån", "Av Karin Bergman", "Publicerad 3 maj 2023", "Dela"]
    page = clean_text("\n".join([*above, *BODY, "Skriv en kommentar", "© Sjöviksbladet 2023"]))
    assert page.text == "\n\n".join([lead, *BODY])
    assert page.lines[0].kind == "standfirst"


def test_a_subheading_below_the_first_paragraph_of_clean_text_stays() -> None:
    lines = [BODY[0], "Sprickor i den gamla bron upptäckta", *BODY[1:]]
    assert clean_text("\n".join(lines)).dropped == ()


def test_one_word_subheading_stays() -> None:
    page = clean_text("\n\n".join([*BODY[:2], "Kostnaden", *BODY[2:]]))
    assert "Kostnaden" in page.text.split("\n\n")


@pytest.mark.parametrize(
    "notice",
    [
        "Wir nutzen Cookies, damit du unsere Seite besser verwenden kannst. Deaktiviere deinen Adblocker.",
        "Do you want more stories like this? Sign up for our newsletter and we will send you the best.",
        "Sjöviksbladet är en oberoende lokaltidning som grundades 1921 och har sin redaktion i Sjövik.",
        "Siehe auch Neue Brücke über den Fluss geplant",
        "Read more: Why the bridge had to close",
        "Leave a Reply",
    ],
)
def test_notices_after_the_body_are_dropped(notice: str) -> None:
    page = clean_text("\n\n".join(["Sjövik planerar en ny bro över Lillån", *BODY, notice, "© Sjöviksbladet 2023"]))
    assert page.text == "\n\n".join(BODY)


@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_clean_text_stays_as_it_is(joint: str) -> None:
    page = clean_text(joint.join(BODY))
    assert page.text == "\n\n".join(BODY)
    assert page.dropped == ()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_short_articles_stay(count: int) -> None:
    assert clean_text("\n".join(BODY[:count])).text == "\n\n".join(BODY[:count])


@pytest.mark.parametrize("heading", ["Kostnaden", "Så vill kommunen betala bron", "”Det är bråttom”"])
@pytest.mark.parametrize("place", [2, 3])
def test_heading_in_clean_text_is_not_taken_for_the_headline(heading: str, place: int) -> None:
    lines = [*BODY[:place], heading, *BODY[place:]]
    assert clean_text("\n".join(lines)).text == "\n\n".join(lines)


def test_a_subheading_that_opens_an_excerpt_stays() -> None:
    lines = ["Sprickor i den gamla bron", *BODY]
    assert clean_text("\n\n".join(lines)).dropped == ()


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Lokförare",
            "Som lokförare kör du persontåg eller godståg och ansvarar för att resan blir säker.",
            "Utbildning",
            "Utbildningen tar ungefär ett år och finns på flera yrkeshögskolor i landet.",
        ),
        (
            "Kein Geld für Busse im Kreis",
            "Der Kreis will deshalb erst im übernächsten Jahr entscheiden, ob weitere Linien fahren.",
            "„Wir müssen sparen, aber nicht an den Schülern“, sagte Landrätin Ulrike Sommer am Abend.",
            "Nach ihren Worten fehlen im laufenden Haushalt knapp vier Millionen Euro.",
            "Im Herbst soll der Ausschuss einen neuen Fahrplan für den ländlichen Raum vorlegen.",
        ),
    ],
)
def test_the_headings_of_a_clean_excerpt_stay(lines: tuple[str, ...]) -> None:
    assert clean_text("\n\n".join(lines)).dropped == ()


def test_a_row_of_short_lines_heads_no_paragraph() -> None:
    page = clean_text("\n".join(["Inrikes", "Sport", "Kultur", "Väder", "Mitt konto", *BODY]))
    assert page.text == "\n\n".join(BODY)


def test_clean_text_loses_unmistakable_lines_only() -> None:
    pointer = "Läs mer: Så röstade partierna om bron"
    page = clean_text("\n\n".join([*BODY[:2], pointer, *BODY[2:], BODY[0]]))
    assert page.text == "\n\n".join(BODY)
    assert [line.kind for line in page.dropped] == ["boilerplate", "duplicate"]


@pytest.mark.parametrize("text", ["Annons", "Meny\nSök\nLogga in", "x", "•", "?!"])
def test_hopeless_pages_keep_something_and_say_so(text: str) -> None:
    page = clean_text(text)
    assert page.text
    assert page.confidence < 0.5


@pytest.mark.parametrize("text", ["", "\n \n", "\r\n\t"])
def test_empty_page_is_empty(text: str) -> None:
    assert clean_text(text).lines == ()


def test_offsets_point_into_the_page() -> None:
    text = "Meny\r\n\r\n" + "\r".join(BODY) + "\n  • Punkt"
    page = clean_text(text)
    assert [line.text for line in page.lines] == rebuilt(text)
    assert all(text[line.start : line.end] == line.text for line in page.lines)


def test_html_goes_through_the_same_cleaning() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY)
    figure = "<figure><figcaption>Bron från norr i kvällsljus. Foto: Nils Ask</figcaption></figure>"
    html = (
        "<html><head><title>Ny bro</title></head><body><nav><ul><li>Meny</li></ul></nav><article>"
        f"<h1>Sjövik planerar en ny bro</h1>{figure}{paragraphs}</article>"
        "<footer>© Sjöviksbladet</footer></body></html>"
    )
    page = clean_page(Page("bro.html", html=html))
    assert all(line in page.text for line in BODY)
    assert "Meny" not in page.text and "©" not in page.text
    assert page.captions == ("Bron från norr i kvällsljus.",)


def test_flattened_html_holds_what_is_seen_and_all_of_it() -> None:
    html = (
        "<html><head><title>Fliken</title></head><body>Bron <!-- x -->byggs<noscript>slå <b>på</b></noscript>"
        "<p>i <svg><title>pil</title></svg>Sjövik</p><template><p>mall</p></template>i år</body></html>"
    )
    assert flatten_html(html) == "Bron byggs\ni Sjövik\ni år"


def test_html_without_an_article_falls_back_to_its_text() -> None:
    assert "Kort besked" in clean_html("<html><body><div>Kort besked</div></body></html>").text


@pytest.mark.parametrize(
    ("broken", "mended", "repair"),
    [
        ("fÃ¶r bron", "för bron", "garbled encoding mended"),
        ("PaweÅ‚ sade ja", "Paweł sade ja", "garbled encoding mended"),
        ("bron â€“ och ån", "bron – och ån", "garbled encoding mended"),
        ("den\u00a0gamla\u202fbron", "den gamla bron", "spaces evened"),
        ("bro\u00adfästet", "brofästet", "soft hyphens removed"),
        ("bro\u200bn", "bron", "invisible characters removed"),
        ("bron \u202eoch\u202c ån", "bron och ån", "direction marks removed"),
        ("bro\x00n", "bron", "control characters removed"),
        ("cirka 2,500 XNUMX bilar", "cirka 2,500 bilar", "number placeholder removed"),
        ("um um die Brücke zu bauen", "um die Brücke zu bauen", "stuttered word removed"),
        ("cafe\u0301et", "caféet", "characters composed"),
    ],
)
def test_repairs_are_named(broken: str, mended: str, repair: str) -> None:
    assert repair_text(broken) == (mended, (repair,))


@pytest.mark.parametrize("text", ["die die Brücke bauten", "he said that that was it", "”Bron”, sade hon."])
def test_good_text_is_not_repaired(text: str) -> None:
    assert repair_text(text) == (text, ())


def test_glued_words_are_split_for_the_index() -> None:
    assert unglue_text("The town of SjövikIn spring is quiet. Sjövik is small.") == (
        "The town of Sjövik In spring is quiet. Sjövik is small."
    )
    assert unglue_text("Karin Bergmanand Nils Ask met. Bergman spoke.") == (
        "Karin Bergman and Nils Ask met. Bergman spoke."
    )


def test_ordinary_words_are_not_split() -> None:
    text = "The understanding band found thousand islands; Kinder und Hunde; händer och länder, LinkedIn."
    assert unglue_text(text) == text


def test_credits_and_captions() -> None:
    assert is_credit("Photo: Example Archive")
    assert not is_credit("Bron från norr i kvällsljus. Foto: Nils Ask")
    assert strip_credit("Die Brücke bei Nacht und Nebel. © dpa") == "Die Brücke bei Nacht und Nebel."
    assert strip_credit("Ingen bildtext saknas här alls.") == "Ingen bildtext saknas här alls."


def test_runs_seen_before_are_found() -> None:
    assert repeated_runs(["a", "b", "c", "x", "a", "b", "c"]) == {4, 5, 6}
    assert repeated_runs(["a", "b", "x", "a", "b"]) == set()


def test_weights_fit_the_features() -> None:
    shipped = json.loads((files("ingest.clean") / "weights.json").read_text(encoding="utf-8"))
    assert tuple(shipped["features"]) == FEATURES + SECOND


def test_both_looks_scale_the_features_alike() -> None:
    first, second = load_weights().first, load_weights().second
    own = len(first.mean)
    assert (second.mean[:own] == first.mean).all() and (second.scale[:own] == first.scale).all()


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Bron stängs den 3 maj", True),
        ("The bridge shuts on the 31st of May", True),
        ("Updated Sept. 4, 2024", True),
        ("Stängt 2024-05-03 och framåt", True),
        ("Bron kostar 48 miljoner i maj", False),
        ("Die 3 Maiglocken am Ufer", False),
        ("Nummer 120 Mai", False),
        ("Der Bau des 120000 Tonnen schweren Damms", False),
    ],
)
def test_a_date_is_a_number_beside_a_month(line: str, dated: bool) -> None:
    features = line_features(split_lines(line), (), ())
    assert bool(column(features, "date")[0]) is dated


def test_staying_is_likelier_than_a_lone_change() -> None:
    import numpy as np

    weights = load_weights()
    assert decode_lines(np.array([3.0, -0.2, 3.0]), weights) == [True, True, True]
    assert decode_lines(np.array([3.0, -5.0, 3.0]), weights) == [True, False, True]


def test_a_page_of_very_many_lines_takes_the_cheap_way() -> None:
    text = "\n".join([*BODY, *(f"rad {n}" for n in range(MANY_LINES))])
    page = clean_text(text)
    assert page.text == "\n\n".join(BODY)
    assert len(page.lines) == len(BODY) + MANY_LINES


def test_a_giant_line_keeps_its_words_and_loses_its_odd_spaces() -> None:
    text = "för\u00a0bron " * 200_000
    assert repair_text(text) == (text.replace("\u00a0", " "), ("spaces evened",))


def test_signs_are_counted_line_by_line() -> None:
    signs = count_signs(["", "Karin Ek, 48 år.", "a|b", "bron.se är öppen", "kl. 10:30: http://bron.se"])
    assert signs.initial.tolist() == [0, 2, 0, 0, 0]
    assert signs.digits.tolist() == [0, 2, 0, 0, 4]
    assert signs.commas.tolist() == [0, 1, 0, 0, 0]
    assert signs.has(SEPARATOR).tolist() == [False, False, True, False, True]
    assert signs.has(STOP).tolist() == [False, False, False, True, True]
    assert signs.has(INNER_STOP).tolist() == [False, False, False, True, True]
    assert signs.has(JOINED).tolist() == [False, False, False, False, True]
    assert signs.has(SCHEME).tolist() == [False, False, False, False, True]
    assert signs.opens("upper").tolist() == [False, True, False, False, False]
    assert signs.closes().tolist() == [False, True, False, False, False]


def test_words_are_told_by_numbers() -> None:
    words = tell_words(count_signs(["Bron, bron och ÅN", "", "Ån var  stängd."]))
    assert words.counts.tolist() == [4, 0, 3]
    assert len(words.vocabulary) == 5
    assert words.per_line(words.among(numbers_of(["ån", "stängd"]))).tolist() == [1, 0, 2]
    assert words.opening(numbers_of(["bron", "stängd"])).tolist() == [True, False, False]
    assert sorted(words.lengths.tolist()) == [2, 3, 3, 4, 6]


def test_lines_are_repaired_one_by_one() -> None:
    lines = ["Bron\u00a0i Sjövik", "KÃ¶ping och och Ã…storp", "Priset på på bron steg."]
    mended, made = repair_lines(lines)
    assert mended == ["Bron i Sjövik", "Köping och Åstorp", "Priset på bron steg."]
    assert made == ("spaces evened", "garbled encoding mended", "stuttered word removed")
    assert [repair_text(line)[0] for line in lines] == mended


def test_ordinary_letters_and_quotes_side_by_side_are_no_garble() -> None:
    text = "Größe und Süße, »über„ – “Är det så?”…"
    assert repair_text(text) == (text, ())


def test_a_lead_without_full_stop_stays_in_a_short_opening() -> None:
    lines = ["Sjövik planerar en ny bro över Lillån", BODY[0], BODY[1]]
    assert clean_text("\n".join(lines)).dropped == ()


def test_one_giant_line() -> None:
    page = clean_text("bro " * 500_000)
    assert len(page.lines) == 1 and page.text


_SIGNS = st.sampled_from(
    ["\n", "\r", "\r\n", "\u2028", "\x85", "\x00", "\ud800", "\u202e", "\u200b", "\u00a0", "•", "©", "„", "»",
     "Foto: ", "Läs mer: ", "cookies du vi ", "a" * 300, "Hon sade att bron ska byggas i år. ", "(", "|"]
)  # fmt: skip


@settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_SIGNS, st.text(max_size=20)), max_size=60).map("".join))
def test_nothing_breaks_it(text: str) -> None:
    page = clean_text(text)
    assert [line.text for line in page.lines] == rebuilt(text)
    assert all(text[line.start : line.end] == line.text for line in page.lines)
    assert all((line.reason is None) == (line.kind in KEPT_KINDS) for line in page.lines)
    assert 0.0 <= page.confidence <= 1.0
    repair_text(text)
    unglue_text(text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(_SIGNS, st.sampled_from(["<p>", "</p>", "<", "&amp;", "<!--"])), max_size=30))
def test_no_html_breaks_it(parts: list[str]) -> None:
    clean_html("".join(parts))


WRAPPED = """Kommunen i Sjövik vill bygga en ny bro över Lillån, meddelade
kommunalrådet Karin Ek på tisdagen. Den gamla bron från
1950-talet har stängts två gånger under våren.

Enligt beräkningarna kostar den nya bron 48 miljoner kronor, och
arbetet väntas ta ungefär två år. Oppositionen är kritisk till
kostnaden men säger att säkerheten måste gå först."""


@pytest.mark.parametrize("text", [WRAPPED, WRAPPED.replace("\n\n", "\n")])
def test_wrapped_text_is_kept_and_joined_again(text: str) -> None:
    page = clean_text(text)
    assert page.dropped == ()
    assert [line.text for line in page.lines] == rebuilt(text)
    assert page.text.split() == text.split()
    assert page.text.count("\n\n") == 1 and "\n" not in page.text.replace("\n\n", "")


def test_wrapped_text_of_short_paragraphs_without_gaps_is_joined() -> None:
    long = fill(" ".join(BODY[:3]), 72).split("\n")
    lines = [*long, "– Ja.", "– Nej, säger Ek.", "– Kanske nästa år.", *long, "– Så är det."]
    lines += ["– Vem betalar?", "– Kommunen.", "– Alla?", "– Nej.", "– Då så.", "– Tack."]
    pieces = paragraphs_of(split_lines("\n".join(lines)))
    assert [len(piece) for piece in pieces] == [len(long), 1, 1, 1, len(long), *[1] * 7]


def test_short_lines_that_are_no_wrapped_text_stay_lines() -> None:
    lines = ["Bron", "Så röstade partierna om den nya bron över Lillån i Sjövik", "Sport", "Kultur och nöje i Sjövik"]
    assert paragraphs_of(split_lines("\n".join(lines))) == [range(n, n + 1) for n in range(4)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Wer den Wolf gesehen hat, soll sich beim Forstamt unter der Nummer 0651 / 98 76 54 melden. Das "
        "Amt sammelt Hinweise noch bis Ende des Monats und zahlt für jedes gerissene Schaf 180 Euro.",
        "Vittnen till olyckan kan ringa polisen i Sjövik på 0480 / 12 34 56. Föraren fördes till "
        "sjukhus med lindriga skador, och vägen var avstängd i tre timmar.",
    ],
)
def test_the_stroke_of_a_telephone_number_is_no_separator_of_a_menu(paragraph: str) -> None:
    features = line_features(split_lines(f"{paragraph}\nSport / Kultur / Politik"), set(), set())
    assert column(features, "separators").tolist() == [0.0, 0.5]


EN_PAGE = [
    "The council of Marlow will build a new bridge across the river next summer, it decided on Tuesday night.",
    "The old bridge was closed twice this spring after engineers found cracks in two of its seven piers.",
    "The bridge will be 120 metres long and cost 45 million pounds, mayor Helen Ward told the meeting.",
    "Work is expected to take two years, and until then traffic will be sent through the forest by Hale.",
]


@pytest.mark.parametrize(
    "block",
    [
        ("3 thoughts on “Marlow to build a new bridge”", "ferrygirl says: The ferry was fine, bring it back!"),
        ("Comments (2)", "Old Salt: They said the same of the last bridge in 1974.", "Jo_B: The mayor lies."),
        ("Kommentare (41)", "Brückenfan: Der Neubau kostet das Doppelte.", "Uwe K., 3.5., 10:12: Nie im Leben!"),
        ("Kommentarer", "Lillån56: Bron behövs inte, ta båten.", "Karin E.: De har fel om sprickorna."),
    ],
)  # fmt: skip
def test_what_readers_say_below_the_article_is_no_reporting(block: tuple[str, ...]) -> None:
    page = clean_text("\n\n".join(["Marlow to build a new bridge", "Share", *EN_PAGE, *block]))
    assert page.text == "\n\n".join(EN_PAGE)
    assert "a reader's comment" in {line.reason for line in page.lines}


def test_an_interview_below_a_button_for_comments_stays() -> None:
    talk = ["Courier: Mrs Ward, why build a bridge that only four hundred cars will cross on a working day?",
            "Ward: Because two of the seven piers of the old one are cracked, and the school bus crosses it too.",
            "Courier: The engineers spoke of repairs for nine million pounds when they came in the spring.",
            "Ward: Repairs would hold for ten years at most, and then the town would have to pay again."]  # fmt: skip
    page = clean_text("\n\n".join(["“The bus crosses it too”", "12 Comments", *talk]))
    assert page.text.endswith("\n\n".join(talk))


@pytest.mark.parametrize(
    "line",
    [
        "Article continues below",
        "Artikeln fortsätter under annonsen",
        "Annons: Byt till vinterdäck nu!",
        "Kleinanzeige: Fahrrad, kaum gefahren, 80 Euro",
        "Werbung – Ihr Küchenstudio am Markt",
        "Jetzt anmelden und keine Folge verpassen!",
        "You have 3 free articles left this week",
        "Sie haben noch 2 kostenlose Artikel übrig.",
        "READERS' POLL: Does Marlow need a bridge at all? Vote now!",
        "++ Mehr aus Marlow: Fähre fährt wieder ++ Kirchturm wird gestrichen ++",
    ],
)
def test_calls_and_adverts_between_paragraphs_go(line: str) -> None:
    page = clean_text("\n\n".join(["Marlow to build a new bridge", "Share", *EN_PAGE[:2], line, *EN_PAGE[2:]]))
    assert page.text == "\n\n".join(EN_PAGE)


def test_the_box_about_the_author_goes_with_its_heading() -> None:
    box = ["ABOUT THE AUTHOR", "Ottilie Quast, born in Leeds in 1984, heads the desk for towns and rivers."]
    page = clean_text("\n\n".join(["Marlow to build a new bridge", "Share", *EN_PAGE, *box]))
    assert page.text == "\n\n".join(EN_PAGE)


@pytest.mark.parametrize(
    "line",
    [
        "Poll: two in three of the town's people want the bridge, a survey of the Courier found in May.",
        "Anzeige erstattete der Bürgermeister gegen den Bauunternehmer, der die Risse verschwiegen haben soll.",
        "Jetzt müssen wir die Brücke schnell sperren lassen, sagte der Bürgermeister am Abend den Räten!",
        "The museum gives away free articles left behind by visitors, from umbrellas to a wooden leg.",
    ],
)
def test_sentences_that_resemble_calls_stay(line: str) -> None:
    page = clean_text("\n\n".join(["Marlow to build a new bridge", "Share", *EN_PAGE[:2], line, *EN_PAGE[2:]]))
    assert line in page.text
