"""Articles to passages: whole sentences up to a token budget, with exact character offsets.

LlamaIndex' SentenceSplitter does the splitting; this module gives it our sentence borders and the
embedder's token counts, and cuts what no splitter can (words of 10,000 characters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.article import Article, Passage
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from llama_index.core.node_parser import SentenceSplitter

# Also of how passages are indexed: since -2 by words in a form that languages share.
SPLITTER_VERSION = "sentences-256-2"
# A passage of about 180 words holds one thought of a news text and leaves room for its header in 512 tokens.
PASSAGE_TOKENS = 256
# The splitter works on windows of this many characters, so that its cost stays linear in the text.
WINDOW_CHARS = 20_000
LONGEST_WORD = 400
LONGEST_TITLE = 200
LONGEST_CAPTION = 800

TokenCounter = Callable[[str], int]


def split_article(article: Article, count_tokens: TokenCounter, max_tokens: int) -> tuple[Passage, ...]:
    """The passages of an article, captions last; each fits `max_tokens` together with its header.

    For every passage `article.text[start:end] == text` holds, but for captions that are no part of the
    text; their start and end are 0.
    """
    from llama_index.core.node_parser import SentenceSplitter  # two seconds that a run without new text saves

    header = passage_header(article)
    splitter = SentenceSplitter(
        chunk_size=PASSAGE_TOKENS,
        chunk_overlap=0,
        paragraph_separator="\n\n",
        tokenizer=lambda text: [0] * count_tokens(text),
        chunking_tokenizer_fn=lambda text: _sentences(text, article.language),
        include_metadata=False,
        include_prev_next_rel=False,
    )
    budget = max_tokens - count_tokens(header)
    captions = _captions(article)
    body_end = min((start for start, end in captions.values() if end), default=len(article.text))
    spans = (
        fitted
        for window in _windows(article.text[:body_end])
        for span in _split_window(article.text, window, splitter)
        for fitted in _fit(article.text, span, count_tokens, budget)
    )
    body = tuple(Passage(article.id, start, end, article.text[start:end]) for start, end in spans)
    return body + tuple(
        Passage(article.id, start, end, caption[:LONGEST_CAPTION] if not end else caption, "caption")
        for caption, (start, end) in captions.items()
    )


def _captions(article: Article) -> dict[str, tuple[int, int]]:
    """Each caption with its offsets when the text ends with it, (0, 0) when it is no part of the text."""
    places = dict.fromkeys(article.captions, (0, 0))
    end = len(article.text)
    for caption in reversed(article.captions):
        start = end - len(caption)
        if caption and article.text[max(start - 2, 0) : end] == ("\n\n" if start else "") + caption:
            places[caption] = (start, end)
            end = max(start - 2, 0)
    return places


def passage_header(article: Article) -> str:
    """What is embedded in front of each passage: title, publisher and date, as far as they are known."""
    meta = article.metadata
    facts = [fact[:LONGEST_TITLE] for fact in (meta.title, meta.publisher, meta.published_at) if fact]
    return "".join(f"{fact}\n" for fact in facts)


def _sentences(text: str, language: str) -> list[str]:
    """Sentences with the white space that follows them, so that they join to `text` again."""
    starts = [start for start, _ in split_sentences(text, language)]
    if not starts:
        return [text]
    borders = [0, *starts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(borders)]


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at paragraph borders, or at white space, into windows of bounded length."""
    start = 0
    while start < len(text):
        end = min(start + WINDOW_CHARS, len(text))
        if end < len(text):
            border = text.rfind("\n\n", start, end)
            border = border if border > start else text.rfind(" ", start, end)
            end = border if border > start else end
        yield start, end
        start = end


def _split_window(text: str, window: tuple[int, int], splitter: SentenceSplitter) -> Iterator[tuple[int, int]]:
    from llama_index.core.schema import Document

    start, end = window
    piece = text[start:end]
    if re.search(rf"\S{{{LONGEST_WORD + 1}}}", piece):
        yield from _cut_words(piece, start)
        return
    cursor = 0
    for node in splitter.get_nodes_from_documents([Document(text=piece)]):
        content = node.get_content()
        found = piece.find(content, cursor)
        if content.strip() and found >= 0:
            yield _trim(text, start + found, start + found + len(content))
            cursor = found + len(content)


def _cut_words(piece: str, offset: int) -> Iterator[tuple[int, int]]:
    """Spans for text with words no language has: at most LONGEST_WORD characters each."""
    for match in re.finditer(rf"\S[\s\S]{{0,{LONGEST_WORD - 1}}}", piece):
        start, end = match.span()
        trimmed = len(piece[start:end].rstrip())
        yield offset + start, offset + start + trimmed


def _fit(text: str, span: tuple[int, int], count_tokens: TokenCounter, budget: int) -> Iterator[tuple[int, int]]:
    """Halve a span at white space until each half has at most `budget` tokens."""
    start, end = span
    if start >= end:
        return
    if end - start == 1 or count_tokens(text[start:end]) <= budget:
        yield span
        return
    middle = (start + end) // 2
    border = text.rfind(" ", start + 1, middle)
    border = border if border > start else middle
    for half in ((start, border), (border, end)):
        yield from _fit(text, _trim(text, *half), count_tokens, budget)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
