"""Question sets, runs that resume, tables, comparison, TREC files and the report."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from assistant.demo import questions_file
from assistant.errors import QuestionError
from assistant.evaluation.checking import check_evidence, digest_corpus, refuse_faults
from assistant.evaluation.commands import compare, evaluate
from assistant.evaluation.questions import QuestionSet, digest_questions, load_questions
from assistant.evaluation.records import CitedQuote, Evidence, Hit, JudgedSentence, Question, Record
from assistant.evaluation.report import write_report
from assistant.evaluation.run_file import Header, Run, changed_settings, encode_row, read_run, start_run
from assistant.evaluation.runs import record_answers, run_questions
from assistant.evaluation.summary import slices_of, summarize_run
from assistant.pipeline import Assistant
from assistant.records import Turn
from assistant.settings import Settings
from ingest.corpus import Corpus

DATA = Path(__file__).resolve().parent / "data" / "evaluation"


@pytest.fixture(scope="module")
def corpus(demo_corpus: Path) -> Corpus:
    return Corpus.open(demo_corpus)


def small_run(path: Path, mode: Any = "answers", count: int = 6, top_k: int = 8) -> Run:
    questions = tuple(Question(f"q{i}", f"What is number {i}?", "en", "single") for i in range(count))
    digest = digest_questions(questions)
    return start_run(path, Header(mode, digest, "corpus", {"top_k": top_k}, {}, {}, questions))


# sets

def test_the_demo_set_is_without_format_faults() -> None:
    questions = load_questions(questions_file())
    assert len(questions.questions) >= 120
    assert [fault for fault in questions.faults if fault.stops] == []


PLANTED = {
    2: "is not a JSON object in UTF-8", 3: "is not a JSON object: write", 4: "has no question",
    5: "has no id", 6: "has the id of line 1", 7: "unknown type 'singel'", 8: "empty group in must_include",
    9: "a field 'must_inlcude': is 'must_include' meant?", 10: "asked_on '2026-02-30'",
    11: "has a history that is not",
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


def test_faults_stop_an_evaluation_those_of_the_corpus_unless_lenient(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"line 2: .*line 3: "):
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
    with pytest.raises(QuestionError, match=r"set\.jsonl"):
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
    record_answers(run, echo, mode="answers", workers=3, progress=lambda *counts: seen.append(counts))
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
    command = [sys.executable, "-c", SLOW_RUN, str(path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[1]) as process:
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
        start_run(path, dataclasses.replace(header, corpus_digest="other"))
    with pytest.raises(QuestionError, match=r"engine differ"):
        start_run(path, dataclasses.replace(header, versions={"engine": "newer"}))


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
    with pytest.raises(QuestionError, match=r"run\.jsonl"):
        read_run(path)


def test_a_lone_surrogate_survives_the_file() -> None:
    row = {"answer": "broken \udc80 text \U0001f6a2 å"}
    assert json.loads(encode_row(row).decode("utf-8")) == row


def test_differing_settings_are_told(tmp_path: Path) -> None:
    first = small_run(tmp_path / "a.jsonl").header
    second = small_run(tmp_path / "b.jsonl", top_k=4).header
    assert changed_settings(first, second) == {"top_k": (8, 4)}


# with the engine

@pytest.fixture(scope="module")
def assistant(demo_corpus: Path) -> Assistant:
    return Assistant.open(demo_corpus, Settings())


@pytest.fixture(scope="module")
def checked(corpus: Corpus) -> QuestionSet:
    return check_evidence(load_questions(questions_file()), corpus)


def test_a_retrieval_run_keeps_what_was_found(
    assistant: Assistant, checked: QuestionSet, tmp_path: Path
) -> None:
    chosen = checked.select(["type=single"], 6)
    run = run_questions(chosen.questions, assistant, tmp_path / "run.jsonl", retrieval_only=True)
    assert run.header.mode == "retrieval" and run.header.corpus_digest == digest_corpus(assistant.corpus)
    assert all(record.retrieved and record.answer is None for record in run.records.values())
    assert run.header.questions == chosen.questions


def test_an_answer_run_keeps_the_answers_document(
    assistant: Assistant, checked: QuestionSet, tmp_path: Path
) -> None:
    chosen = checked.select(["id=ferry-germans"])
    run = run_questions(chosen.questions, assistant, tmp_path / "run.jsonl")
    row = json.loads(run.path.read_bytes().splitlines()[1])
    assert {"id", "question", "answer", "sentences", "citations", "retrieved", "milliseconds"} <= row.keys()
    record: Record = run.records["ferry-germans"]
    assert record.abstained or (record.citations and all(citation.verbatim for citation in record.citations))


# tables and reports

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \x1b[31m \u202e \udc80 | `x` https://e.example/a"


def hostile_run() -> Run:
    """Two questions, one failed and one right, whose every text would break an unescaped page."""
    question = Question(
        HOSTILE, HOSTILE, "sv", "single", HOSTILE, ((HOSTILE, "x"),), (HOSTILE,),
        (Evidence(HOSTILE, f"{HOSTILE} gold", None, "de", HOSTILE, "2024-01-01"),), (Turn("user", HOSTILE),),
    )
    record = Record(
        HOSTILE, f"{HOSTILE} [1]", False, (JudgedSentence(HOSTILE, (1,), "unsupported"),),
        (CitedQuote(1, HOSTILE, HOSTILE, "partly", False, HOSTILE, HOSTILE),),
        (Hit(HOSTILE, f"Before. {HOSTILE} gold. After.", 1.0),), 12.0, notice=HOSTILE,
    )
    none = Question("none", "Who?", "en", "unanswerable")
    refused = Record("none", "The articles do not tell.", abstained=True, milliseconds=3.0)
    header = Header("answers", "s", "c", {"llm_model": HOSTILE}, {}, {}, (question, none))
    return Run(Path("hostile.jsonl"), header, {HOSTILE: record, "none": refused})


class PageReader(HTMLParser):
    """Collects the elements, classes and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, key, value) for key, value in attrs]


