"""What the page's script asks of the server about one answer: read, judge, collect, save as a page."""

from __future__ import annotations

from pathlib import Path

from assistant.chat.conversation import Exchange
from assistant.chat.feedback import collect_question, keep_judgement
from assistant.chat.handlers import Chat
from assistant.chat.keeping import Keeper, KeptError
from assistant.chat.show.web_page import render_web_page
from assistant.chat.show.whole_article import render_article
from assistant.chat.texts import TEXTS
from assistant.errors import AssistantError
from assistant.records import Answer
from ingest.errors import IngestError


class AnswerFunctions:
    """Each takes a list from the page, which is not to be trusted, and returns text; "" for what makes no sense."""

    def __init__(self, chat: Chat, keeper: Keeper, folder: Path) -> None:
        self._chat = chat
        self._keeper = keeper
        self._folder = folder

    def read_article(self, wanted: object) -> str:
        """A whole article as HTML: [article id, start, end, interface]."""
        match wanted:
            case [str(article_id), int(start), int(end), str(interface)] if interface in TEXTS:
                try:
                    corpus = self._chat.library.assistant().corpus
                except (AssistantError, IngestError):
                    return render_article(None, (), 0, 0, interface)
                lines = corpus.catalogue.lines(article_id)
                return render_article(corpus.article(article_id), lines, start, end, interface)
        return ""

    def judge(self, wanted: object) -> str:
        """Note a judgement: [kept answer, judgement, interface]; a line to show."""
        match wanted:
            case [str(kept), str(judgement), str(interface)] if interface in TEXTS:
                try:
                    keep_judgement(self._folder, judgement, kept, *self._open(kept))
                except (KeptError, ValueError, OSError) as error:
                    return TEXTS[interface]["unwritable"].format(reason=error)
                return TEXTS[interface]["judged"]
        return ""

    def collect(self, wanted: object) -> str:
        """Make the answer a row of the question set: [kept answer, interface]; a line to show."""
        match wanted:
            case [str(kept), str(interface)] if interface in TEXTS:
                try:
                    path, added = collect_question(self._folder, *self._open(kept))
                except (KeptError, OSError) as error:
                    return TEXTS[interface]["unwritable"].format(reason=error)
                return TEXTS[interface]["collected" if added else "collected_before"].format(path=path)
        return ""

    def web_page(self, wanted: object) -> str:
        """The answer as a page of its own: [kept answer, interface]."""
        match wanted:
            case [str(kept), str(interface)] if interface in TEXTS:
                try:
                    question, answer = self._open(kept)
                except KeptError:
                    return ""
                return render_web_page(Exchange(question, answer), answer, interface)
        return ""

    def _open(self, kept: str) -> tuple[str, Answer]:
        return self._keeper.open(kept, self._chat.finder())
