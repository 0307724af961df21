"""Quotes in another language than the answer's, translated by the model in one call and checked against themselves.

A translation stands beside its quote and never replaces it; one that fails, or tells other facts than the quote,
is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer.generative import defuse
from assistant.answer.leaks import repeats_instructions
from assistant.errors import EndpointError
from assistant.llm import MAX_ANSWER_TOKENS, ChatModel, Message, estimate_tokens
from assistant.prompts import render_prompt
from assistant.records import Citation, Usage
from assistant.verify import Similarity, verify_claim
from assistant.wording import LANGUAGE_NAMES

# A translation may be half as long again as its quote, and the reply has to fit in what a model may write.
MOST_TOKENS = MAX_ANSWER_TOKENS * 2 // 3
LONGER = 2.0
_LINE = re.compile(r"\s*\W?(\d{1,3})\W{1,3}\s*(\S.*)")


def translate_quotes(
    citations: Sequence[Citation], language: str, model: ChatModel, similarity: Similarity
) -> tuple[tuple[Citation, ...], Usage | None]:
    """The citations with a `translation` where their quote is in another language, and what that took.

    Without such a quote the model is not called; a quote it fails on has no translation.
    """
    foreign = list(_within_budget(citations, language))
    if not foreign or language not in LANGUAGE_NAMES:
        return tuple(citations), None
    quotes = "\n".join(f"{one.marker}: {_one_line(one.quote)}" for one in foreign)
    prompt = render_prompt("translate", {"language": LANGUAGE_NAMES[language], "quotes": quotes})
    reply = model.stream([Message("user", prompt)])
    try:
        lines = [match for line in "".join(reply).splitlines() if (match := _LINE.fullmatch(line))]
    except EndpointError:
        return tuple(citations), reply.usage
    written = {int(match[1]): match[2].strip() for match in lines}
    told = {
        one.marker: written[one.marker] for one in foreign
        if one.marker in written and _holds(written[one.marker], one, language, similarity)
    }
    return tuple(replace(one, translation=told.get(one.marker)) for one in citations), reply.usage


def _within_budget(citations: Sequence[Citation], language: str) -> Iterator[Citation]:
    """The citations in other languages, as many as one reply can hold."""
    left = MOST_TOKENS
    for one in citations:
        left -= estimate_tokens(one.quote) if one.language != language else 0
        if left < 0:
            return
        if one.language != language:
            yield one


def _holds(translation: str, citation: Citation, language: str, similarity: Similarity) -> bool:
    """Whether the quote and its translation tell the same facts, and the translation is no more than that."""
    if repeats_instructions(translation) or len(translation) > LONGER * len(citation.quote):
        return False
    sides = ((translation, language), (citation.quote, citation.language))
    return all(
        verify_claim(
            claim, told, claim_language=own, evidence_language=other, similarity=similarity
        ).verdict == "supported"
        for (claim, own), (told, other) in (sides, sides[::-1])
    )


def _one_line(quote: str) -> str:
    return " ".join(defuse(quote).split())
