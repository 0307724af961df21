"""Accounts, limits, the journal, kept answers, feedback, and stopping: what the chat needs beside its page."""

from __future__ import annotations

import base64
import json
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.chat.answering import Answering, Asked, Flow
from assistant.chat.app import forget_page
from assistant.chat.conversation import Conversation, Exchange
from assistant.chat.feedback import collect_question, keep_judgement, question_row
from assistant.chat.keeping import Keeper, KeptError
from assistant.chat.narrowing import ANYTHING, AS_ASKED, QUOTES, read_controls
from assistant.chat.serve.accounts import WRONG_A_MINUTE, Accounts, add_user
from assistant.chat.serve.journal import Journal
from assistant.chat.serve.limits import Limits, TooManyQuestionsError
from assistant.chat.shelf import Library
from assistant.errors import AssistantError, SettingsError
from assistant.evaluation.questions import load_questions
from assistant.records import Answer, Citation, Delta, Sentence
from assistant.settings import Settings
from ingest.article import Article, Metadata, Passage, ScoredPassage

ARTICLE = Article("mill.txt", "The old mill burned down on Friday. Nobody was hurt.", "en", Metadata(title="Fire"))
QUOTE = "Nobody was hurt."
ANSWER = Answer(
    "Was anybody hurt?", "en", f"Nobody was hurt. [1] {chr(0xD800)}", False,
    (Sentence("Nobody was hurt.", (1,), "supported"),),
    (Citation(1, "mill.txt", ARTICLE.id, "Fire", "The Post", "2024-02-03", "en", QUOTE, 36, 52,
              also_published_by=("Other Post",)),),
    (ScoredPassage(Passage(ARTICLE.id, 0, 52, ARTICLE.text), ARTICLE, 1.0),), notice="Please note this.",
)


def find(article_id: str) -> Article | None:
    return ARTICLE if article_id == ARTICLE.id else None


def test_a_kept_answer_comes_back_whole(tmp_path: Path) -> None:
    folder = tmp_path / "chat"
    question, answer = Keeper(folder).open(Keeper(folder).seal(ANSWER.question, ANSWER), find)
    assert (question, answer.text, answer.citations, answer.sentences, answer.notice) == (
        ANSWER.question, ANSWER.text, ANSWER.citations, ANSWER.sentences, ANSWER.notice)
    assert answer.retrieved[0].passage == ANSWER.retrieved[0].passage
    assert stat.S_IMODE((folder / "seal.key").stat().st_mode) == 0o600


def test_a_forged_or_foreign_answer_is_refused(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "one")
    kept = keeper.seal(ANSWER.question, ANSWER)
    body, _, seal = kept.partition(".")
    foreign = Keeper(tmp_path / "two").seal(ANSWER.question, ANSWER)
    swapped = body[:-4] + ("AAAA" if body[-4:] != "AAAA" else "BBBB")
    for wrong in (foreign, f"{swapped}.{seal}", body, f"{body}.", "", ".", "a" * 300_000, 7, None, "å.ß"):
        with pytest.raises(KeptError):
            keeper.open(wrong, find)


def test_an_answer_is_kept_without_a_place_for_its_key(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "no" / "such" / "corpus" / "chat")
    assert keeper.open(keeper.seal("q", ANSWER), find)[0] == "q"
    assert not (tmp_path / "no").exists()


def test_an_answer_becomes_a_row_of_a_question_set(tmp_path: Path) -> None:
    path, added = collect_question(tmp_path, ANSWER.question, ANSWER)
    assert added and not collect_question(tmp_path, ANSWER.question, ANSWER)[1]
    loaded = load_questions(path)
    assert not loaded.faults
    assert loaded.questions[0].evidence[0].quote == QUOTE
    told = Answer("Who?", "en", "The articles don't tell.", True)
    assert question_row("Who?", told)["type"] == "unanswerable"


def test_a_judgement_is_kept_with_its_answer(tmp_path: Path) -> None:
    keep_judgement(tmp_path, "wrong_source", "kept", ANSWER.question, ANSWER)
    row = json.loads((tmp_path / "judgements.jsonl").read_text(encoding="utf-8"))
    assert (row["judgement"], row["question"]) == ("wrong_source", ANSWER.question)
    assert row["citations"][0]["quote"] == QUOTE
    with pytest.raises(ValueError, match="no judgement"):
        keep_judgement(tmp_path, "<script>", "kept", ANSWER.question, ANSWER)


def test_accounts_are_hashed_checked_and_changed(tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "ida", "correct horse")
    assert "correct" not in path.read_text() and stat.S_IMODE(path.stat().st_mode) == 0o600
    accounts = Accounts(path)
    assert accounts.check("ida", "correct horse") and accounts.check("ida", "correct horse")
    assert not accounts.check("ida", "wrong horse") and not accounts.check("nobody", "correct horse")
    basic = base64.b64encode(b"ida:correct horse").decode()
    assert accounts.check_header(f"Basic {basic}") == accounts.check_header("Bearer ida:correct horse") == "ida"
    for header in ("", "Basic ???", "Bearer ida", "Digest ida:correct horse", f"Basic {basic[:-4]}"):
        assert accounts.check_header(header) is None
    add_user(path, "ida", "another horse")
    assert accounts.check("ida", "another horse") and not accounts.check("ida", "correct horse")