def test_the_page_is_whole_escaped_and_asks_nothing_of_the_network(tmp_path: Path) -> None:
    run = hostile_run()
    write_report(tmp_path / "report.html", run, summarize_run(run))
    page = PageReader((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert page.tags.count("script") == 1 and "img" not in page.tags
    keys = {key for _, key, _ in page.attributes}
    assert not keys & {"src", "href", "srcset", "style"} and not [key for key in keys if key.startswith("on")]
    policy = next(value or "" for tag, key, value in page.attributes if (tag, key) == ("meta", "content"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert page.tags.count("details") == 4 and "mark" in page.tags
    states = [value for _, key, value in page.attributes if key == "data-state"]
    assert states == ["not supported", "correct"]


def test_markdown_and_json_are_escaped_and_whole(tmp_path: Path) -> None:
    run = hostile_run()
    for name in ("report.md", "report.json"):
        write_report(tmp_path / name, run, summarize_run(run))
    markdown = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "\\<script\\>" in markdown and "<script>" not in markdown and "\x1b" not in markdown
    document = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert document["asked"] == 2 and document["slices"]["all"]["correct"]["count"] == 2


def test_slices_are_by_type_language_pair_publisher_and_year() -> None:
    evidence = (Evidence("a", None, None, "de", "The Post", "2024-02-01"),
                Evidence("b", None, None, "sv", "The Post", "2025-02-01"))
    assert slices_of(Question("q", "?", "en", "multi", evidence=evidence)) == [
        "all", "type=multi", "language=en", "pair=en→several", "publisher=The Post", "year=2024", "year=2025"]
    assert slices_of(Question("q", "?", "en", evidence=evidence[:1]))[2] == "pair=en→de"
    assert slices_of(Question("q", "?")) == ["all"]


def test_a_summary_counts_failures_and_names_the_worst_first() -> None:
    summary = summarize_run(hostile_run())
    assert sum(summary.failures.values()) == 1 and summary.worst == (HOSTILE,)
    assert summary.slices["all"]["abstention_recall"].mean == 1.0
    assert summarize_run(hostile_run(), seed=1).slices["all"]["correct"].mean == 0.5


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_the_page_filters_opens_and_closes_in_a_browser(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    run = hostile_run()
    write_report(tmp_path / "report.html", run, summarize_run(run))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        requests: list[str] = []
        problems: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto((tmp_path / "report.html").as_uri())
        page.select_option("[data-filter=state]", "correct")
        assert page.locator("[data-count]").inner_text() == "1 of 2"
        assert page.locator(".question:visible").count() == 1
        page.click("[data-all=open]")
        assert page.locator(".question[open]").count() == 1
        page.click("[data-all=close]")
        page.select_option("[data-filter=state]", "")
        page.fill("[data-search]", "who?")
        assert page.locator(".question:visible").count() == 1
        page.fill("[data-search]", "")
        page.click("[data-outcome='not supported']")
        assert page.locator("[data-count]").inner_text() == "1 of 2"
        page.select_option("[data-filter=state]", "")
        page.locator(".question summary").first.click()
        assert page.locator(".question[open] .inside:visible").count() == 1
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(requests) == 1 and problems == []
        browser.close()


# the commands

@pytest.fixture
def app() -> typer.Typer:
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command()(evaluate)
    commands.command()(compare)
    return commands


def test_evaluate_and_compare_from_the_command_line(
    app: typer.Typer, demo_corpus: Path, tmp_path: Path
) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"floors": {"all": {"hit@5": 0}, "type=single": {"hit@5": 0}}}', encoding="utf-8")
    run, report = tmp_path / "run.jsonl", tmp_path / "out" / "report.html"
    common = ["evaluate", str(questions_file()), "--corpus", str(demo_corpus), "--retrieval-only",
              "--lenient", "--limit", "4", "--run", str(run)]
    result = CliRunner().invoke(app, [*common, "--report", str(report), "--gate", str(floors), "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["asked"] == 4 and all(check["holds"] for check in document["gate"])
    assert report.is_file()
    floors.write_text('{"floors": {"type=conflict": {"hit@5": 0.5}}}', encoding="utf-8")
    result = CliRunner().invoke(app, [*common, "--gate", str(floors), "--trec", str(tmp_path / "trec")])
    assert result.exit_code == 1 and "fell" in result.stdout
    assert len(list((tmp_path / "trec").iterdir())) == 4
    shutil.copy(run, tmp_path / "second.jsonl")
    result = CliRunner().invoke(app, ["compare", str(run), str(tmp_path / "second.jsonl"), "--json"])
    assert result.exit_code == 0 and json.loads(result.stdout)["second"] == "second"


@pytest.mark.parametrize("arguments", [
    ["evaluate", "no-such-set.jsonl"], ["compare", "one.jsonl"], ["compare", "one.jsonl", "two.jsonl"],
    ["evaluate", str(questions_file()), "--report", "report.pdf"],
    ["evaluate", str(questions_file()), "--raise-floors"],
    ["evaluate", str(questions_file()), "--gate", "f.json", "--allow-lower", "it fell"],
    ["evaluate", str(questions_file()), "--only", "colour=red"], ["evaluate", str(DATA / "faulty.jsonl")],
])
def test_wrong_usage_is_a_question_error(app: typer.Typer, demo_corpus: Path, arguments: list[str]) -> None:
    corpus = ["--corpus", str(demo_corpus)] if arguments[0] == "evaluate" else []
    result = CliRunner().invoke(app, [*arguments, *corpus])
    assert isinstance(result.exception, QuestionError) and str(result.exception)
