"""Names of a text: runs of capital words that are no days, months or function words.

German writes every noun with a capital; there `Name.sure` tells whether it can hardly be a plain noun. It
knows nothing of what is said about a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.lexicon import function_words, plain_capitals
from assistant.verify.name_index import thing
from assistant.verify.words import Word, read_words

_INITIAL = re.compile(r"[.!?:…][\"”»’)\]]*\s+$|^[\W_]*$|\n\s*$|[„“”\"»«‚‘]\s*$|[–—-]\s$")
# "U.S." is one word; blanks keep the offsets.
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_CURRENCY = re.compile(r"US[- \u00a0](?=dollar)", re.IGNORECASE)
_JOINT = re.compile(r"[ \u00a0-]|\. ")
# What German nouns end in and names seldom do.
_NOUN = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|ment|nis|nisse|nissen|chen|tum|"
    r"zeit|jahr|jahre|jahren|haus|land|stadt|teil|teile|spiel|spiele|mann|leute|partei|gericht|innen|ern|eln|räume|"
    r"e|en|in|ie|ik|ur|ent|ekt|el|"
    r"minister|ministerin|sprecher|sprecherin|chef|chefin|serie|film|werk|werke|lich|isch|ische|ischen)$"
)
_BEFORE_NOUN = re.compile(r"(?:en|er|es|em|ste|sche|che|ige|ive|ale|bare)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capital words; `sure` when it can hardly be anything but a name."""

    start: int
    end: int
    words: tuple[Word, ...]
    sure: bool

    @property
    def text(self) -> str:
        """The name as written, words joined by blanks."""
        return " ".join(word.text for word in self.words)


@lru_cache(maxsize=1024)
def find_names(text: str, language: str | None = None) -> tuple[Name, ...]:
    """The names of `text` in order."""
    text = _DOTTED.sub(lambda match: match[0].replace(".", "").ljust(len(match[0])), text)
    words = read_words(text)
    return tuple(
        Name(run[0].start, run[-1].end, tuple(run), _is_sure(text, words, run, language))
        for run in _runs(text, words, language)
    )


def _runs(text: str, words: Sequence[Word], language: str | None) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        capital = (
            word.text[0].isupper()
            and not is_plain_capital(word)
            and not _is_compound_tail(text, word, language)
            and not _CURRENCY.match(text, word.start)
        )
        if run and not (capital and _JOINT.fullmatch(text[run[-1].end : word.start])):
            yield run
            run = []
        if capital:
            run.append(word)
    if run:
        yield run


def _is_compound_tail(text: str, word: Word, language: str | None) -> bool:
    """Whether a German noun hangs on a hyphen: the "Beitritt" of "EU-Beitritt"."""
    return (
        language == "de" and word.start > 1 and text[word.start - 1] == "-" and text[word.start - 2].isalnum()
    )


def is_plain_capital(word: Word) -> bool:
    """Whether a word has its capital for another reason than that it names: a month, a title, a word that opens."""
    bare = word.folded.partition("'")[0]
    if len(word.text) == 1 or bare in plain_capitals():
        return True
    return bare in function_words() and not (word.text.isupper() and thing(bare))


def is_initial(text: str, word: Word) -> bool:
    """Whether a word opens a sentence, a line or a quotation, where any word has a capital."""
    return _INITIAL.search(text[max(0, word.start - 8) : word.start]) is not None


def _is_sure(text: str, words: Sequence[Word], run: Sequence[Word], language: str | None) -> bool:
    first = run[0]
    if language != "de":
        return len(run) > 1 or (not is_initial(text, first) and not _shouts(first))
    if len(first.text) > 1 and first.text.isupper() and len(run) == 1:
        return not _shouts(first)
    place = words.index(first)
    before = words[place - 1].folded if place and text[words[place - 1].end : first.start].isspace() else ""
    nouns = any(_NOUN.search(word.folded) for word in run)
    determined = (before in function_words() and before in _DETERMINERS) or bool(_BEFORE_NOUN.search(before))
    return not nouns and not determined and (len(run) > 1 or not is_initial(text, first))


def _shouts(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > 5


_DETERMINER_LINE = (
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keiner im am zum zur "
    "vom beim ins ans seine "
    "sein ihre ihr unser unsere mein meine dein viele alle einige mehrere diese dieser jede jeder jedes "
    "als ohne mehr "
    "zwei drei vier funf sechs"
)
_DETERMINERS = frozenset(_DETERMINER_LINE.split())
