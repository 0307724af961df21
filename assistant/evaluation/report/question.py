"""One question of the report: its answer, what was expected, what was retrieved, and every score."""

from __future__ import annotations

from assistant.evaluation.display import number
from assistant.evaluation.metrics import find_metric
from assistant.evaluation.metrics.citations import is_gold
from assistant.evaluation.metrics.outcome import FAILURES, RIGHT
from assistant.evaluation.metrics.ranking import holds_quote
from assistant.evaluation.records import Hit, Question
from assistant.evaluation.report.marks import mark_markers, mark_quotes, text
from assistant.evaluation.summary import Scored, slices_of
from assistant.evaluation.words import contains, fold, strip_markers

VERDICTS = {"supported": "✓ supported", "partly": "~ partly supported", "unsupported": "✗ not supported"}


def render_question(item: Scored) -> str:
    """A closed `<details>`; its data attributes are what the page filters by."""
    question, state = item.question, item.failure or RIGHT
    slices = dict(name.partition("=")[::2] for name in slices_of(question) if "=" in name)
    data = {"type": question.type, "language": question.language, "pair": slices.get("pair"), "state": state}
    attributes = "".join(f' data-{key}="{text(value or "")}"' for key, value in data.items())
    named = (value for value in (question.type, slices.get("pair")) if value)
    badges = " ".join(f'<span class="badge">{text(value)}</span>' for value in named)
    mark = f'<span class="state {"bad" if item.failure else "good"}">{text(state)}</span>'
    told = [_reason(item), _history(question), _answer(item), _expected(item)]
    inside = [*told, _retrieved(item), _scores(item)]
    return (f'<details class="question"{attributes}><summary>{mark} {badges} <b>{text(question.question)}</b>'
            f' <code>{text(question.id)}</code></summary><div class="inside">'
            f'{"".join(inside)}</div></details>')


def _reason(item: Scored) -> str:
    told = [FAILURES[item.failure]] if item.failure else []
    told += [note for note in (item.record.error, item.record.notice) if note]
    return "".join(f'<p class="why">{text(note)}</p>' for note in told)


def _history(question: Question) -> str:
    turns = "".join(f"<li>{text(turn.role)}: {text(turn.content)}</li>" for turn in question.history)
    asked = f"<p>Asked on {text(question.asked_on)}</p>" if question.asked_on else ""
    return (f"<h4>Before</h4><ul>{turns}</ul>" if turns else "") + asked


def _answer(item: Scored) -> str:
    record = item.record
    if record.answer is None:
        return ""
    shown = "".join(
        f'<p class="{sentence.verdict if sentence.verdict in VERDICTS else ""}">{mark_markers(sentence.text)}'
        f" {''.join(f'<sup class=marker>[{int(n)}]</sup>' for n in sentence.citations)}</p>"
        for sentence in record.sentences
    ) or f"<p>{mark_markers(record.answer)}</p>"
    cited = "".join(
        f'<li value="{int(c.marker)}"><q>{text(c.quote)}</q>{_gold_badge(is_gold(c, item.question))}'
        f" <small>{text(c.publisher or c.title or '')} {text(c.published_at or '')} · {text(c.article)} ·"
        f" {VERDICTS.get(c.verdict, '')}{' · not verbatim' if c.verbatim is False else ''}</small></li>"
        for c in record.citations
    )
    return f"<h4>Answer</h4>{shown}" + (f"<ol>{cited}</ol>" if cited else "")


def _expected(item: Scored) -> str:
    question, answer = item.question, fold(strip_markers(item.record.answer or ""))
    gold, parts = f"<p>{text(question.answer)}</p>" if question.answer else "", []
    if item.record.answer is not None:
        for group in question.must_include:
            met = any(contains(answer, fold(option)) for option in group)
            parts.append(f"<li>{'✓' if met else '✗'} must say {text(' or '.join(group))}</li>")
        for phrase in question.must_not_include:
            said = contains(answer, fold(phrase))
            parts.append(f"<li>{'✗' if said else '✓'} must not say {text(phrase)}</li>")
    parts += [
        f"<li><q>{text(e.quote or '')}</q> <small>{text(e.article)}</small></li>" for e in question.evidence
    ]
    listed = f"<ul>{''.join(parts)}</ul>" if parts else ""
    return f"<h4>Expected</h4>{gold}{listed}" if gold or listed else ""


def _retrieved(item: Scored) -> str:
    hits = "".join(_hit(hit, item.question) for hit in item.record.retrieved)
    return f'<h4>Retrieved</h4><ol class="retrieved">{hits}</ol>' if hits else ""


def _scores(item: Scored) -> str:
    cells = []
    for name, value in item.scores.items():
        metric = find_metric(name)
        if value is not None and metric:
            cells.append(f"<div><dt>{text(name)}</dt><dd>{number(value, metric.unit)}</dd></div>")
    return f"<h4>Scores</h4><dl>{''.join(cells)}</dl>"


def _hit(hit: Hit, question: Question) -> str:
    quotes = [e.quote for e in question.evidence if e.searched_as == hit.article]
    gold = any(quote is None or holds_quote(hit.passage, quote) for quote in quotes)
    return (f"<li>{_gold_badge(gold)}<small>{text(hit.article)} · {hit.score:.3f}</small><br>"
            f"{mark_quotes(hit.passage, [quote for quote in quotes if quote])}</li>")


def _gold_badge(gold: bool) -> str:
    return ' <span class="gold">evidence</span> ' if gold else ""
