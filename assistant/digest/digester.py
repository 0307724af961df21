"""From a topic to a summary or a timeline: find → choose → tell → cite → check, in this order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer.checked import check_draft
from assistant.answer.compose import CiteSpan
from assistant.answer.leaks import show_reply
from assistant.digest.asked_time import asks_only_when, limit_to_time
from assistant.digest.records import Summary, Timeline, TimelineEvent
from assistant.digest.summarize import Length, Point, arrange_points, choose_points
from assistant.digest.timeline import MOST_EVENTS, Happening, choose_events
from assistant.digest.topic import Topic, find_topic, take_articles
from assistant.digest.written import points_as_passages, write_summary
from assistant.errors import EndpointError, QuestionError
from assistant.llm import ChatModel
from assistant.question import Query, understand_question
from assistant.records import EVERYTHING, Citation, Filters, Sentence
from assistant.retrieve import Retriever
from assistant.vectors import RememberedVectors
from assistant.wording import ABSTENTION, BROKEN_OFF, attribution, compared, say
from ingest.corpus import Corpus
from ingest.language import detect_question_language

# A topic of so many words has too few letters to tell its language by them: of 31 topics in three languages 24 are
# told right by their letters, 28 by the articles that have their words.
FEW_WORDS = 5


class Digester:
    """Makes digests of one corpus; safe to use from many threads."""

    def __init__(
        self, corpus: Corpus, retriever: Retriever, sentences: RememberedVectors, similarity: RememberedVectors,
        cite: CiteSpan, model: ChatModel | None,
    ) -> None:
        self._corpus = corpus
        self._retriever = retriever
        self._sentences = sentences
        self._similarity = similarity
        self._cite = cite
        self._model = model

    def summarize(
        self, topic: str | None = None, *, filters: Filters = EVERYTHING, language: str | None = None,
        length: Length = "paragraph", asked_on: date | None = None,
    ) -> Summary:
        """A cited summary of `topic`, or of all articles within `filters`; raises QuestionError when neither is given.

        `language` (ISO 639-1, by default the topic's) is that of our own words and of equally good quotes.
        """
        found = self._find(topic, filters, asked_on)
        told_in = language or _language_of(found, topic)
        points = choose_points(found, told_in, length, self._sentences)
        if not points:
            return Summary(topic, told_in, say(ABSTENTION, told_in), True, found.coverage)
        if self._model is None:
            return self._quote(topic, told_in, found, points)
        return self._write(topic, told_in, found, points, self._model)

    def timeline(
        self, topic: str | None = None, *, filters: Filters = EVERYTHING, language: str | None = None,
        most: int = MOST_EVENTS, asked_on: date | None = None,
    ) -> Timeline:
        """At most `most` dated events of `topic`, or of all articles within `filters`; raises QuestionError."""
        found = self._find(topic, filters, asked_on)
        told_in = language or _language_of(found, topic)
        events, undated = choose_events(found, told_in, self._sentences, most)
        return Timeline(
            topic, told_in, tuple(self._event(event) for event in events),
            tuple(self._cite(1, one.article, one.start, one.end) for one in undated), found.coverage,
        )

    def _find(self, topic: str | None, filters: Filters, asked_on: date | None) -> Topic:
        query = None
        if topic is not None and topic.strip():
            query = understand_question(
                topic, filters=filters, asked_on=asked_on, language=self._language_of_words(topic)
            )
        if query is not None:
            filters = limit_to_time(filters, query)
        if query is not None and (span := asks_only_when(query)):
            filters, query = replace(filters, published_from=span.first, published_to=span.last), None
        restriction = self._retriever.restriction(filters)
        if query is not None:
            return find_topic(self._corpus, query, self._retriever.embed_query(query), restriction)
        if not filters:
            raise QuestionError("nothing to digest: name a topic, or choose articles by a filter")
        return take_articles(self._corpus, restriction)

    def _language_of_words(self, topic: str) -> str | None:
        """The language of a few words, by the articles that have them; None when those do not tell."""
        if len(topic.split()) > FEW_WORDS:
            return None
        return self._corpus.lexical.language_of_words(topic, self._corpus.languages())

    def _quote(
        self, topic: str | None, language: str, found: Topic, points: Sequence[Point], notice: str | None = None
    ) -> Summary:
        """A summary in the articles' own sentences, a paragraph an article, the earliest first."""
        paragraphs: list[str] = []
        sentences: list[Sentence] = []
        citations: list[Citation] = []
        for paragraph in arrange_points(points):
            article = paragraph.sentences[0].article
            head = attribution(article.metadata, article.name, language)
            head = compared(head, language, differs=paragraph.differs, newest=False, voices=1)
            lines: list[str] = []
            for one in paragraph.sentences:
                marker = len(citations) + 1
                text = one.text if lines else f"{head}: {one.text}"
                lines.append(f"{text} [{marker}]")
                sentences.append(Sentence(text, (marker,), "supported"))
                citations.append(self._cite(marker, article, one.start, one.end))
            paragraphs.append(" ".join(lines))
        return Summary(topic, language, "\n\n".join(paragraphs), False, found.coverage, tuple(sentences),
                       tuple(citations), notice)

    def _write(
        self, topic: str | None, language: str, found: Topic, points: Sequence[Point], model: ChatModel
    ) -> Summary:
        """A summary in the model's words, every sentence checked against what it cites."""
        passages = points_as_passages(points)
        try:
            draft = "".join(show_reply(write_summary(topic, language, passages, model), len(passages)))
        except EndpointError as error:
            return self._quote(topic, language, found, points, say(BROKEN_OFF, language).format(reason=error))
        if not draft.strip():
            return self._quote(topic, language, found, points)
        query = found.query or Query(topic or "", topic or "", language)
        text, sentences, spans = check_draft(draft, query, passages, self._similarity)
        citations = tuple(self._cite(span.marker, span.article, span.start, span.end) for span in spans)
        return Summary(topic, language, text, False, found.coverage, tuple(sentences), citations)

    def _event(self, event: Happening) -> TimelineEvent:
        best, occasion = event.sentences[0], event.occasion
        citations = tuple(
            self._cite(marker, one.article, one.start, one.end) for marker, one in enumerate(event.sentences, start=1)
        )
        end = occasion.last.isoformat() if occasion.last != occasion.first else None
        return TimelineEvent(occasion.first.isoformat(), end, occasion.precision, best.text, citations, best.origin,
                             best.words, event.weight)


def _language_of(found: Topic, topic: str | None) -> str:
    """The language a topic is named in; when none was, the one most articles are in, English when there are none."""
    if topic is not None and topic.strip():
        return found.query.language if found.query else detect_question_language(topic)
    counts = Counter(article.language for article in found.articles)
    return counts.most_common(1)[0][0] if counts else "en"
