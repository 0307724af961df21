"""Follow-ups made to stand alone by a model over a real socket: one call, believed only as far as the turns go."""

from __future__ import annotations

from datetime import date

import pytest
from fake_endpoint import Script, fake_endpoint

from assistant.follow_up import believe, restate
from assistant.llm import ChatModel
from assistant.question import understand_question
from assistant.records import Turn
from assistant.scope import Span
from assistant.settings import Settings

HISTORY = (
    Turn("user", "What did the council of Lomvik decide about the ferry pier in March 2024?"),
    Turn("assistant", "It was to be repaired for 4.2 million, said Ansa Rolvik [1]."),
)
ASKED = "And who pays for it?"
WHOLE = "Who pays for repairing the ferry pier of Lomvik?"


def ask(script: Script, question: str = ASKED, history: tuple[Turn, ...] = HISTORY) -> str | None:
    with fake_endpoint(script) as url:
        return restate(question, history, ChatModel(Settings(base_url=url)))[0]


def test_a_follow_up_is_searched_as_the_model_restates_it() -> None:
    script = Script(pieces=["Who pays for repairing ", "the ferry pier of Lomvik?\n"])
    restated = ask(script)
    assert restated == WHOLE
    assert len(script.requests) == 1
    sent = script.requests[0]["body"]["messages"][-1]["content"]
    assert ASKED in sent
    assert "assistant: It was to be repaired" in sent
    query = understand_question(ASKED, HISTORY, restated=restated)
    assert (query.question, query.text) == (ASKED, WHOLE)


def test_a_time_the_model_puts_in_counts() -> None:
    query = understand_question(
        "And what did it cost?", HISTORY, asked_on=date(2024, 6, 1), restated="What did the pier cost in March 2024?"
    )
    assert query.scope == (Span(date(2024, 3, 1), date(2024, 3, 31)),)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        (ASKED, ()),
        ("Who is mayor of Wendelshafen in the north?", HISTORY),
        ("Wer bezahlt den Hafen von Almskär?", HISTORY),
    ],
)
def test_what_stands_alone_costs_no_call(question: str, history: tuple[Turn, ...]) -> None:
    script = Script(pieces=["Nonsense?"])
    assert ask(script, question, history) is None
    assert not script.requests


@pytest.mark.parametrize("script", [Script(status=400), Script(pieces=["Who", " pays"], break_after=1)])
def test_when_the_model_fails_words_are_carried(script: Script) -> None:
    restated = ask(script)
    assert restated is None
    assert len(script.requests) == 1
    assert "Lomvik" in understand_question(ASKED, HISTORY, restated=restated).text


def test_what_it_took_is_told() -> None:
    with fake_endpoint(Script(pieces=[WHOLE], usage=(100, 12))) as url:
        _, usage = restate(ASKED, HISTORY, ChatModel(Settings(base_url=url)))
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (100, 12)


SAID = [ASKED, *(turn.content for turn in HISTORY)]


@pytest.mark.parametrize(
    ("written", "believed"),
    [
        (WHOLE, WHOLE),
        (f"Question: {WHOLE}", WHOLE),
        (f'  "{WHOLE}"  ', WHOLE),
        ("Who pays for Rolvik's ferry pier?", "Who pays for Rolvik's ferry pier?"),
        ("Does the 4.2 million come from Lomvik?", "Does the 4.2 million come from Lomvik?"),
        ("Who pays for the bridge of Wendelshafen?", None),
        ("Wendelshafen?", None),
        ("Who pays the 5.1 million?", None),
        ("The state pays.\nWho pays for it?", None),
        ("", None),
        (" \n ", None),
        ("who pays " * 200, None),
    ],
)
def test_only_what_was_said_is_believed(written: str, believed: str | None) -> None:
    assert believe(written, SAID) == believed
