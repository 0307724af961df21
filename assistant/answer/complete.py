"""A sentence that cannot stand alone gets its neighbour: what a pronoun points to, the fact or the words that follow.

Knows nothing of scores; a quote stays one contiguous piece of its article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer.candidates import Candidate

# A quote grows to at most this many characters: two or three sentences of a news text.
LONGEST_QUOTE = 450
_ENDS = re.compile(r"[.!?…:][\"”»’“)\]]*$")
# Neighbours stand this near in the text: a blank, or an empty line between paragraphs.
_GAP = 3
# Opening words that point to the sentence before, in Swedish, German and English.
_LEANS = re.compile(
    r"^[\W_]*(?:han|hon|det|de|den|detta|dessa|denna|där|då|dit|hans|hennes|deras|dess|samtidigt|dessutom|däremot"
    r"|er|sie|es|das|diese[rmns]?|dies|dort|dorthin|da|dabei|damit|dafür|daraus|deshalb|darum|seine?[rmns]?|ihre?[rmns]?"
    r"|zudem|außerdem|allerdings|he|she|it|they|this|that|these|those|there|his|her|their|its)\b",
    re.IGNORECASE,
)
# Direct speech opens with a quotation mark or a dash; after a line of reporting ("said Alison Prewett, a nurse.") it
# is what the person goes on to say.
_SPEECH = re.compile(r"\s*(?:[\"“”„»«‚‘’']|[–—-]\s)")
_SPEECH_ENDS = re.compile(r"[\"“”»«‘’]\W*$")


def complete_sentence(
    candidates: Sequence[Candidate], index: int, told: Sequence[bool], speakers: frozenset[str] = frozenset(), *,
    explained: bool = False, announced: Sequence[bool] = (),
) -> tuple[int, int]:
    """Where the quote of `candidates[index]` starts and ends in its article; `told`: does each hold what is asked?

    When the sentence names one of `speakers` and direct speech follows, that belongs to the quote. One that is to be
    `explained` gets the sentence after it where no word of a cause stands in or beside it: news tell what happened,
    then why, and need no "because" for it. Where that one is `announced` to speak of a cause, the next tells it.
    """
    first = last = index
    if _LEANS.match(candidates[index].text):
        first = _beside(candidates, index, -1)
    following, before = _beside(candidates, index, 1), _beside(candidates, index, -1)
    if _is_named(speakers, candidates[index].text) and _SPEECH.match(candidates[following].text):
        last = _end_of_speech(candidates, following)
    elif not told[index] and told[following]:
        last = following
    elif not told[index] and told[before]:
        first = before
    elif explained and not told[index]:
        last = _beside(candidates, following, 1) if announced and announced[following] else following
    elif not _ENDS.search(candidates[index].text.rstrip()):  # a heading
        last = following
    if candidates[last].end - candidates[first].start > LONGEST_QUOTE:
        return candidates[index].start, candidates[index].end
    return candidates[first].start, candidates[last].end


def _is_named(names: frozenset[str], text: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}", text) for name in names)


def _end_of_speech(candidates: Sequence[Candidate], index: int) -> int:
    """The last sentence of the speech that `candidates[index]` opens: its closing mark, or its paragraph's end."""
    while not _SPEECH_ENDS.search(candidates[index].text):
        following = _beside(candidates, index, 1)
        if following == index or candidates[following].start - candidates[index].end > 1:
            break
        index = following
    return index


def _beside(candidates: Sequence[Candidate], index: int, step: int) -> int:
    """The candidate right before (-1) or after (1) in the same article, else `index` itself."""
    other = index + step
    if not 0 <= other < len(candidates) or candidates[other].article.id != candidates[index].article.id:
        return index
    left, right = sorted((candidates[index], candidates[other]), key=lambda one: one.start)
    return other if 0 <= right.start - left.end <= _GAP else index
