"""Summaries and timelines as HTML, each sentence and each day with its sources below."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.show.answer_html import render_answer
from assistant.chat.show.escape import escape, lang
from assistant.chat.show.web_page import render_source
from assistant.chat.texts import TEXTS
from assistant.digest.export import spoken_days
from assistant.digest.records import Summary, Timeline
from assistant.records import Answer, Citation

# The sources of a digest are numbered apart from those of the conversation, whose turns begin at 1.
TURN = 0


def render_summary(summary: Summary, interface: str) -> str:
    """The text with links to its sources, and how much was read for it."""
    answer = Answer(summary.topic or "", summary.language, summary.text, summary.abstained, summary.sentences,
                    summary.citations, notice=summary.notice)
    notice = f'<p class="trouble">{escape(summary.notice)}</p>' if summary.notice else ""
    sources = "".join(render_source(one, None, interface, TURN) for one in summary.citations)
    head = f'<h3>{escape(TEXTS[interface]["sources"])}</h3><ol class="sources">{sources}</ol>' if sources else ""
    told = escape(summary.coverage.tell(summary.language))
    return (f'<div class="answer digest">{notice}{render_answer(answer, TURN, interface, linked=True)}'
            f'<p class="hint"{lang(summary.language)}>{told}</p>{head}</div>')


def render_timeline(timeline: Timeline, interface: str) -> str:
    """A row for each event, in order of their days, then what no day is told for."""
    rows = "".join(_row(spoken_days(event, interface), event.citations, interface) for event in timeline.events)
    if timeline.undated:
        rows += _row(TEXTS[interface]["undated"], timeline.undated, interface)
    told = escape(timeline.coverage.tell(timeline.language))
    return (f'<div class="answer digest"><ol class="events">{rows}</ol>'
            f'<p class="hint"{lang(timeline.language)}>{told}</p></div>')


def _row(head: str, citations: Sequence[Citation], interface: str) -> str:
    sources = "".join(render_source(one, None, interface, TURN) for one in citations)
    return f'<li><strong>{escape(head)}</strong><ol class="sources">{sources}</ol></li>'
