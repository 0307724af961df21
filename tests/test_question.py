"""Questions: language, follow-ups, and what is no question."""

from __future__ import annotations

import pytest

from assistant.errors import QuestionError
from assistant.question import MAX_QUESTION_CHARS, content_words, understand_question
from assistant.records import Turn


@pytest.mark.parametrize(
    ("question", "language"),
    [("Hur många skadades på färjan?", "sv"), ("Wie viele Menschen wurden verletzt?", "de"),
     ("How many people were injured?", "en"), ("När?", "sv"), ("Und wann?", "de")],
)
def test_language(question: str, language: str) -> None:
    assert understand_question(question).language == language


def test_white_space_and_control_characters_go() -> None:
    assert understand_question(" Who\x00 \n\n won?\u202e ").text == "Who won?"


@pytest.mark.parametrize("question", ["", "  \n", "\x00\x1b"])
def test_nothing_is_no_question(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        understand_question(question)


def test_a_pasted_text_is_no_question() -> None:
    with pytest.raises(QuestionError, match=str(MAX_QUESTION_CHARS)):
        understand_question("x" * 10_000_000)


def test_a_follow_up_carries_the_topic() -> None:
    history = [Turn("user", "Vem leder Norrvattens kommun?"), Turn("assistant", "Bladet: Alva Renström leder den. [1]")]
    query = understand_question("Och när valdes hon?", history)
    assert query.question == "Och när valdes hon?"
    assert {"Norrvattens", "kommun", "Alva", "Renström"} <= set(query.text.split())


def test_a_whole_question_carries_nothing() -> None:
    history = [Turn("user", "Vem leder Norrvattens kommun?"), Turn("assistant", "Alva Renström. [1]")]
    assert understand_question("Wie hoch ist Turm Kaltenfels?", history).text == "Wie hoch ist Turm Kaltenfels?"
    asked = "Wer bezahlt den Hafen von Almskär?"  # "den" refers in Swedish, in German it is an article
    assert understand_question(asked, history).text == asked


def test_content_words_are_what_the_question_is_about() -> None:
    assert content_words("How many people in Port Averley were injured in 2024?") == [
        "people", "Port", "Averley", "injured", "2024"]
