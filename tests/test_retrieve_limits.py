"""Retrieval by time, publisher and filters, on a council that decides the same thing month after month."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine

from assistant import Assistant
from assistant.errors import QuestionError
from assistant.records import Filters
from assistant.retrieve.named import named_publishers
from assistant.settings import Settings
from ingest.article import ScoredPassage, stable_id
from ingest.embed import Embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

MONTHS = {"2023-11": "the ferry pier", "2024-01": "the school roof", "2024-03": "the harbour wall"}
PUBLISHERS = {"2023-11": "Lomvik Herald", "2024-01": "The Skerry Post", "2024-03": "Lomvik Herald"}


def article(name: str, thing: str, **known: str) -> dict[str, str]:
    text = (
        f"The council of Lomvik decided on Tuesday to spend more money on {thing}. The vote was close, and the mayor,"
        f" Ansa Rolvik, said that repairing {thing} could not wait any longer.\n\nThe work on {thing} is to be paid"
        " for with a loan that runs for twenty years, and three members asked to have their doubts put on record."
    )
    return {"id": name, "title": f"Lomvik council pays for {thing}", "language": "en", "text": text, **known}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("council")
    rows = [
        article(month, thing, published_at=f"{month}-14", publisher=PUBLISHERS[month])
        for month, thing in MONTHS.items()
    ]
    rows.append(article("undated", "the old library"))
    rows.append({
        "id": "svensk", "title": "Lomvik betalar för badhuset", "language": "sv", "published_at": "2024-02-14",
        "publisher": "Skärbladet", "text":
            "Kommunfullmäktige i Lomvik beslutade på tisdagen att lägga mer pengar på badhuset. Borgmästaren Ansa"
            " Rolvik sade att renoveringen av badhuset inte kunde vänta längre, och omröstningen var jämn.",
    })
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    corpus = open_corpus_for_writing(folder / "corpus", embedder, "local")
    assert not ingest_articles([folder / "rows.jsonl"], corpus, embedder).failed
    corpus.close()
    yield Assistant.open(folder / "corpus", Settings())


def names(hits: list[ScoredPassage]) -> list[str]:
    return list(dict.fromkeys(hit.article.name for hit in hits))


WHAT = "What did the council of Lomvik decide to spend money on"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (f"{WHAT} in November 2023?", "2023-11"), (f"{WHAT} in January 2024?", "2024-01"),
        (f"{WHAT} before 1 December 2023?", "2023-11"), (f"{WHAT} since 1 March 2024?", "2024-03"),
        (f"{WHAT} last month?", "2024-03"), ("Was hat der Rat von Lomvik im Januar 2024 beschlossen?", "2024-01"),
        ("Vad beslutade fullmäktige i Lomvik i november 2023?", "2023-11"),
    ],
)
def test_the_time_asked_about_comes_first_and_no_article_is_lost(
    assistant: Assistant, question: str, first: str
) -> None:
    hits = assistant.search(question, 20, asked_on=date(2024, 4, 20))
    assert names(hits)[0] == first
    assert set(names(hits)) == {*MONTHS, "undated", "svensk"}
    assert any("time asked about" in reason for reason in hits[0].why)
    assert any("undated" in reason for hit in hits for reason in hit.why if hit.article.name == "undated")


def test_articles_of_the_days_before_the_question_are_preferred(assistant: Assistant) -> None:
    for month in MONTHS:
        hits = assistant.search(f"{WHAT}?", 20, asked_on=date.fromisoformat(f"{month}-16"))
        assert names(hits)[0] == month
        assert any(reason.startswith("recent") for reason in hits[0].why)
    early = assistant.search(f"{WHAT}?", 20, asked_on=date(2023, 11, 16))
    assert any("published after" in reason for hit in early for reason in hit.why if hit.article.name == "2024-03")


def test_an_old_corpus_is_searched_as_if_nobody_knew_the_day(assistant: Assistant) -> None:
    unknown, late = assistant.search(f"{WHAT}?", 20), assistant.search(f"{WHAT}?", 20, asked_on=date(2031, 1, 1))
    assert [hit.passage.id for hit in unknown] == [hit.passage.id for hit in late]
    assert [hit.score for hit in unknown] == [hit.score for hit in late]


def test_a_publisher_named_in_the_question_is_preferred(assistant: Assistant) -> None:
    for publisher in ("The Skerry Post", "Skärbladet"):
        hits = assistant.search(f"According to {publisher}, what did Lomvik decide?", 5)
        assert hits[0].article.metadata.publisher == publisher
        assert any(reason.startswith("by ") for reason in hits[0].why)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Focus report on the strike?", ("Focus",)), ("Was schreibt Focus über den Streik?", ("Focus",)),
        ("Focus on the strike: who won?", ()), ("Vad är Dagens Eko enligt lyssnarna?", ("Dagens Eko",)),
        ("Why is the Focusing lens broken?", ()), ("Who won, laut Focus?", ("Focus",)),
    ],
)
def test_a_publisher_of_one_word_counts_only_as_a_source(question: str, named: tuple[str, ...]) -> None:
    assert named_publishers(question, ("Focus", "Dagens Eko")) == named


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(languages=("SV",)), {"svensk"}),
        (Filters(publishers=("lomvik herald",)), {"2023-11", "2024-03"}),
        (Filters(published_from=date(2024, 2, 1)), {"2024-03", "svensk"}),
        (Filters(published_to=date(2024, 1, 14)), {"2023-11", "2024-01"}),
        (Filters(published_from=date(2024, 1, 14), published_to=date(2024, 1, 14)), {"2024-01"}),
        (Filters(articles=("undated", stable_id("2024-03"))), {"undated", "2024-03"}),
        (Filters(languages=("sv",), publishers=("Lomvik Herald",)), set()),
    ],
)
def test_filters_let_nothing_else_through(assistant: Assistant, filters: Filters, expected: set[str]) -> None:
    assert set(names(assistant.search(f"{WHAT} in January 2024?", 20, filters=filters))) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(languages=("fr",)), "no article has the language 'fr': the corpus has en, sv"),
        (Filters(publishers=("Nobody",)), "publisher 'Nobody'.*Lomvik Herald"),
        (Filters(articles=("nix",)), "no article is named 'nix'"),
        (Filters(published_from=date(2024, 2, 1), published_to=date(2024, 1, 1)), "swap the days"),
    ],
)
def test_an_unknown_value_is_said(assistant: Assistant, filters: Filters, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        assistant.search(WHAT, filters=filters)


def test_a_query_engine_of_llama_index_can_use_the_corpus(assistant: Assistant) -> None:
    retriever = assistant.as_retriever(3, filters=Filters(publishers=("The Skerry Post",)))
    engine = RetrieverQueryEngine.from_args(retriever, llm=MockLLM())
    response = engine.query(f"{WHAT}?")
    assert "school roof" in str(response)  # the fake model repeats its prompt
    node = response.source_nodes[0]
    hit = assistant.search(f"{WHAT}?", 3, filters=Filters(publishers=("The Skerry Post",)))[0]
    assert (node.node_id, node.score, node.text) == (hit.passage.id, hit.score, hit.passage.text)
    assert node.metadata["article"] == "2024-01"
    assert node.metadata["published_at"] == "2024-01-14"
    assert node.node.ref_doc_id == hit.article.id
