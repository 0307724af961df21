"""Extractive summaries beside lead-3 and TextRank, against summaries by people; and the time a large topic takes.

    python tests/benchmarks/summaries.py [DATA] [--articles 500]

DATA (default ../shared/data) needs gum_wikinews/articles.jsonl ({"id", "title", "date", "summaries",
"sentences_tokenised"} a line). ROUGE-1 F (Lin 2004), lower case, no stemming, mean over an article's summaries.
TextRank is sumy's, where that is installed. The large topic is made of articles of our own, all on one event.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import Assistant
from assistant.digest.coverage import measure_coverage
from assistant.digest.summarize import arrange_points, choose_points
from assistant.digest.topic import Topic
from assistant.vectors import RememberedVectors
from ingest.article import Article, Metadata
from ingest.embed import open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

DATELINE = 40  # characters: shorter lines of these pages are dates, captions and credits
PLACES = "Alvik Brunnby Cederholm Dalsjö Ekerum Fagerlund Granvik Hällarp Ingelstad Järvsö".split()


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    options.add_argument("--articles", type=int, default=500)
    chosen = options.parse_args()
    compare_summaries(chosen.data)
    time_topic(chosen.articles)


def compare_summaries(data: Path) -> None:
    """ROUGE-1 F of each way of summarising, and its mean length."""
    if not (file := data / "gum_wikinews" / "articles.jsonl").is_file():
        sys.exit(f"{file} is missing: name the data folder")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    articles = [to_article(row) for row in rows]
    embed = RememberedVectors(open_embedder("local").embed_passages)
    ways: dict[str, Callable[[Article], str]] = {
        "lead-1": lambda one: " ".join(lines_of(one)[:1]),
        "lead-3": lambda one: " ".join(lines_of(one)[:3]),
        "here, headline": lambda one: summary_of(one, "headline", embed),
        "here, paragraph": lambda one: summary_of(one, "paragraph", embed),
    }
    if textrank := find_textrank():
        ways["TextRank, 2 sentences"] = lambda one: textrank(lines_of(one), 2)
        ways["TextRank, 3 sentences"] = lambda one: textrank(lines_of(one), 3)
    print("| summary | ROUGE-1 F | words |\n|---|---|---|")
    for name, way in ways.items():
        texts = [way(one) for one in articles]
        scores = [statistics.mean(rouge_1(text, gold) for gold in row["summaries"])
                  for text, row in zip(texts, rows, strict=True)]
        print(f"| {name} | {statistics.mean(scores):.3f} | {statistics.mean(len(words(t)) for t in texts):.0f} |")


def to_article(row: dict[str, object]) -> Article:
    """An article as an ingest would store it: its lines of some length, blanks as people set them."""
    sentences = [detokenise(str(one)) for one in row["sentences_tokenised"]]  # type: ignore[attr-defined]
    body = "\n".join(one for one in sentences if len(one) >= DATELINE and one.strip() != row["title"])
    return Article(str(row["id"]), body, "en", Metadata(title=str(row["title"]), published_at=str(row["date"])))


def lines_of(article: Article) -> list[str]:
    """Its sentences."""
    return article.text.split("\n")


def summary_of(article: Article, length: str, embed: RememberedVectors) -> str:
    """What `assistant summarize` quotes of this one article."""
    topic = Topic(None, None, (article,), (0.0,), measure_coverage([article], [], []))
    paragraphs = arrange_points(choose_points(topic, "en", length, embed))  # type: ignore[arg-type]
    return " ".join(one.text for paragraph in paragraphs for one in paragraph.sentences)


def find_textrank() -> Callable[[Sequence[str], int], str] | None:
    """sumy's TextRank over given sentences, None when it is not installed."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.text_rank import TextRankSummarizer
    except ImportError:
        return None

    class Words:
        def to_words(self, text: str) -> list[str]:
            return words(text)

    def summarise(sentences: Sequence[str], count: int) -> str:
        tokens = Words()
        document = ObjectDocumentModel([Paragraph([Sentence(one, tokens) for one in sentences])])
        return " ".join(str(one) for one in TextRankSummarizer()(document, count))

    return summarise


def detokenise(text: str) -> str:
    """Tokens as running text."""
    text = re.sub(r" ([.,;:!?)\]'’%])", r"\1", text)
    return re.sub(r"([(\[$]) ", r"\1", text).replace(" n't", "n't").replace(" - ", "-")


def words(text: str) -> list[str]:
    """Lower-case words."""
    return re.findall(r"\w+", text.lower())


def rouge_1(text: str, gold: str) -> float:
    """F of the words two texts share."""
    ours, theirs = Counter(words(text)), Counter(words(gold))
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values())) if shared else 0.0


def time_topic(count: int) -> None:
    """Seconds and memory of a digest and a timeline over `count` articles on one event."""
    with tempfile.TemporaryDirectory() as folder:
        source, directory = Path(folder) / "articles.jsonl", Path(folder) / "corpus"
        source.write_text("\n".join(json.dumps(row) for row in make_articles(count)), encoding="utf-8")
        corpus = open_corpus_for_writing(directory, open_embedder("local"), "local")
        ingest_articles([source], corpus, open_embedder("local"))
        corpus.close()
        assistant = Assistant.open(directory)
        for name, run in (("digest", assistant.summarize), ("timeline", assistant.timeline)):
            begun = time.perf_counter()
            coverage = run("the flood in Alvik").coverage  # type: ignore[operator]
            seconds, memory = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(f"{name} of {coverage.read} articles: {seconds:.1f} s, peak {memory / 1024:.0f} MB")
        assistant.corpus.close()


def make_articles(count: int) -> list[dict[str, str]]:
    """News of one flood, told differently each time: other sentences, figures and days."""
    chance = random.Random(7)
    parts = [
        "The flood in Alvik reached {place} on {day} March.",
        "Rescue workers took {n} people to {place}.",
        "The county board counts {n} damaged houses in {place}.",
        "Water stood {n} centimetres high in the {place} school.",
        "Trains between Alvik and {place} have not run since {day} March.",
        "{n} households in {place} are without power.",
        "The mayor of {place} asked the government for {n} million kronor.",
        "Insurers expect {n} claims from {place}.",
        "Volunteers filled {n} sandbags at the {place} bridge.",
        "A dam above {place} was opened on {day} March.",
    ]
    rows = []
    for number in range(count):
        lines = [
            one.format(place=chance.choice(PLACES), n=chance.randint(3, 900), day=chance.randint(1, 31))
            for one in chance.sample(parts, 8)
        ]
        rows.append({"id": f"flood-{number}", "title": f"Flood in Alvik, report {number}", "text": "\n\n".join(lines),
                     "published_at": f"2024-03-{chance.randint(1, 31):02d}", "publisher": f"Paper {number % 17}"})
    return rows


if __name__ == "__main__":
    main()
