"""Question sets, runs that resume, tables, comparison, TREC files and the report."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.demo import questions_file
from assistant.errors import QuestionError
from assistant.evaluation.checking import check_evidence, digest_corpus, refuse_faults
from assistant.evaluation.questions import QuestionSet, digest_questions, load_questions
from assistant.evaluation.records import Question, Record
from assistant.evaluation.run_file import Header, Run, changed_settings, encode_row, read_run, start_run
from assistant.evaluation.runs import record_answers, run_questions
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.corpus import Corpus

DATA = Path(__file__).resolve().parent / "data" / "evaluation"


@pytest.fixture(scope="module")
def corpus(demo_corpus: Path) -> Corpus:
    return Corpus.open(demo_corpus)


def small_run(path: Path, mode: Any = "answers", count: int = 6, top_k: int = 8) -> Run:
    questions = tuple(Question(f"q{i}", f"What is number {i}?", "en", "single") for i in range(count))
    return start_run(path, Header(mode, digest_questions(questions), "corpus", {"top_k": top_k}, {}, {}, questions))


# sets

def test_the_demo_set_is_without_format_faults() -> None:
    questions = load_questions(questions_file())
    assert len(questions.questions) == 40
    assert [fault for fault in questions.faults if fault.stops] == []


PLANTED = {
    2: "is not a JSON object in UTF-8", 3: "is not a JSON object: write", 4: "has no question", 5: "has no id",
    6: "has the id of line 1", 7: "unknown type 'singel'", 8: "empty group in must_include",
    9: "a field 'must_inlcude': is 'must_include' meant?", 10: "asked_on '2026-02-30'", 11: "has a history that is not",
    12: "has evidence 1 without an article", 13: "is of type single but has no evidence",
    14: "is unanswerable but has an answer", 15: "is a follow_up without a history",
    16: "names the article 'no-such-article.txt', which is not in the corpus",
    17: "quotes '001_c2714e99ab03f6d5.txt' with words it does not contain", 18: "has an empty question",
    19: "has the language 'Swedish'",
}


def test_every_planted_fault_is_named_with_its_line(corpus: Corpus) -> None:
    checked = check_evidence(load_questions(DATA / "faulty.jsonl"), corpus)
    assert {fault.line: fault.message for fault in checked.faults}.keys() == PLANTED.keys()
    for fault in checked.faults:
        assert PLANTED[fault.line] in str(fault)
    named = {fault.line: fault.id for fault in checked.faults}
    assert named[6] == "sound" and named[17] == "not-verbatim" and named[2] is None


def test_faults_stop_an_evaluation_and_corpus_faults_only_without_lenient(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"line 2: .* and line 3|line 2: .*line 3: "):
        refuse_faults(load_questions(DATA / "faulty.jsonl"), lenient=True)
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "a", "question": "?", "evidence": [{"article": "gone.txt"}]}\n', encoding="utf-8")
    checked = check_evidence(load_questions(file), corpus)
    with pytest.raises(QuestionError, match="--lenient"):
        refuse_faults(checked, lenient=False)
    refuse_faults(checked, lenient=True)


def test_only_id_and_question_are_required_and_other_fields_are_free(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": "a", "question": "Vad?", "paragraph": 3, "source": "x"}\r\n\r\n')
    questions = load_questions(file)
    assert questions.faults == () and questions.questions == (Question("a", "Vad?"),)


@pytest.mark.parametrize("content", [b"", b"\n\n", None])
def test_an_empty_or_missing_set_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "set.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(QuestionError, match="set.jsonl"):
        load_questions(file)


def test_a_set_is_filtered_and_limited() -> None:
    questions = load_questions(questions_file())
    chosen = questions.select(["type=temporal", "language=sv"])
    assert {(q.type, q.language) for q in chosen.questions} == {("temporal", "sv")}
    assert len(questions.select(limit=3).questions) == 3
    for wrong in ("type=nonsense", "typ=single", "type"):
        with pytest.raises(QuestionError, match=wrong):
            questions.select([wrong])


def test_evidence_gets_the_facts_of_its_article(corpus: Corpus) -> None:
    checked = check_evidence(load_questions(questions_file()), corpus)
    languages = {item.language for question in checked.questions for item in question.evidence}
    assert languages == {"sv", "de", "en"}
    copies = dict(corpus.catalogue.copies())
    assert copies
    for question in checked.questions:
        for item in question.evidence:
            assert item.searched_as == copies.get(item.article, item.article)


def test_a_digest_depends_on_the_gold_and_not_on_the_order_or_the_corpus(corpus: Corpus) -> None:
    questions = load_questions(questions_file())
    digest = digest_questions(questions.questions)
    assert digest == digest_questions(questions.questions[::-1])
    assert digest == digest_questions(check_evidence(questions, corpus).questions)
    assert digest != digest_questions(questions.questions[1:])


def test_a_question_survives_its_json() -> None:
    for question in load_questions(questions_file()).questions:
        assert Question.from_json(json.loads(json.dumps(question.to_json()))) == question


# runs

def echo(question: Question) -> Mapping[str, Any]:
    return {"answer": question.question, "abstained": False, "retrieved": []}


def test_a_run_asks_every_question_once_and_is_read_back(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run.jsonl")
    seen: list[tuple[int, int]] = []
    record_answers(run, echo, mode="answers", workers=3, progress=lambda done, total: seen.append((done, total)))
    again = read_run(run.path)
    assert [question.id for question, _ in again.pairs()] == [f"q{i}" for i in range(6)]
    assert again.missing == [] and seen[0] == (0, 6) and seen[-1] == (6, 6)
    assert all(record.milliseconds is not None for record in again.records.values())


def test_a_torn_last_line_is_asked_again_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record_answers(small_run(path), echo, mode="answers")
    path.write_bytes(path.read_bytes()[:-20])
    asked: list[str] = []

    def ask(question: Question) -> Mapping[str, Any]:
        asked.append(question.id)
        return echo(question)

    record_answers(small_run(path), ask, mode="answers")
    assert asked == ["q5"]
    assert read_run(path).missing == [] and len(path.read_bytes().splitlines()) == 7


SLOW_RUN = """
import sys, time
from pathlib import Path
from assistant.evaluation.questions import digest_questions
from assistant.evaluation.records import Question
from assistant.evaluation.run_file import Header, start_run
from assistant.evaluation.runs import record_answers

