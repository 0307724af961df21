"""What was retrieved as a ranking of distinct things: articles, or evidence quotes.

Ten passages of one article are one article at its best rank, so that no duplicate can raise a score.
"""

from __future__ import annotations

from assistant.evaluation.records import Question, Record
from assistant.evaluation.words import squash

# A quote that the splitter cut in two is found with its longer half.
LEAST_SHARE = 0.5


def rank_articles(record: Record) -> list[str]:
    """The distinct articles retrieved, by their best passage."""
    return list(dict.fromkeys(hit.article for hit in record.retrieved))


def relevant_articles(question: Question) -> set[str]:
    """The distinct articles named as evidence."""
    return {item.searched_as for item in question.evidence}


def rank_quotes(question: Question, record: Record) -> list[str]:
    """Evidence quotes and other passages by rank; a passage stands for the quotes it is the first to hold.

    Items are `quote:N`, N-th evidence of the question, or `passage:R`, R-th passage retrieved, from 0.
    """
    wanted = {number: item for number, item in enumerate(question.evidence) if item.quote}
    ranking: list[str] = []
    for rank, hit in enumerate(record.retrieved):
        found = [n for n, item in wanted.items() if item.quote and item.searched_as == hit.article
                 and holds_quote(hit.passage, item.quote)]
        ranking.extend(f"quote:{number}" for number in found)
        if not found:
            ranking.append(f"passage:{rank}")
        for number in found:
            del wanted[number]
    return ranking


def relevant_quotes(question: Question) -> set[str]:
    """The items of `rank_quotes` that are evidence."""
    return {f"quote:{number}" for number, item in enumerate(question.evidence) if item.quote}


def holds_quote(passage: str, quote: str) -> bool:
    """Whether a passage holds a quote or at least half of one that runs over its border, spaces aside."""
    text, wanted = squash(passage), squash(quote)
    if not text or not wanted:
        return False
    if wanted in text:
        return True
    least = max(1, int(len(wanted) * LEAST_SHARE))
    if text in wanted:
        return len(text) >= least
    head, tail = wanted[:least], wanted[-least:]
    return _runs_on(text, wanted, head) or _runs_up(text, wanted, tail)


def _runs_on(text: str, wanted: str, head: str) -> bool:
    """Whether the text ends with a beginning of the quote that is at least `head`."""
    place = text.rfind(head)
    return place >= 0 and wanted.startswith(text[place:])


def _runs_up(text: str, wanted: str, tail: str) -> bool:
    """Whether the text starts with an ending of the quote that is at least `tail`."""
    place = text.find(tail)
    return place >= 0 and wanted.endswith(text[: place + len(tail)])
