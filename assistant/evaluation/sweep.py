"""One question set asked under several settings, each against the first: which value serves best?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation.compare import Comparison, Difference, compare_runs
from assistant.evaluation.display import main_metrics
from assistant.evaluation.estimates import Estimate
from assistant.evaluation.run_file import Run
from assistant.evaluation.summary import ALL, Summary, summarize_run
from assistant.settings import Settings

# What is read anew for every question, and the corpus, which has the rest of the settings built in.
VARIED = ("top_k", "llm_model", "corpus")
LATENCY = "latency_ms"

Variant = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Swept:
    """The run of one variant, its numbers, and its comparison with the first variant's (None for that)."""

    name: str
    run: Run
    summary: Summary
    comparison: Comparison | None

    def estimate(self, metric: str) -> Estimate | None:
        """The estimate of a metric over all questions."""
        return self.summary.slices[ALL].get(metric)

    def difference(self, metric: str) -> Difference | None:
        """The difference of a metric to the first variant's."""
        if self.comparison is None:
            return None
        return next((d for d in self.comparison.differences if d.metric == metric), None)

    def to_json(self) -> dict[str, Any]:
        """The variant with all its estimates and its comparison with the first."""
        estimates = {metric: asdict(estimate) for metric, estimate in self.summary.slices[ALL].items()}
        compared = self.comparison.to_json() if self.comparison else None
        return {"variant": self.name, "metrics": estimates, "against_first": compared}


def parse_variants(texts: Sequence[str], settings: Settings, *, retrieval_only: bool) -> list[Variant]:
    """Every combination of `field=value,value` texts; raises QuestionError for what cannot be varied."""
    varied: dict[str, list[Any]] = {}
    for text in texts:
        key, _, given = text.partition("=")
        values = list(dict.fromkeys(value.strip() for value in given.split(",") if value.strip()))
        if key not in VARIED:
            raise QuestionError(f"--vary {key} is not possible, only {', '.join(VARIED)}: for what is built into"
                                " a corpus, such as embeddings, make a corpus for each and vary that")
        if not values or key in varied:
            raise QuestionError(f"--vary {text} is not understood: write each field once, as {key}=FIRST,SECOND")
        if key == "llm_model" and (retrieval_only or not settings.has_model):
            raise QuestionError("--vary llm_model needs answers by a model: set OPENAI_BASE_URL or OPENAI_API_KEY")
        varied[key] = [READ.get(key, str)(value) for value in values]
    return [dict(zip(varied, values, strict=True)) for values in product(*varied.values())]


def name_variant(variant: Variant) -> str:
    """`top_k=4 llm_model=small`."""
    return " ".join(f"{key}={value}" for key, value in variant.items())


def sweep_variants(variants: Iterable[Variant], ask: Callable[[Variant], Run]) -> list[Swept]:
    """Ask each variant in turn and hold it against the first."""
    swept: list[Swept] = []
    for variant in variants:
        run = ask(variant)
        comparison = compare_runs(swept[0].run, run) if swept else None
        swept.append(Swept(name_variant(variant), run, summarize_run(run), comparison))
    return swept


def sweep_metrics(swept: Sequence[Swept]) -> list[str]:
    """The metrics a sweep shows: the main ones, and the time."""
    return [*main_metrics(swept[0].summary), LATENCY]


def _top_k(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 100:
        raise QuestionError(f"--vary top_k={value} is no number from 1 to 100")
    return int(value)


READ: Mapping[str, Callable[[str], Any]] = {"top_k": _top_k, "corpus": Path}
