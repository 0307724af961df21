"""Token against token: what is asked for is found in any language, and remembered with the vectors."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from made_news import ConstantEmbedder

from assistant import Assistant, vectors
from assistant.answer.late_interaction import match_tokens
from assistant.question import MAX_QUESTION_CHARS
from assistant.settings import Settings
from assistant.vectors import RememberedVectors, remember_sentences
from ingest.embed import Embedder
from ingest.embed.protocol import TokenEmbedder, Tokens


def tokens_of(embedder: Embedder, *texts: str) -> list[Tokens]:
    assert isinstance(embedder, TokenEmbedder)
    return embedder.embed_tokens(texts)[1]


@pytest.mark.parametrize(
    "question", ["Who tunes the new organ?", "Wer stimmt die neue Orgel?", "Vem stämmer den nya orgeln?"]
)
def test_the_sentence_with_what_is_asked_matches_best(embedder: Embedder, question: str) -> None:
    sentences = [
        "Die Schule am Hafen bekommt im Herbst eine neue Turnhalle.",
        "Matchen slutade oavgjort sedan målvakten räddat en straff.",
        "Karin Lund stämmer den nya orgeln två gånger om året.",
        "Die Bauern in der Gegend klagen über den trockenen Sommer.",
        "Domstolen sköt upp målet till den 4 mars.",
        "Das Museum zeigt bis Mai Fotografien aus den Zwanzigerjahren.",
        "Bussarna från Lomvik går numera två gånger i timmen.",
        "Die Polizei sucht nach einem Radfahrer mit einem roten Helm.",
    ]
    asked, *told = tokens_of(embedder, question, *sentences)
    matches = match_tokens(asked, told)
    assert matches is not None
    assert np.argmax(matches) == 2


def test_what_cannot_be_matched_is_not_guessed(embedder: Embedder) -> None:
    asked, empty, told = tokens_of(embedder, "Who paid?", "", "A foundation in Kiel paid.")
    matches = match_tokens(asked, [empty, *[told] * 8])
    assert matches is not None
    assert matches[0] == 0.0 < matches[1]
    assert match_tokens(empty, [told] * 9) is None
    assert match_tokens(asked, [told] * 3) is None
    assert match_tokens(asked, []) is None


def test_a_sentence_is_encoded_once_for_its_vector_and_its_tokens(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "TOKENS_REMEMBERED", 2)
    asked: list[str] = []

    class Counting(ConstantEmbedder):
        def embed_tokens(self, texts: list[str]) -> tuple[np.ndarray, list[Tokens]]:
            asked.extend(texts)
            assert isinstance(embedder, TokenEmbedder)
            return embedder.embed_tokens(texts)

    remembered = remember_sentences(Counting())
    texts = ["Bron stängs på måndag.", "Die Brücke wird gesperrt."]
    found = remembered(texts)
    tokens = remembered.tokens(texts)
    assert tokens is not None
    assert asked == texts
    assert [len(one.ids) for one in tokens] == [len(one.ids) for one in tokens_of(embedder, *texts)]
    remembered(["Tre.", "Vier."])  # pushes the tokens out, the vectors stay
    again = remembered.tokens(texts)
    assert again is not None
    assert np.array_equal(remembered(texts), found)
    assert asked == [*texts, "Tre.", "Vier.", *texts]
    assert np.array_equal(again[0].states, tokens[0].states)


def test_an_embedder_that_tells_no_tokens_is_only_asked_for_vectors() -> None:
    remembered = remember_sentences(ConstantEmbedder())
    assert type(remembered) is RememberedVectors
    assert remembered.tokens(["Ja"]) is None


@pytest.mark.parametrize("asked", ["Vad hände med färjan Ejdervind? ", "㌔", "🙂 "])
def test_the_longest_question_breaks_nothing(demo_corpus: Path, asked: str) -> None:
    with closing(Assistant.open(demo_corpus, Settings(corpus=demo_corpus))) as assistant:
        assert assistant.ask((asked * MAX_QUESTION_CHARS)[:MAX_QUESTION_CHARS]).text
