"""Made-up news in Swedish, German and English, and an embedder that costs next to nothing.

The sentences are put together at random from word lists, so that no two articles share their wording by
chance; nothing here is read by the product.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

SYLLABLES = {
    "sv": (
        "brå vik hult fors näs stad sjö ek lund torp mo berg ås dal skär holm by lång nord väst rå sund kil "
        "mark"
    ).split(),
    "de": (
        "ober stein burg wald heim furt au dorf berg tal brück mühl feld hof bach see loh ried kamm ach "
        "lingen wies"
    ).split(),
    "en": (
        "ash brook field ton worth haven mill stone moor ley wick marsh ford combe hurst bury well gate ridge "
        "thorpe"
    ).split(),
}
WORDS = {
    "sv": (
        "och att det en ett som på är av för med till den har inte om men var sig så vi från nu ska kan när "
        "år säger efter vid mot kommunen bron vägen skolan sjukhuset polisen regeringen företaget arbetet "
        "pengar kronor planen beslutet mötet hamnen tåget elpriset vattnet skogen huset lokalen laget matchen "
        "valet barnen lärarna"
    ).split(),
    "de": (
        "und dass das ein eine der die auf ist von für mit zu den hat nicht ob aber war sich so wir aus nun "
        "soll kann wenn Jahr sagt nach bei gegen Gemeinde Brücke Straße Schule Klinik Polizei Regierung Firma "
        "Arbeit Geld Euro Plan Beschluss Sitzung Hafen Zug Strompreis Wasser Wald Haus Halle Mannschaft Spiel "
        "Wahl Kinder Lehrer"
    ).split(),
    "en": (
        "and that it a an which on is of for with to the has not if but was itself so we from now will can "
        "when year says after at against council bridge road school hospital police government company work "
        "money pounds plan decision meeting harbour train price water forest house hall team match election "
        "children teachers"
    ).split(),
}


def made_articles(count: int, seed: int = 1, *, words: int = 320) -> Iterator[tuple[str, str]]:
    """(name, text) of `count` articles of about `words` words, the languages in turn; a seed gives the same again."""
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        language = ("sv", "de", "en")[number % 3]
        yield f"{language}-{number:05d}.txt", made_text(language, chance, words)


def made_text(language: str, chance: random.Random, words: int) -> str:
    """A headline and paragraphs of made-up sentences."""
    paragraphs, left = [], words
    while left > 0:
        sentences = [_sentence(language, chance) for _ in range(chance.randint(2, 5))]
        left -= sum(len(sentence.split()) for sentence in sentences)
        paragraphs.append(" ".join(sentences))
    headline = _sentence(language, chance).rstrip(".")[:70]
    return headline + "\n\n" + "\n\n".join(paragraphs) + "\n"


def _sentence(language: str, chance: random.Random) -> str:
    words = [_word(language, chance) for _ in range(chance.randint(7, 19))]
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def _word(language: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.72:
        return chance.choice(WORDS[language])
    if kind < 0.77:
        return str(chance.randint(2, 9_999))
    name = "".join(chance.choice(SYLLABLES[language]) for _ in range(chance.randint(2, 4)))
    return name.capitalize() if language == "de" or kind < 0.87 else name


class ConstantEmbedder:
    """Vectors that depend on the text alone, in the same few microseconds whatever is stored already."""

    name = "constant:made-up"
    dimensions = 384
    max_tokens = 512

    def __init__(self) -> None:
        self.embedded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A token for every five characters."""
        return [len(text) // 5 + 1 for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit rows."""
        self.embedded += len(texts)
        rows = np.stack([_direction(text) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def embed_query(self, text: str) -> npt.NDArray[np.float32]:
        """A unit vector."""
        row: npt.NDArray[np.float32] = self.embed_queries([text])[0]
        return row

    def embed_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit rows."""
        rows = np.stack([_direction(text) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _direction(text: str) -> npt.NDArray[np.float32]:
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(384, dtype=np.float32)
