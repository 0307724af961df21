"""Page → article text, with every dropped line and the reason why."""

from ingest.article import CleanedPage, Page
from ingest.clean.html import clean_html
from ingest.clean.repair import repair_text
from ingest.clean.text import clean_text
from ingest.clean.unglue import unglue_text

__all__ = [
    "CLEANER_VERSION",
    "LOW_CONFIDENCE",
    "clean_html",
    "clean_page",
    "clean_text",
    "repair_text",
    "unglue_text",
]

# Goes into a corpus' recipe: raise it with every change that changes what is kept.
CLEANER_VERSION = "5"
LOW_CONFIDENCE = 0.5


def clean_page(page: Page) -> CleanedPage:
    """The article text of `page`, from its HTML when it has one, else from its flattened text."""
    return clean_html(page.html) if page.html is not None else clean_text(page.text or "")
