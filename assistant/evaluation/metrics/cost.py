"""What an answer takes: time, tokens and money. None where no model was called or no price is known."""

from __future__ import annotations

from assistant.evaluation.records import Question, Record

# The sign for any currency: prices are in that of the settings, which nobody names.
CURRENCY = "¤"


def latency_ms(question: Question, record: Record) -> float | None:
    """Wall-clock milliseconds from question to answer, as measured by the run."""
    return record.milliseconds


def prompt_tokens(question: Question, record: Record) -> float | None:
    """Tokens the model read, as its endpoint counts them, else estimated."""
    return None if record.usage is None else float(record.usage.prompt_tokens)


def completion_tokens(question: Question, record: Record) -> float | None:
    """Tokens the model wrote, as its endpoint counts them, else estimated."""
    return None if record.usage is None else float(record.usage.completion_tokens)


def cost(question: Question, record: Record) -> float | None:
    """The price of those tokens, in the currency of the settings' prices."""
    return None if record.usage is None else record.usage.cost
