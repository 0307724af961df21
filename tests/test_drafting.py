"""Drafted question sets pass the checker, refuse poor candidates, and others' formats become ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from fake_endpoint import Script, fake_endpoint
from typer.testing import CliRunner

from assistant.errors import QuestionError
from assistant.evaluation.checking import check_evidence
from assistant.evaluation.drafting.command import questions
from assistant.evaluation.drafting.convert import convert_questions
from assistant.evaluation.drafting.draft import draft_questions
from assistant.evaluation.drafting.facts import find_counts, find_day_gaps, find_mentions, find_number_gaps
from assistant.evaluation.drafting.written import accept_reply, write_questions
from assistant.evaluation.questions import load_questions
from assistant.evaluation.words import contains, fold
from assistant.llm import ChatModel
from assistant.settings import Settings
from ingest.article import Article, Metadata, Passage
from ingest.corpus import Corpus
from ingest.corpus.story_table import find_stories


@pytest.fixture(scope="module")
def corpus(demo_corpus: Path) -> Corpus:
    return Corpus.open(demo_corpus)


def article(text: str, language: str = "en") -> Article:
    return Article("harbour.txt", text, language, Metadata(title="The harbour of Lower Wick is dredged"))


# what articles state

def test_counts_are_found_where_they_are_plain_and_given_once() -> None:
    found = find_counts(article("The harbour office of Lower Wick has hired 34 divers for the work this spring."))
    assert [(count.number, count.noun) for count in found] == [("34", "divers")]
    for text in (
        "The harbour office of Lower Wick has hired 34 divers for the work. Later it said that 36 divers were there.",
        "The work in the harbour of Lower Wick has taken 34 hours so far this spring.",
        "The harbour of Lower Wick was dug in the year 1874 sailors say, and never dredged.",
        "“We have hired 34 divers for the work in the harbour,” said the harbour master of Lower Wick.",
        "About 34 divers.",
    ):
        assert find_counts(article(text)) == []


def test_a_german_noun_that_a_preposition_has_bent_is_not_asked_for() -> None:
    text = "Die Hafenverwaltung von Niederwiek arbeitet seit Montag mit 34 Tauchern an der alten Fahrrinne."
    assert find_counts(article(text, "de")) == []
    plain = "Insgesamt haben seit Montag rund 34 Taucher an der alten Fahrrinne in Niederwiek gearbeitet."
    assert [count.noun for count in find_counts(article(plain, "de"))] == ["Taucher"]


def test_a_gap_is_a_number_or_a_day_that_stands_alone() -> None:
    text = "Muddringen i Nedre Viks hamn började den 4 maj 2024 och ska pågå hela sommaren."
    assert [(gap.text, gap.day) for gap in find_day_gaps(article(text, "sv"))] == [("4 maj 2024", "2024-05-04")]
    assert find_day_gaps(article("Muddringen i Nedre Viks hamn började i går och ska pågå hela sommaren.", "sv")) == []
    number = "Kommunen räknar med att arbetet i hamnen kostar omkring 350 miljoner kronor."
    assert [gap.text for gap in find_number_gaps(article(number, "sv"))] == ["350"]
    assert find_number_gaps(article("Das Hafenbecken von Niederwiek stammt noch aus dem 17. Jahrhundert.", "de")) == []


def test_names_at_the_start_of_a_sentence_may_carry_a_title_and_are_left_out() -> None:
    found = find_mentions(article("Harbourmaster Ines Calloway met the divers. This morning the divers met with "
                                  "Tobias Wrenfield on the quay."))
    assert [mention.name for mention in found] == ["Tobias Wrenfield"]


# drafts

def test_drafts_pass_the_checker_without_a_fault(corpus: Corpus, tmp_path: Path) -> None:
    rows = draft_questions(corpus, 60)
    file = tmp_path / "drafts.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert check_evidence(load_questions(file), corpus).faults == ()
    assert len(rows) == 60 and all(row["draft"] for row in rows)
    assert {"single", "multi", "temporal", "unanswerable"} <= {row["type"] for row in rows}
    assert {row["language"] for row in rows} == {"sv", "de", "en"}


def test_a_draft_never_gives_its_own_answer_away(corpus: Corpus) -> None:
    for row in draft_questions(corpus, 200):
        for options in row.get("must_include", []):
            assert not any(contains(fold(row["question"]), fold(option)) for option in options), row["question"]
            assert any(contains(fold(item["quote"]), fold(o)) for item in row["evidence"] for o in options)


def test_a_story_is_asked_about_with_a_sentence_of_each_of_its_articles(corpus: Corpus) -> None:
    stories = [set(story) for story in find_stories(corpus)]
    rows = [row for row in draft_questions(corpus, 200) if row["type"] == "summary"]
    assert rows
    for row in rows:
        told = {item["article"] for item in row["evidence"]}
        assert len(told) > 1 and any(told <= story for story in stories)


def test_the_seed_decides_the_choice(corpus: Corpus) -> None:
    assert draft_questions(corpus, 20, 1) == draft_questions(corpus, 20, 1)
    assert draft_questions(corpus, 20, 1) != draft_questions(corpus, 20, 2)


# by a model

TEXT = ("The harbour office of Lower Wick has hired 34 divers for the work. The dredging will go on until autumn. "
        "Shops on the quay stay open meanwhile, and the market moves to the square behind the old rope works.")
HARBOUR = article(TEXT)
PASSAGE = Passage(HARBOUR.id, 0, len(TEXT), TEXT)
GOOD = {"question": "How many divers has Lower Wick hired?", "answer": "34 divers",
        "quote": "The harbour office of Lower Wick has hired 34 divers for the work."}


def test_a_models_question_is_kept_when_it_rests_on_a_verbatim_quote() -> None:
    row = accept_reply(f"Here you are: {json.dumps(GOOD)}", HARBOUR, PASSAGE, "en")
    assert row is not None and row["must_include"] == [["34 divers"]] and row["draft"] is True
    assert row["evidence"] == [{"article": "harbour.txt", "quote": GOOD["quote"]}]


@pytest.mark.parametrize("change", [
    {"quote": "Lower Wick has hired 34 divers."}, {"answer": "35 divers"}, {"answer": ""}, {"quote": None},
    {"question": "Tell me of the divers."}, {"question": "Who hired the 34 divers?"},
    {"question": "How many divers does the passage name?"},
])
def test_a_models_question_without_ground_is_dropped(change: dict[str, Any]) -> None:
    assert accept_reply(json.dumps(GOOD | change), HARBOUR, PASSAGE, "en") is None
    for reply in ("", "{}", "[]", "No.", "{" * 5000):
        assert accept_reply(reply, HARBOUR, PASSAGE, "en") is None


def test_what_a_model_invents_makes_no_draft(corpus: Corpus) -> None:
    script = Script([json.dumps(GOOD)])
    with fake_endpoint(script) as address:
        assert list(write_questions(corpus, ChatModel(Settings(base_url=address)), 2)) == []
    assert script.requests and len(script.requests) <= 6


# other formats

def test_squad_becomes_questions_with_the_sentence_as_evidence(tmp_path: Path) -> None:
    file = tmp_path / "squad.json"
    answer = {"text": "34", "answer_start": TEXT.index("34")}
    file.write_text(json.dumps({"data": [{"title": "harbour", "paragraphs": [{"context": TEXT, "qas": [
        {"id": "a", "question": "How many divers has the office hired?", "answers": [answer]},
        {"id": "b", "question": "Who paid for the divers?", "answers": [], "is_impossible": True},
    ]}]}]}), encoding="utf-8")
    first, second = convert_questions("squad", file)
    assert first["evidence"] == [{"article": "harbour", "quote": GOOD["quote"]}]
    assert first["must_include"] == [["34"]] and first["language"] == "en"
    assert second["type"] == "unanswerable" and "evidence" not in second


def test_beir_becomes_questions_with_articles_as_evidence(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "divers in the harbour"}\n'
                                            '{"_id": "2", "text": "not judged"}\n', encoding="utf-8")
    qrels = "query-id\tcorpus-id\tscore\n1\td1\t1\n1\td2\t0\n1\td3\t2\n"
    (tmp_path / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    [row] = convert_questions("beir", tmp_path)
    assert (row["id"], row["type"]) == ("1", "multi")
    assert [item["article"] for item in row["evidence"]] == ["d1", "d3"]


@pytest.mark.parametrize("row", [
    {"user_input": "How many divers are there?", "reference": "34", "retrieved_contexts": [TEXT]},
    {"question": "How many divers are there?", "ground_truths": ["34"], "contexts": [TEXT]},
])
def test_ragas_rows_old_and_new(tmp_path: Path, row: dict[str, Any]) -> None:
    file = tmp_path / "rows"
    for text in (json.dumps([row]), json.dumps(row) + "\n"):
        file.write_text(text, encoding="utf-8")
        [made] = convert_questions("ragas", file)
        assert made["answer"] == "34" and made["question"] == "How many divers are there?"


@pytest.mark.parametrize("form", ["squad", "beir", "ragas", "trivia"])
@pytest.mark.parametrize("content", ["", "{}", "[]", "[1]", '{"data": 1}', None])
def test_what_is_not_of_the_form_is_refused(tmp_path: Path, form: str, content: str | None) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionError):
        convert_questions(form, file)


# the command

def test_the_command_writes_a_set_and_never_over_one(demo_corpus: Path, tmp_path: Path) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(questions)
    output = tmp_path / "new" / "set.jsonl"
    arguments = ["--corpus", str(demo_corpus), "--count", "5", "--output", str(output)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0 and "5 questions" in result.stderr
    assert len(load_questions(output).questions) == 5
    assert isinstance(CliRunner().invoke(app, arguments).exception, QuestionError)
    assert isinstance(CliRunner().invoke(app, ["--from", "squad"]).exception, QuestionError)
