"""Language of articles and of short questions, without any download."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.language import LANGUAGES, detect_language, detect_question_language

QUESTIONS = {
    "sv": ("När?", "Och sedan?", "Vem sa det?", "Är det sant?", "Sammanfatta",
           "Hur många röstade för förslaget?", "Vad skriver tidningarna om kärnkraft?"),
    "de": ("Und wann?", "Wann?", "Warum?", "Stimmt das?", "Mehr dazu", "Wer ist der neue Kanzler?",
           "Was kostet der Strom jetzt?"),
    "en": ("When?", "And then?", "Who said that?", "Is it true?", "Tell me more", "How high is the key rate?",
           "Why is the plant closing?"),
    "da": ("Hvornår åbner broen?", "Hvem vandt valget?"),
    "no": ("Hva sier regjeringen om Nato?",),
    "fr": ("Qui a gagné l'élection ?",),
    "pl": ("Kto wygrał wybory?",),
    "uk": ("Хто переміг на виборах?",),
}  # fmt: skip
PAIRS = [(question, language) for language, questions in QUESTIONS.items() for question in questions]


@pytest.mark.parametrize(("question", "language"), PAIRS)
def test_question_language(question: str, language: str) -> None:
    assert detect_question_language(question) == language


def test_article_language() -> None:
    assert (
        detect_language("Kommunen har beslutat att bygga en ny bro över ån, skriver lokaltidningen.") == "sv"
    )
    assert detect_language("Die Gemeinde hat beschlossen, eine neue Brücke über den Fluss zu bauen.") == "de"
    assert detect_language("The council has decided to build a new bridge across the river.") == "en"


def test_text_without_readable_letters_has_no_language() -> None:
    assert detect_language("12 345 … 67 %") == "und"
    assert detect_language("", default="sv") == "sv"
    assert detect_language("新しい橋が川に架けられる。", default="en") == "en"
    assert detect_question_language("???") == "und"


def test_candidates_restrict_the_answer() -> None:
    assert detect_question_language("Hvem vandt valget?", ("sv", "de", "en")) in {"sv", "de", "en"}
    assert detect_question_language("När?", ()) == "und"
    assert detect_question_language("När?", ("xx",)) == "xx"


def test_threads_agree() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(detect_question_language, ["Wann wird die Brücke gebaut?"] * 64))
    assert answers == {"de"}


def test_hostile_text_is_survived() -> None:
    assert detect_language("\ud800\x00" * 100) == "und"
    assert detect_language("a" * 1_000_000) in LANGUAGES
