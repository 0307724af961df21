"""HTML → article text, by trafilatura, then the same cleaning as flattened text gets."""

from __future__ import annotations

import re

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from ingest.article import CleanedPage
from ingest.clean.captions import strip_credit
from ingest.clean.text import clean_text

_BLOCKS = frozenset(
    "address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody td tfoot th "
    "thead tr ul".split()
)
_UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "head", "iframe"])
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CAPTIONS = 20  # a page with more is a gallery, and its pictures do not explain the text
_LARGEST = 5_000_000  # characters: beyond it only the beginning is parsed; trafilatura takes 40 ms per 100 kB


def clean_html(html: str) -> CleanedPage:
    """The article in an HTML page; line offsets count in the text taken from it, not in the HTML."""
    html = _ENCODING.sub("", _INVALID.sub(" ", html[:_LARGEST]))
    if not html.strip():
        return CleanedPage("")
    text = trafilatura.extract(html, favor_precision=True, include_comments=False)
    tree = _parse(html)
    if not text:
        return clean_text(_flatten(tree) if tree is not None else html)
    page = clean_text(text)
    return CleanedPage(page.text, page.lines, page.captions or _captions(tree), page.repairs, page.confidence)


def flatten_html(html: str) -> str:
    """All visible text of an HTML page, one line a block; nothing when it cannot be parsed."""
    tree = _parse(html)
    return _flatten(tree) if tree is not None else ""


def _parse(html: str) -> lxml_html.HtmlElement | None:
    # Tags left open nest: without `huge_tree` what lies deeper than 256 elements is lost, with it than 2,048. Comments
    # are left out because a walk that stops at them takes lxml quadratic time, 200 s for half a million.
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(html, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _captions(tree: lxml_html.HtmlElement | None) -> tuple[str, ...]:
    """Texts of the figure captions inside the article element, credits removed."""
    if tree is None:
        return ()
    found = (strip_credit(" ".join(node.text_content().split())) for node in tree.iterfind(".//article//figcaption"))
    return tuple(dict.fromkeys(filter(None, found)))[:_CAPTIONS]


def _flatten(tree: lxml_html.HtmlElement) -> str:
    """All visible text, one line a block."""
    lines: list[str] = []
    current: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        block = node.tag in _BLOCKS
        if block and (text := " ".join("".join(current).split())):
            lines.append(text)
        if block:
            current.clear()
        if event == "start" and node.tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            current.append(node.text or "")
        else:
            current.append(node.tail or "")
    lines.append(" ".join("".join(current).split()))
    return "\n".join(filter(None, lines))