def ask(question):
    time.sleep(0.05)
    return {"answer": question.question, "retrieved": []}

questions = tuple(Question(f"q{i}", f"What is number {i}?", "en", "single") for i in range(400))
header = Header("answers", digest_questions(questions), "corpus", {"top_k": 8}, {}, {}, questions)
record_answers(start_run(Path(sys.argv[1]), header), ask, mode="answers", workers=2)
"""


def test_a_killed_run_goes_on_without_asking_twice(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with subprocess.Popen([sys.executable, "-c", SLOW_RUN, str(path)], cwd=Path(__file__).parents[1]) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until and (not path.exists() or path.read_bytes().count(b"\n") < 5):
            time.sleep(0.02)
        process.kill()
    done = set(read_run(path).records)
    assert 4 <= len(done) < 400
    asked: list[str] = []

    def ask(question: Question) -> Mapping[str, Any]:
        asked.append(question.id)
        return echo(question)

    record_answers(small_run(path, count=400), ask, mode="answers")
    assert not done.intersection(asked) and len(asked) == len(set(asked)) == 400 - len(done)
    assert read_run(path).missing == []


def test_a_run_is_not_taken_up_for_another_set_corpus_mode_or_setting(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    header = small_run(path).header
    with pytest.raises(QuestionError, match=r"set differ"):
        small_run(path, count=5)
    with pytest.raises(QuestionError, match=r"settings differ"):
        small_run(path, top_k=9)
    with pytest.raises(QuestionError, match=r"mode differ"):
        small_run(path, mode="retrieval")
    with pytest.raises(QuestionError, match=r"corpus differ"):
        start_run(path, Header("answers", header.set_digest, "other", {"top_k": 8}, {}, {}, header.questions))


def test_an_error_is_recorded_and_asked_again_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"

    def refuse(question: Question) -> Mapping[str, Any]:
        if question.id == "q2":
            raise QuestionError("no route to the model")
        return echo(question)

    record_answers(small_run(path), refuse, mode="answers")
    failed = read_run(path).records["q2"]
    assert failed.error == "QuestionError: no route to the model" and failed.answer == ""
    assert small_run(path).missing == ["q2"]
    record_answers(small_run(path), echo, mode="answers")
    assert read_run(path).records["q2"].error is None


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b'{"id": 1}\n{"id": 2}\n', b"\xff\n", b"no\n"])
def test_what_is_no_run_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(content)
    with pytest.raises(QuestionError, match="run.jsonl"):
        read_run(path)


def test_a_lone_surrogate_survives_the_file() -> None:
    row = {"answer": "broken \udc80 text \U0001f6a2 å"}
    assert json.loads(encode_row(row).decode("utf-8")) == row


def test_differing_settings_are_told(tmp_path: Path) -> None:
    first, second = small_run(tmp_path / "a.jsonl").header, small_run(tmp_path / "b.jsonl", top_k=4).header
    assert changed_settings(first, second) == {"top_k": (8, 4)}


# with the engine

@pytest.fixture(scope="module")
def assistant(demo_corpus: Path) -> Assistant:
    return Assistant.open(demo_corpus, Settings())


@pytest.fixture(scope="module")
def checked(corpus: Corpus) -> QuestionSet:
    return check_evidence(load_questions(questions_file()), corpus)


def test_a_retrieval_run_finds_most_evidence(assistant: Assistant, checked: QuestionSet, tmp_path: Path) -> None:
    chosen = checked.select(["type=single"], 6)
    run = run_questions(chosen.questions, assistant, tmp_path / "run.jsonl", retrieval_only=True)
    assert run.header.mode == "retrieval" and run.header.corpus_digest == digest_corpus(assistant.corpus)
    assert all(record.retrieved and record.answer is None for record in run.records.values())
    assert run.header.questions == chosen.questions


def test_an_answer_run_keeps_the_answers_document(assistant: Assistant, checked: QuestionSet, tmp_path: Path) -> None:
    chosen = checked.select(["id=ferry-germans"])
    run = run_questions(chosen.questions, assistant, tmp_path / "run.jsonl")
    row = json.loads(run.path.read_bytes().splitlines()[1])
    assert {"id", "question", "answer", "sentences", "citations", "retrieved", "milliseconds"} <= row.keys()
    record: Record = run.records["ferry-germans"]
    assert record.abstained or (record.citations and all(citation.verbatim for citation in record.citations))
