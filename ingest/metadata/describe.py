"""Page and cleaned page → Metadata: what came with the record, else the page's markup, else its lines."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.article import CleanedPage, Metadata, Page
from ingest.metadata.address import date_in_address, domain, read_address
from ingest.metadata.byline import find_author
from ingest.metadata.days import Stated, read_day
from ingest.metadata.estimate import estimate_range
from ingest.metadata.layout import Layout, lay_out
from ingest.metadata.published import find_published
from ingest.metadata.publisher import find_publisher
from ingest.metadata.section import find_section
from ingest.metadata.statements import Statements, read_statements, strip_publisher
from ingest.metadata.title import find_title
from ingest.metadata.visible import visible_layout

FIELDS = ("title", "author", "publisher", "section", "published_at", "updated_at")


def describe_page(page: Page, cleaned: CleanedPage, language: str) -> Metadata:
    """The metadata `page` states, each with its provenance; None wherever it does not say.

    `language` (ISO 639-1) is the language of the article. Never raises, whatever the page holds.
    """
    address = read_address(page.given.get("url"), page.name)
    layout = lay_out(cleaned)
    stated: Mapping[str, Stated | None]
    if page.html is not None:
        markup = read_statements(page.html, address)
        address = read_address(address, markup.address)
        stated = _from_markup(markup, page.html, language)
    else:
        stated = _from_lines(layout, address, language)
    found = {name: value for name, value in stated.items() if value is not None}
    found.update(_given(page.given))
    published = found.get("published_at")
    return Metadata(
        **{name: value for name, (value, _) in found.items()},
        url=address,
        estimate=None if published else estimate_range(layout, language, _text(found.get("updated_at"))),
        provenance={name: provenance for name, (_, provenance) in found.items()},
    )


def _given(given: Mapping[str, str]) -> dict[str, Stated]:
    """What came with the record; days in ISO form, and left out when they cannot be read."""
    found = {name: (given[name].strip(), "given") for name in FIELDS if given.get(name, "").strip()}
    for name in ("published_at", "updated_at"):
        day = read_day([found.pop(name)[0]], "given") if name in found else None
        if day is not None:
            found[name] = day
    return found


def _text(stated: Stated | None) -> str | None:
    return stated[0] if stated else None


def _from_markup(markup: Statements, html: str, language: str) -> dict[str, Stated | None]:
    """The statements of the markup, filled from the text around the first heading."""
    author, published = markup.author, markup.published
    if author is None or published is None:
        layout = visible_layout(html)
        heading = find_heading(layout)
        dates = find_published(layout, heading, language)
        name, day = find_author(layout, heading, _text(markup.publisher), dates.lines), dates.published
        author = author or ((name, "text") if name else None)
        published = published or ((day.isoformat(), "text") if day else None)
    return {
        "title": markup.title,
        "author": author,
        "publisher": markup.publisher,
        "section": markup.section,
        "published_at": published,
        "updated_at": markup.updated,
    }


def find_heading(layout: Layout) -> int | None:
    """Index of the line that `visible_layout` took from the first heading."""
    return next((index for index, kind in enumerate(layout.kinds) if kind == "title"), None)


def _from_lines(layout: Layout, address: str | None, language: str) -> dict[str, Stated | None]:
    title = find_title(layout)
    publisher = find_publisher(layout, title)
    host = domain(address)
    dates = find_published(layout, title, language)
    author = find_author(layout, title, publisher, dates.lines)
    section = find_section(layout, title)
    linked = date_in_address(address)
    published = (dates.published.isoformat(), dates.provenance) if dates.published else None
    names = [name for name in (publisher, host) if name]
    return {
        "title": (strip_publisher(layout.lines[title], names), "text") if title is not None else None,
        "author": (author, "text") if author else None,
        "publisher": (publisher, "text") if publisher else (host, "url") if host else None,
        "section": (section, "text") if section else None,
        "published_at": published or ((linked.isoformat(), "url") if linked else None),
        "updated_at": (dates.updated.isoformat(), "text") if dates.updated else None,
    }
