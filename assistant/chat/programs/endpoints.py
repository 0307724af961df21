"""Named Gradio endpoints, for `gradio_client`: /ask, /search, /summarize and /read_article."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import api

from assistant.chat.answering import Answering
from assistant.chat.handlers import name_of
from assistant.chat.programs.replies import answer_question, read_article, search_passages, summarize_topic
from assistant.errors import AssistantError
from ingest.errors import IngestError

DEFAULT_PASSAGES = 8


def add_endpoints(answering: Answering, most_at_once: int) -> None:
    """Register the endpoints with the page being built; errors come back as one readable line."""

    # Gradio reads parameters, their types and the documentation from these functions.
    def ask(question: str, request: gr.Request, quotes_only: bool = False) -> dict[str, Any]:
        """Answer a question from the articles: text with [n] markers, sentences with verdicts, citations.

        Args:
            question: The question, in any language; the answer comes in the same.
            quotes_only: Answer in the articles' own sentences even where a model could write.
        """
        try:
            return answer_question(answering, question, quotes_only, name_of(request), "gradio")
        except (AssistantError, IngestError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    def search(query: str, request: gr.Request, top_k: int = DEFAULT_PASSAGES) -> list[dict[str, Any]]:
        """Find the passages of articles that tell most about a query, best first.

        Args:
            query: What to look for, in any language.
            top_k: How many passages, 1 to 50.
        """
        try:
            return search_passages(answering, query, top_k, name_of(request))
        except (AssistantError, IngestError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    def summarize(topic: str, request: gr.Request) -> dict[str, Any]:
        """Summarise what the articles tell about a topic, each sentence cited, with what was read and what not.

        Args:
            topic: A name, a question or a few words, in any language.
        """
        try:
            return summarize_topic(answering, topic, name_of(request))
        except (AssistantError, IngestError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    def read(article: str) -> dict[str, Any]:
        """Read one whole article, cleaned, with title, publisher, date, language and address.

        Args:
            article: The id or name that a passage or citation gives.
        """
        try:
            return read_article(answering, article)
        except (AssistantError, IngestError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    for name, function in (("ask", ask), ("search", search), ("summarize", summarize), ("read_article", read)):
        api(function, api_name=name, concurrency_limit=most_at_once, concurrency_id="programs")
