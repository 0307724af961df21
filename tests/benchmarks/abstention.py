"""Does the assistant know when the articles don't tell? Fits and checks assistant/abstain.py.

Half of the stories are ingested. Questions about them are answerable, questions about the other half
are not. Prints the features' logistic regression (5 folds by story) and the shares of wrong and of
right abstentions by language with the weights in the code.

    python tests/benchmarks/abstention.py --data ../shared/data/xling --questions 600
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path

import numpy as np

from assistant.abstain import THRESHOLD, WEIGHTS, answer_features, answer_likelihood
from assistant.answer.extractive import choose_quotes
from assistant.answer.focus import focus_of
from assistant.question import understand_question
from assistant.retrieve import Retriever
from assistant.vectors import remember_sentences
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/xling"))
    parser.add_argument("--questions", type=int, default=600)
    arguments = parser.parse_args()
    rows = collect(arguments.data, arguments.questions)
    report("weights in the code", rows, predict_with_code(rows))
    report("fitted, 5 folds by story", rows, fit_folds(rows))
    weights, bias = fit(rows)
    print("fitted on all:", {name: round(value, 2) for name, value in weights.items()}, "bias", round(bias, 2))


def collect(data: Path, limit: int) -> list[dict]:
    """Features of each question, its language, its story and whether it can be answered."""
    articles = [json.loads(line) for line in (data / "articles.jsonl").open(encoding="utf-8")]
    questions = [json.loads(line) for line in (data / "questions.jsonl").open(encoding="utf-8")]
    stories = sorted({story_of(article["id"]) for article in articles})
    random.Random(7).shuffle(stories)
    present = set(stories[::2])
    embedder = open_embedder("local")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        kept = [json.dumps(article) for article in articles if story_of(article["id"]) in present]
        source = Path(folder) / "articles.jsonl"
        source.write_text("\n".join(kept), encoding="utf-8")
        corpus = open_corpus_for_writing(Path(folder) / "corpus", embedder, "local")
        ingest_articles([source], corpus, embedder)
        retriever, sentences = Retriever(corpus, embedder), remember_sentences(embedder)
        for question in random.Random(3).sample(questions, min(limit, len(questions))):
            query = understand_question(question["question"])
            vector = retriever.embed_query(query)
            passages = retriever.retrieve(query, vector, 8)
            background = retriever.background(vector, passages, query.language)
            focus = embedder.embed_query(focus_of(query, passages[0].article)) if passages else None
            quotes = choose_quotes(query, vector, passages, sentences, background, focus=focus)
            story = story_of(question["evidence"][0]["article"])
            rows.append({
                "features": answer_features(query, quotes, passages),
                "language": question["language"], "story": story, "answerable": story in present,
            })
    return rows


def story_of(article: str) -> str:
    return article.split("p")[0]


def predict_with_code(rows: list[dict]) -> np.ndarray:
    return np.array([answer_likelihood(row["features"]) for row in rows])


def fit_folds(rows: list[dict]) -> np.ndarray:
    stories = sorted({row["story"] for row in rows})
    predicted = np.zeros(len(rows))
    for fold in range(5):
        held = set(stories[fold::5])
        weights, bias = fit([row for row in rows if row["story"] not in held])
        for index, row in enumerate(rows):
            if row["story"] in held:
                score = bias + sum(weights[name] * value for name, value in row["features"].items())
                predicted[index] = 1 / (1 + np.exp(-score))
    return predicted


def fit(rows: list[dict]) -> tuple[dict[str, float], float]:
    """Logistic regression by Newton steps on standardised features, 0.5 where 8 % of the answerable lie below."""
    names = list(WEIGHTS)
    raw = np.array([[row["features"][name] for name in names] for row in rows])
    mean, spread = raw.mean(0), raw.std(0) + 1e-9
    design = np.column_stack([(raw - mean) / spread, np.ones(len(rows))])
    target = np.array([row["answerable"] for row in rows], dtype=float)
    theta = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ theta))
        hessian = (design * (chance * (1 - chance))[:, None]).T @ design + 0.1 * np.eye(len(theta))
        theta += np.linalg.solve(hessian, design.T @ (target - chance) - 0.1 * theta)
    chance = design @ theta
    cut = np.quantile(chance[target == 1], 0.08)
    weights = theta[:-1] / spread
    return dict(zip(names, weights, strict=True)), float(theta[-1] - (weights * mean).sum() - cut)


def report(title: str, rows: list[dict], predicted: np.ndarray) -> None:
    answerable = np.array([row["answerable"] for row in rows])
    languages = np.array([row["language"] for row in rows])
    auc = (predicted[answerable][:, None] > predicted[~answerable][None]).mean()
    print(f"{title}: AUROC {auc:.3f}")
    for language in ("sv", "de", "en"):
        mine = languages == language
        wrong = (predicted[mine & answerable] < THRESHOLD).mean()
        right = (predicted[mine & ~answerable] < THRESHOLD).mean()
        print(f"  {language}: abstains wrongly {wrong:.3f}, rightly {right:.3f} of {mine.sum()}")


if __name__ == "__main__":
    main()
