"""Metadata of pages: what they state, where from, and None where they are silent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import KEPT_KINDS, CleanedPage, Line, LineKind, Page
from ingest.clean import clean_text
from ingest.metadata import describe_page

SV_BODY = (
    "Kommunen i Bergby bygger en ny bro över ån nästa sommar, enligt ett beslut som fattades den 3 mars.",
    "Bron ska bli 120 meter lång och kosta 45 miljoner kronor, säger kommunalrådet Karin Holm.",
    "Arbetet väntas ta två år, och under tiden får bilarna köra en omväg genom skogen.",
)
DE_BODY = (
    "Die Gemeinde Talheim baut im kommenden Sommer eine neue Brücke über den Fluss, teilte das Rathaus mit.",
    "Die Brücke soll 120 Meter lang werden und 45 Millionen Euro kosten, sagte Bürgermeisterin Petra Lang.",
    "Die Arbeiten dauern zwei Jahre, der Verkehr wird solange durch den Wald geleitet.",
)
EN_BODY = (
    "The town of Marlow will build a new bridge across the river next summer, the council decided.",
    "The bridge will be 120 metres long and cost 45 million pounds, mayor Helen Ward said.",
    "Work is expected to take two years, and traffic will be sent through the forest.",
)


def cleaned(*lines: str | tuple[str, LineKind]) -> CleanedPage:
    """A cleaned page of these lines; long ones are body unless a kind is given."""
    built: list[Line] = []
    position = 0
    for item in lines:
        text, kind = item if isinstance(item, tuple) else (item, "body" if len(item) > 60 else "boilerplate")
        reason = None if kind in KEPT_KINDS else "test"
        built.append(Line(text, position, position + len(text), kind, reason))
        position += len(text) + 1
    return CleanedPage("\n\n".join(line.text for line in built if line.reason is None), tuple(built))


def test_text_with_everything() -> None:
    page = cleaned(
        "Nyheter", "Inrikes", "Ny bro byggs över ån i Bergby", "Av Anna Lindqvist",
        "Publicerad 12 april 2024 kl. 09.15",
        *SV_BODY, "Läs mer: Så byggs en bro", "© Bergby Tidning 2026",
    )  # fmt: skip
    found = describe_page(Page("bro.txt", text=""), page, "sv")
    assert found.title == "Ny bro byggs över ån i Bergby"
    assert found.author == "Anna Lindqvist"
    assert found.publisher == "Bergby Tidning"
    assert found.section == "Inrikes"
    assert found.published_at == "2024-04-12"
    assert set(found.provenance.values()) == {"text"}


def test_a_line_that_says_published_is_read_far_above_the_article_and_just_below() -> None:
    links = [f"Topic number {word}" for word in "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"]
    above = cleaned(("Published Jun 05, 2026", "date"), *links, "Marlow to build a new bridge", *EN_BODY)
    below = cleaned("Ny bro byggs över ån i Bergby", *SV_BODY, "Dela", "Publicerad: 2024-08-05 kl. 14:47")
    assert describe_page(Page("a.txt", text=""), above, "en").published_at == "2026-06-05"
    assert describe_page(Page("a.txt", text=""), below, "sv").published_at == "2024-08-05"


def test_silent_text_stays_silent() -> None:
    found = describe_page(Page("a.txt", text=""), cleaned("Ny bro byggs över ån i Bergby", *SV_BODY), "sv")
    assert found.title == "Ny bro byggs över ån i Bergby"
    assert (found.author, found.publisher, found.published_at, found.updated_at) == (None, None, None, None)
    assert found.estimate is None


def test_photo_date_copyright_year_and_event_date_are_not_the_publication() -> None:
    page = cleaned(
        "Brücke über den Fluss wird gebaut",
        ("Die alte Brücke am 4. Februar 2022. Foto: Max Beispiel/Agentur", "caption"),
        *DE_BODY, "© Talheimer Bote 2024",
    )  # fmt: skip
    found = describe_page(Page("a.txt", text=""), page, "de")
    assert found.published_at is None
    assert found.estimate == ("2022-02-04", "2024-12-31")


def test_day_of_the_visit_at_the_head_is_not_the_publication() -> None:
    page = cleaned(
        "May 13, 2025", "Trending News", "Town to build new bridge across the river", "  • February 8, 2024",
        "  • 0",
        *EN_BODY,
    )  # fmt: skip
    found = describe_page(Page("a.txt", text=""), page, "en")
    assert found.published_at == "2024-02-08"
    assert found.title == "Town to build new bridge across the river"
    assert found.section is None


def test_update_is_kept_apart() -> None:
    page = cleaned(
        "Neue Brücke über den Fluss in Talheim", "Veröffentlicht: 8. Februar 2024, 10:30 Uhr",
        "Aktualisiert: 9. Februar 2024, 08:00 Uhr", *DE_BODY,
    )  # fmt: skip
    found = describe_page(Page("a.txt", text=""), page, "de")
    assert (found.published_at, found.updated_at) == ("2024-02-08", "2024-02-09")


def test_dateline() -> None:
    page = cleaned(
        "Neue Brücke über den Fluss in Talheim", "TALHEIM, 8. Februar 2024 – " + DE_BODY[0], *DE_BODY[1:]
    )
    found = describe_page(Page("a.txt", text=""), page, "de")
    assert found.published_at == "2024-02-08"
    assert found.provenance["published_at"] in {"dateline", "text"}


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Von Jörg Beispiel und Eva-Maria Muster, dpa", "Jörg Beispiel, Eva-Maria Muster"),
        ("By Daniel Ashworth For Marlow Post", "Daniel Ashworth"),
        ("Text: Lena Ek Foto: Nils Bo", "Lena Ek"),
        ("(mit Agenturen)", None),
        ("Redaktion", None),
        ("Von dpa", None),
        ("Helen Ward", None),  # the article speaks of her
        ("Digital Subscription", None),
        ("Daniel Ashworth", "Daniel Ashworth"),
        ("Von unserer Reporterin Greta Sommer", "Greta Sommer"),
        ("Skriven av Nils Bo", "Nils Bo"),
        ("Geschrieben von Greta Sommer", "Greta Sommer"),
        ("Reporter: Nils Bo", "Nils Bo"),
        ("Reporter Nils Bo was there", None),
        ("Posted on 3 May by Daniel Ashworth in Transport", "Daniel Ashworth"),
        ("by Daniel Ashworth", "Daniel Ashworth"),
        ("by our correspondent Daniel Ashworth", "Daniel Ashworth"),
    ],
)
def test_byline(line: str, author: str | None) -> None:
    page = cleaned("Town to build new bridge across the river", line, *EN_BODY)
    assert describe_page(Page("a.txt", text=""), page, "en").author == author


def test_a_name_with_its_place_beside_the_date_is_the_author() -> None:
    page = cleaned("Town to build new bridge", "Ottilie Quast, Leeds", "12 April 2024", *EN_BODY)
    assert describe_page(Page("a.txt", text=""), page, "en").author == "Ottilie Quast"
    page = cleaned("Town to build new bridge", "12 April 2024", "", *EN_BODY, "Share", "Leeds Castle, Kent")
    assert describe_page(Page("a.txt", text=""), page, "en").author is None


def test_below_the_teasers_only_a_label_names_the_author() -> None:
    teasers = ("Läs också:", "Så byggs en bro", "Färjan ställs in", "Ny väg i Bergby")
    page = cleaned("Ny bro byggs över ån i Bergby", *SV_BODY, *SV_BODY, *teasers, "Text: Nils Bo", "Dela")
    assert describe_page(Page("a.txt", text=""), page, "sv").author == "Nils Bo"
    page = cleaned("Ny bro byggs över ån i Bergby", *SV_BODY, *SV_BODY, *teasers, "Av Nils Bo", "Dela")
    assert describe_page(Page("a.txt", text=""), page, "sv").author is None


def test_publisher_is_not_an_author() -> None:
    page = cleaned(
        "Town to build new bridge across the river", "Marlow Courier", *EN_BODY, "© Marlow Courier 2024"
    )
    found = describe_page(Page("a.txt", text=""), page, "en")
    assert (found.author, found.publisher) == (None, "Marlow Courier")


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Reporter på Bergby Nytt med fokus på bygg och trafik.", "Bergby Nytt"),
        ("Source: Marlow Courier", "Marlow Courier"),
        ("Source: Reuters", None),
        ("Bergby Nytt publicerar artiklar från många skribenter i hela regionen.", "Bergby Nytt"),
        ("© 2024 Getty Images", None),
    ],
)
def test_publisher_from_text(line: str, publisher: str | None) -> None:
    page = cleaned("Ny bro byggs över ån i Bergby", *SV_BODY, (line, "boilerplate"))
    assert describe_page(Page("a.txt", text=""), page, "sv").publisher == publisher


def test_address_gives_publisher_and_day() -> None:
    page = cleaned("Ny bro byggs över ån i Bergby", *SV_BODY)
    found = describe_page(Page("https://www.bergbynytt.example/2024/02/08/ny-bro", text=""), page, "sv")
    assert (found.publisher, found.published_at) == ("bergbynytt.example", "2024-02-08")
    assert found.provenance["published_at"] == "url"
    assert found.url == "https://www.bergbynytt.example/2024/02/08/ny-bro"


def test_given_wins() -> None:
    page = cleaned("Ny bro byggs över ån i Bergby", "Publicerad 2024-02-08", *SV_BODY)
    given_metadata = {"title": "Bron", "published_at": "2021-01-01T10:00:00Z", "url": "https://x.example/1"}
    found = describe_page(Page("a", text="", given=given_metadata), page, "sv")
    assert (found.title, found.published_at, found.url) == ("Bron", "2021-01-01", "https://x.example/1")
    assert found.provenance["title"] == found.provenance["published_at"] == "given"


HTML = """<html><head><title>New bridge – Marlow Courier</title>
<meta property="og:title" content="Town to build new bridge | Marlow Courier">
<meta property="og:site_name" content="Marlow Courier"><META NAME='author' CONTENT='https://x.example/eva'>
<link rel="canonical" href="https://courier.example/bridge">
<script type="application/ld+json">{"@graph": [{"@type": "VideoObject", "datePublished": "2020-01-01"},
{"@type": ["NewsArticle"], "headline": "New bridge", "datePublished": "2024-02-08T09:00:00+01:00",
"dateModified": "2024-02-09", "articleSection": "Local", "author": [{"name": "Daniel Ashworth"},
{"@type": "Person", "name": "Eva Lind"}, {"name": "Marlow Courier"}]}]}</script></head>
<body><h1>Town to build new bridge</h1><p>Text</p></body></html>"""


def test_html_markup() -> None:
    found = describe_page(Page("bridge.html", html=HTML), CleanedPage(""), "en")
    assert found.title == "Town to build new bridge"
    assert found.author == "Daniel Ashworth, Eva Lind"
    assert found.publisher == "Marlow Courier"
    assert found.section == "Local"
    assert (found.published_at, found.updated_at) == ("2024-02-08", "2024-02-09")
    assert found.provenance["published_at"] == "json-ld"
    assert found.url == "https://courier.example/bridge"


def test_html_without_markup_reads_around_the_heading() -> None:
    html = "<h1>Town to build new bridge</h1><p>By Daniel Ashworth</p><span>Published 8 February 2024</span>"
    found = describe_page(Page("a.html", html=html), CleanedPage(""), "en")
    assert (found.title, found.author, found.published_at) == (
        "Town to build new bridge", "Daniel Ashworth", "2024-02-08")  # fmt: skip
    assert found.provenance["published_at"] == "text"


@pytest.mark.parametrize(
    "junk",
    [
        "<meta ",
        "<h1>",
        "<!--",
        "<",
        '<script type="application/ld+json">',
        '<script type="application/ld+json">{',
        "a ",
    ],
)
def test_broken_markup_is_survived(junk: str) -> None:
    found = describe_page(Page("a.html", html=junk * 100_000), CleanedPage(""), "en")
    assert found.published_at is None


PIECES = (
    "Av Anna Berg", "Publicerad 31 februari 2024", "© Bergby Nytt 2024", "Source: X", "2024-13-99",
    "\ud800", "\x00", "•", "|",
    "Von", "By", "Foto: A B", "12:30 Uhr", "Updated 8 Feb 2024", "İ", "\u2028", "BERLIN, 8. Februar 2024 –",
)  # fmt: skip
KINDS: tuple[LineKind, ...] = ("body", "title", "boilerplate", "caption", "standfirst", "date", "byline")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(PIECES), st.text(min_size=1, max_size=40)), st.sampled_from(KINDS)
        ),
        max_size=15,
    ),
    st.sampled_from(["sv", "de", "en", "und", "xx"]),
)
def test_any_lines_are_survived(lines: list[tuple[str, LineKind]], language: str) -> None:
    found = describe_page(Page("p", text=""), cleaned(*lines), language)
    for day in (found.published_at, found.updated_at):
        assert day is None or len(day) == 10


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from((*PIECES, HTML[:300], "</h1>", "<h1>", "<p ", "</script>")), st.text(max_size=30)
        ),
        max_size=12,
    )
)
def test_any_html_is_survived(pieces: list[str]) -> None:
    describe_page(Page("p", html="".join(pieces)), CleanedPage(""), "en")


def test_a_date_below_the_article_counts_when_it_says_of_the_article_itself() -> None:
    points = (f"Der Stadtrat von Seeheim beriet am Abend über Punkt {n} der langen Tagesordnung." for n in range(20))
    body = "\n\n".join(points)
    below = "Erschienen in der Ausgabe vom 18.05.2023, Seite 9, Lokales"
    other = "Veröffentlicht am 3.4.2022 Neues Bad"
    page = Page("a.txt", text=f"Streit um die Brücke in Seeheim\n\n{body}\n\n{below}\n\n{other}")
    assert describe_page(page, clean_text(page.text or ""), "de").published_at == "2023-05-18"
    twice = Page("a.txt", text=f"{page.text}\n\nErschienen in der Ausgabe vom 1.2.2021")
    assert describe_page(twice, clean_text(twice.text or ""), "de").published_at is None


def test_a_day_written_with_spaces_is_no_item_of_a_list() -> None:
    page = cleaned(
        ("Gemeinde räumt Versäumnisse nach dem Feuer ein", "title"),
        "06. 01. 2026, 14:59 Uhr Lesedauer: 4 Minuten",
        ("Die Gemeinde hat Versäumnisse bei den Kontrollen nach dem Feuer eingeräumt, wie sie mitteilte.", "body"),
    )
    assert describe_page(Page("page.txt", text=""), page, "de").published_at == "2026-01-06"


def test_an_update_glued_to_the_day_before_it_is_still_an_update() -> None:
    page = cleaned(
        ("Council closes the old bridge for a year", "title"),
        "12:43, 20 Apr 2026Updated 12:44, 22 Apr 2026",
        ("The council will close the old bridge for a year, it said after a vote on the repairs.", "body"),
    )
    found = describe_page(Page("page.txt", text=""), page, "en")
    assert (found.published_at, found.updated_at) == ("2026-04-20", "2026-04-22")


def test_the_day_of_a_clip_with_its_length_is_not_the_publication() -> None:
    page = cleaned(
        ("Kommunen fordern mehr Geld für Schulen", "title"),
        ("Die Kommunen fordern vom Land mehr Geld für den Bau von Schulen und Turnhallen.", "body"),
        "Turnhalle gesperrt",
        "26.10.2025 | 2:43 min",
        ("Der Städtetag sprach von einer Lücke, die ohne das Land nicht zu schließen sei.", "body"),
    )
    assert describe_page(Page("page.txt", text=""), page, "de").published_at is None


@pytest.mark.parametrize(
    ("teaser", "language", "lines"),
    [
        ("Pictures: Easter Monday 2024", "en", EN_BODY),
        ("Bilder vom Ostermontag 2024", "de", DE_BODY),
        ("Bilder: Påskdagen 2024", "sv", SV_BODY),
    ],
)
def test_a_named_day_with_a_year_is_no_publication(teaser: str, language: str, lines: tuple[str, ...]) -> None:
    page = cleaned("A new bridge across the river", *lines, "More from the valley", teaser)
    assert describe_page(Page("bridge.txt", text=""), page, language).published_at is None


@pytest.mark.parametrize(
    ("line", "language", "lines"),
    [
        ("Fr., 12. Apr. 2024", "de", DE_BODY),
        ("Fre 12 april 2024", "sv", SV_BODY),
        ("Fri, 12 Apr 2024", "en", EN_BODY),
    ],
)
def test_a_short_weekday_leaves_a_line_of_nothing_but_a_date(
    line: str, language: str, lines: tuple[str, ...]
) -> None:
    page = cleaned("Talheimer Bote", line, "Region Sport Kultur", "Eine neue Brücke über den Fluss", *lines)
    assert describe_page(Page("bridge.txt", text=""), page, language).published_at == "2024-04-12"


@pytest.mark.parametrize(
    ("above", "title", "language", "lines"),
    [
        ("Bron i Bergby | Bygger nu: kostar 1 kr/km | Spel", "Bron i Bergby: så lång ska den bli", "sv", SV_BODY),
        (
            "Wir und 97 weitere Dienste nutzen auf diesen Seiten Ihre personenbezogenen Daten [Zustimmen]",
            "Eine Brücke für Talheim",
            "de",
            DE_BODY,
        ),
        (
            "We and our 61 vendors store and use personal data on this device [Agree] [Options]",
            "Marlow gets its crossing",
            "en",
            EN_BODY,
        ),
    ],
)
def test_no_title_is_taken_from_a_menu_or_a_consent_banner(
    above: str, title: str, language: str, lines: tuple[str, ...]
) -> None:
    page = cleaned("Bergby", "Start > Lokalt", (above, "title" if "|" in above else "boilerplate"), title, *lines)
    assert describe_page(Page("bridge.txt", text=""), page, language).title == title


def test_a_headline_about_private_data_stays_one() -> None:
    lines = (
        "The council sold personal data of 4,000 pupils to a maker of school books, the ombudsman found.",
        "We never agreed to that, said a mother whose children are among the pupils in the files.",
        "The council said that the data was sold by mistake and that the books were never printed.",
    )
    title = "We never agreed: council sold personal data of pupils"
    found = describe_page(Page("data.txt", text=""), cleaned("News", title, *lines), "en")
    assert found.title == title


@pytest.mark.parametrize(
    ("head", "foot", "publisher"),
    [
        (("Fjällbygdens Tidning", "Nyheter Sport Familj"), "", "Fjällbygdens Tidning"),
        (("NORRVIKSKURIREN", "Sök"), "Norrvikskuriren i sociala medier", "Norrvikskuriren"),
        (("Hoppa till innehållet", "Meny", "Sjöbyns Allehanda", "Start › Lokalt"), "", "Sjöbyns Allehanda"),
        (("Skogsbruksnytt", "Marknad Teknik Virke"), "", "Skogsbruksnytt"),
        (("Dalabiten – sajten för alla i dalen", "Hem Kontakt"), "", "Dalabiten"),
        (("Radio Ekevik", "Lyssna live Tablå"), "Tipsa oss: nyheter@ekevik.example", "Radio Ekevik"),
        (("Brandtaler Volksblatt", "Dienstag", "Lokales Sport"), "", "Brandtaler Volksblatt"),
        (("MENÜ", "Wiesen-Rundschau", "Abo testen"), "", "Wiesen-Rundschau"),
        (("Der Hafenbote | Zeitung für den Norden",), "", "Der Hafenbote"),
        (("Wetterthaler Landbote Anmelden Shop",), "", "Wetterthaler Landbote"),
        (("Talblick - Das Magazin für Talheim und Umgebung", "Home | Termine"), "", "Talblick"),
        (("THE WEXCOMBE CHRONICLE", "News Sport Property"), "", "THE WEXCOMBE CHRONICLE"),
        (("Dales Farming Weekly", "Home Livestock"), "", "Dales Farming Weekly"),
        (("Northern Rail Review", "Jobs | Events"), "Write to us: desk@nrr.example", "Northern Rail Review"),
        (("valleywatch.example - news from the valley", "Scores Fixtures"), "", "valleywatch.example"),
        (("Harrow Watch", "Home | Adverts"), "© 2024 Harrow Watch. All rights reserved.", "Harrow Watch"),
    ],
)  # fmt: skip
def test_publisher_at_the_head_of_the_page(head: tuple[str, ...], foot: str, publisher: str) -> None:
    page = cleaned(*head, "Town to build new bridge across the river", *EN_BODY, foot or "Share")
    assert describe_page(Page("a.txt", text=""), page, "en").publisher == publisher


@pytest.mark.parametrize(
    "head",
    [
        ("Latest News",), ("World News", "UK News"), ("Film Review",), ("Previous Post",), ("Weekly",), ("Sport",),
        ("Senaste nytt",), ("Dagens tidning",), ("E-tidning",), ("Lokala nyheter",), ("Allt om Bergby",),
        ("Digitale Zeitung",), ("Unsere Zeitung",), ("Amtsblatt",), ("Aktuelle Nachrichten",), ("Merkblatt",),
        ("Talheimer Anzeiger", "Nordtaler Kurier"), ("Radio Ekevik", "Radio Bergby"), ("Bergby",), ("Karin Holm",),
        ("Skip to content", "Follow us on Instagram"), ("Ferry Post", "NRK Radio", "NRK TV"),
    ],
)  # fmt: skip
def test_what_a_page_offers_is_not_its_publisher(head: tuple[str, ...]) -> None:
    page = cleaned(*head, "Town to build new bridge across the river", *EN_BODY, "Share")
    assert describe_page(Page("a.txt", text=""), page, "en").publisher is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2024 Marlow Media Ltd. All rights reserved.", "Marlow Media"),
        ("Copyright The Marlow Courier Limited 2024.", "The Marlow Courier"),
        ("© Bergby Tidning AB 2024", "Bergby Tidning"),
        ("© 2024 Talheimer Bote GmbH & Co. KG. Alle Rechte vorbehalten", "Talheimer Bote"),
        ("© 2024 Marlow Courier. All Rights Reserved", "Marlow Courier"),
    ],
)
def test_legal_form_and_reservation_are_no_part_of_the_name(line: str, publisher: str) -> None:
    page = cleaned("Town to build new bridge across the river", *EN_BODY, line)
    assert describe_page(Page("a.txt", text=""), page, "en").publisher == publisher