def test_guessing_a_password_is_slowed_down(tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "ida", "correct horse")
    accounts = Accounts(path, lambda: 0.0)
    for _ in range(WRONG_A_MINUTE):
        assert not accounts.check("ida", "guess")
    assert not accounts.check("ida", "correct horse")


@pytest.mark.parametrize(("name", "password"), [("a b", "long enough"), ("", "long enough"), ("ida", "short"),
                                                ("a:b", "long enough"), ("a\nb", "long enough")])
def test_an_unusable_account_is_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(SettingsError):
        add_user(tmp_path / "users", name, password)


def test_a_broken_or_missing_file_of_accounts_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--add-user"):
        Accounts(tmp_path / "users")
    (tmp_path / "users").write_text("ida:plain password\n")
    with pytest.raises(SettingsError, match="line 1"):
        Accounts(tmp_path / "users")


def test_each_person_has_their_own_limit() -> None:
    now = [0.0]
    limits = Limits(2, lambda: now[0])
    for name in ("ida", "ida", "bo"):
        limits.take(name)
    with pytest.raises(TooManyQuestionsError, match="30 s"):
        limits.take("ida")
    limits.take("bo")
    now[0] = 31.0
    limits.take("ida")
    with pytest.raises(TooManyQuestionsError):
        limits.take("ida")


def test_the_journal_holds_questions_only_when_asked_to(tmp_path: Path) -> None:
    Journal(tmp_path / "quiet").write("answer", {"milliseconds": 5}, "Who was hurt?")
    Journal(tmp_path / "loud", questions=True).write("answer", {"milliseconds": 5}, "Who was hurt?")
    assert "hurt" not in (tmp_path / "quiet").read_text()
    assert json.loads((tmp_path / "loud").read_text())["question"] == "Who was hurt?"
    with pytest.raises(SettingsError, match="--log"):
        Journal(tmp_path / "no" / "such" / "folder")


def test_the_controls_become_filters() -> None:
    wanted = read_controls(["sv"], ["The Post"], "2024-02-01", " ", QUOTES, "de", "short", "en")
    assert wanted.quotes_only and wanted.filters.languages == ("sv",) and wanted.filters.publishers == ("The Post",)
    assert (wanted.language, wanted.length) == ("de", "short")
    anything = read_controls([], [], None, None, None, AS_ASKED, "endless", "en")
    assert anything == ANYTHING
    assert wanted.filters.published_to is None and str(wanted.filters.published_from) == "2024-02-01"
    with pytest.raises(SettingsError, match="yesterday"):
        read_controls([], [], "yesterday", None, None, None, None, "en")


def test_a_flow_ends_when_it_is_halted() -> None:
    flow = Flow()
    flow.put(Delta("one"))
    events = iter(flow)
    assert next(events) == Delta("one")
    threading.Timer(0.05, flow.halt).start()
    assert next(events, None) is None
    flow.put(AssistantError("too late"))
    assert list(flow) == []


def test_a_flow_tells_of_a_pause_once() -> None:
    flow = Flow()
    events = flow.paced(0.02)
    threading.Timer(0.05, flow.put, [Delta("one")]).start()
    assert next(events) == Delta("one")  # nothing had come before it: no pause to tell of
    assert next(events) is None
    threading.Timer(0.1, flow.put, [Delta("two")]).start()
    assert next(events) == Delta("two")
    flow.put(None)
    assert list(events) == []


def test_a_run_that_is_left_draws_nothing_more() -> None:
    conversation = Conversation()
    run = conversation.begin("Who?")
    run.flow, run.draft = Flow(), "Somebody"

    def draw() -> None:
        for _ in run.flow or ():
            pass
        run.over.set()

    thread = threading.Thread(target=draw)
    thread.start()
    conversation.leave()
    thread.join()
    assert run.dropped and run.over.is_set() and conversation.run is None
    assert conversation.exchanges[0].draft == "Somebody"


def test_a_closed_page_leaves_its_conversation_alone() -> None:
    tab, other = (SimpleNamespace(config_values={3: "<p>long</p>"}, state_data={1: Conversation()}) for _ in "ab")
    page = SimpleNamespace(state_holder=SimpleNamespace(session_data={"tab": tab, "other": other}))
    tab.state_data[1].past = tab.state_data[1].panel = "<p>long</p>"
    tab.state_data[1].add(Exchange("Who?", error="nobody"))
    forget_page(page, "tab")
    forget_page(page, "nobody's")
    assert not tab.config_values and tab.state_data[1].exchanges and other.config_values
    assert tab.state_data[1].past == tab.state_data[1].panel == ""


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Answering]:
    chat = Answering(Library(Settings(corpus=tmp_path / "none")), Limits(3))
    yield chat
    chat.close(1.0)


def test_what_cannot_be_answered_is_raised_where_it_is_read(answering: Answering) -> None:
    with pytest.raises(Exception, match="no corpus"):
        list(answering.start(Asked("Who?")))
    assert answering.running == 0
    answering.close(0.0)
    with pytest.raises(AssistantError, match="ended"):
        answering.start(Asked("Who?"))
