"""What an answer was found in: every passage of the search, and for a question in parts what each part finds."""

from __future__ import annotations

import json
from pathlib import Path

from assistant import Assistant
from assistant.demo import questions_file
from assistant.question import question_parts, understand_question

QUESTIONS = [json.loads(line) for line in questions_file().read_text(encoding="utf-8").splitlines()]


def test_an_answer_reads_all_that_a_search_finds(demo_corpus: Path) -> None:
    single = [row["question"] for row in QUESTIONS if row["type"] == "single"][:15]
    assistant = Assistant.open(demo_corpus)
    captions = 0
    for question in single:
        if question_parts(understand_question(question)):
            continue
        found = [hit.passage.id for hit in assistant.search(question)]
        captions += sum(hit.passage.end == 0 for hit in assistant.search(question))
        assert [hit.passage.id for hit in assistant.ask(question).retrieved] == found
    assert captions, "captions, which stand at no place of the text, are among them"
    assistant.close()


def test_a_question_in_parts_reads_what_each_part_finds(demo_corpus: Path) -> None:
    assistant = Assistant.open(demo_corpus)
    compound = [row["question"] for row in QUESTIONS if question_parts(understand_question(row["question"]))]
    assert compound
    for question in compound:
        read = assistant.ask(question).retrieved
        assert len({hit.passage.id for hit in read}) == len(read)
        for part in question_parts(understand_question(question)):
            first = assistant.search_embedded(part, assistant.embed_queries([part])[0])[0]
            assert any(  # two passages side by side may have been made one
                hit.article.id == first.article.id and hit.passage.start < first.passage.end
                and first.passage.start < hit.passage.end for hit in read
            ), (question, part.question)
    assistant.close()
