"""Retrieval of the product beside BM25 alone, dense alone, plain rank fusion and a LlamaIndex + Chroma starter.

    python tests/benchmarks/retrieval.py [DATA] [--corpora FOLDER] [--questions N]

DATA (default ../shared/data) needs xling. One run: nine directions (articles of one language, gold is the question's
paragraph in it), all languages in one pool with the gold in one language only, the demo set, follow-ups (a question
after its predecessor on the same paragraph, their common name made a pronoun) beside the same questions asked
whole, and time (random days of publication, questions asked within a week of their article or long after).
Percentages with 95 % bootstrap intervals over questions. --corpora keeps what was ingested for the next run.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from assistant.demo import articles_dir, questions_file
from assistant.question import Query, understand_question
from assistant.records import Filters, Turn
from assistant.retrieve import Retriever
from assistant.retrieve.fusion import Candidate
from assistant.retrieve.timeliness import Timing, prefer_time
from assistant.vectors import RememberedVectors
from ingest.corpus import Corpus
from ingest.corpus.restriction import Restriction
from ingest.embed import Embedder, open_embedder
from ingest.pipeline import ingest_articles, open_corpus_for_writing

LANGUAGES = ("sv", "de", "en")
DEPTH = 40
Ranking = list[str]
Gold = Callable[[str, str], set[str]]
Search = Callable[[Query, np.ndarray, str | None], Ranking]


def main() -> None:
    parser = argparse.ArgumentParser(description="See the docstring.")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--questions", type=int)
    options = parser.parse_args()
    source = options.data / "xling" / "articles.jsonl"
    if not source.is_file():
        sys.exit(f"{source} is missing: name the data folder")
    questions = read_rows(options.data / "xling" / "questions.jsonl")[: options.questions]
    embedder = open_embedder("local")
    with tempfile.TemporaryDirectory() as folder:
        root = options.corpora or Path(folder)
        corpus = open_corpus(source, root / "xling", embedder)
        queries = [understand_question(row["question"]) for row in questions]
        vectors = embed(embedder, queries)
        systems = {"ours": ours(corpus, embedder), "ours, one look": ours(corpus, embedder, again=False)}
        systems |= plain_systems(corpus)
        systems["LlamaIndex + Chroma"] = starter(read_rows(source), embedder)
        gold = gold_articles(corpus)
        show_directions(systems, gold, questions, queries, vectors)
        show_pool(systems, gold, questions, queries, vectors)
        show_demo(open_corpus(articles_dir(), root / "demo", embedder), embedder)
        show_follow_ups(ours(corpus, embedder), embedder, questions)
        show_time(corpus, embedder, questions, queries, vectors)


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def open_corpus(source: Path, directory: Path, embedder: Embedder) -> Corpus:
    corpus = open_corpus_for_writing(directory, embedder, "local")
    ingest_articles([source], corpus, embedder)
    return corpus


def embed(embedder: Embedder, queries: list[Query]) -> np.ndarray:
    parts = [[query.text for query in queries[begin : begin + 64]] for begin in range(0, len(queries), 64)]
    return np.concatenate([embedder.embed_queries(part) for part in parts])


# the systems: a query, its vector and the language searched (None: all) → names of articles, best first


def ours(corpus: Corpus, embedder: Embedder, *, again: bool = True) -> Search:
    retriever = Retriever(corpus, embedder)
    sentences = RememberedVectors(embedder.embed_passages) if again else None

    def search(query: Query, vector: np.ndarray, language: str | None) -> Ranking:
        filters = Filters(languages=(language,) if language else ())
        limited = replace(query, filters=filters)
        return distinct(hit.article.name for hit in retriever.retrieve(limited, vector, DEPTH, sentences))

    return search


def plain_systems(corpus: Corpus) -> dict[str, Search]:
    """Dense alone, BM25 alone over stems of the question's language, and their reciprocal ranks summed."""
    names = {article.id: article.name for article in corpus.catalogue.articles()}

    def named(ids: list[str]) -> Ranking:
        known = corpus.catalogue.passages(ids)
        return distinct(names[known[key][0].article_id] for key in ids)

    def within(language: str | None) -> Restriction:
        return Restriction(languages=(language,) if language else ())

    def dense(query: Query, vector: np.ndarray, language: str | None) -> Ranking:
        return named([key for key, _ in corpus.vectors.search(vector, DEPTH, within(language))])

    def bm25(query: Query, vector: np.ndarray, language: str | None) -> Ranking:
        stems = language or query.language
        return named([key for key, _ in corpus.lexical.search_stemmed(query.text, stems, DEPTH, within(language))])

    def fused(query: Query, vector: np.ndarray, language: str | None) -> Ranking:
        scores: dict[str, float] = {}
        for ranking in (dense(query, vector, language), bm25(query, vector, language)):
            for place, name in enumerate(ranking):
                scores[name] = scores.get(name, 0.0) + 1 / (60 + place)
        return sorted(scores, key=lambda name: -scores[name])

    return {"dense alone": dense, "BM25 alone": bm25, "rank fusion": fused}


def starter(articles: list[dict[str, Any]], embedder: Any) -> Search:
    """LlamaIndex' usual few lines over Chroma, with our embedder and passages it can see whole."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = chromadb.EphemeralClient().get_or_create_collection("starter")
    documents = [
        Document(text=row["text"], metadata={"article": row["id"], "language": row["language"]},
                 excluded_embed_metadata_keys=["article", "language"])
        for row in articles
    ]
    index = VectorStoreIndex.from_documents(
        documents, embed_model=embedder, transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
        storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
    )

    def search(query: Query, vector: np.ndarray, language: str | None) -> Ranking:
        from llama_index.core.schema import QueryBundle

        filters = MetadataFilters(filters=[MetadataFilter(key="language", value=language)]) if language else None
        retriever = index.as_retriever(similarity_top_k=DEPTH, filters=filters)
        found = retriever.retrieve(QueryBundle(query.text, embedding=[float(x) for x in vector]))
        return distinct(str(node.metadata["article"]) for node in found)

    return search


def distinct(names: Iterable[str]) -> Ranking:
    return list(dict.fromkeys(names))


# what is measured


def gold_articles(corpus: Corpus) -> Gold:
    """Names of a paragraph's article in a language: its own, and that of the original it was folded into."""
    originals = dict(corpus.catalogue.copies())

    def gold(para: str, language: str) -> set[str]:
        name = f"{para}:{language}"
        return {name, originals.get(name, name)}

    return gold


def show_directions(
    systems: dict[str, Search], gold: Gold, questions: list[dict[str, Any]], queries: list[Query], vectors: np.ndarray
) -> None:
    print("\nhit@1 (hit@10) when only articles of one language are there, question → article", flush=True)
    for name, search in systems.items():
        ranks: dict[tuple[str, str], list[float]] = {}
        for row, query, vector in zip(questions, queries, vectors, strict=True):
            for language in LANGUAGES:
                ranking = search(query, vector, language)
                ranks.setdefault((row["language"], language), []).append(rank(ranking, gold(row["para"], language)))
        cells = [f"{a}→{b} {share(ranks[a, b])} ({share(ranks[a, b], 10, False)})" for a, b in sorted(ranks)]
        cross = [np.mean(np.array(ranks[pair]) <= 1) for pair in ranks if pair[0] != pair[1]]
        print(f"{name}: cross mean {np.mean(cross):.3f} worst {min(cross):.3f} | {' | '.join(cells)}", flush=True)


def show_pool(
    systems: dict[str, Search], gold: Gold, questions: list[dict[str, Any]], queries: list[Query], vectors: np.ndarray
) -> None:
    """The gold of all languages but one is taken out of the rankings, which is as if it were not there."""
    print("\nall languages in one pool, the gold in one language only")
    for name, search in systems.items():
        same, other = [], []
        for row, query, vector in zip(questions, queries, vectors, strict=True):
            ranking = search(query, vector, None)
            for language in LANGUAGES:
                kept = gold(row["para"], language)
                gone = {name for one in LANGUAGES for name in gold(row["para"], one)} - kept
                left = [article for article in ranking if article not in gone]
                (same if language == row["language"] else other).append(rank(left, kept))
        print(f"{name}: same language hit@1 {share(same)} hit@5 {share(same, 5)}, another language hit@1"
              f" {share(other)} hit@5 {share(other, 5)}", flush=True)


def show_demo(corpus: Corpus, embedder: Embedder) -> None:
    print("\ndemo set")
    originals = dict(corpus.catalogue.copies())
    rows = [row for row in read_rows(questions_file()) if row.get("evidence")]
    for name, search in ({"ours": ours(corpus, embedder)} | plain_systems(corpus)).items():
        ranks = []
        for row in rows:
            history = [Turn(turn["role"], turn["content"]) for turn in row.get("history", [])]
            day = date.fromisoformat(row["asked_on"]) if row.get("asked_on") else None
            query = understand_question(row["question"], history, asked_on=day)
            gold = {originals.get(item["article"], item["article"]) for item in row["evidence"]}
            ranks.append(rank(search(query, embedder.embed_query(query.text), None), gold))
        print(f"{name}: hit@1 {share(ranks)} hit@3 {share(ranks, 3)} hit@5 {share(ranks, 5)}", flush=True)


PRONOUNS = {"sv": ("den", "dess"), "de": ("sie", "ihre"), "en": ("it", "its")}
_NAME = re.compile(r"[A-ZÅÄÖÜ][\w-]+(?: (?:[A-ZÅÄÖÜ][\w-]+|\d+))*")
_ARTICLE = re.compile(r"\b(?:the|den|det|der|die|das|dem|des)\s*$", re.IGNORECASE)


def follow_ups(questions: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any], str]]:
    """(question before, question, the question with the longest name they share made a pronoun)."""
    found = []
    for before, row in zip(questions, questions[len(LANGUAGES) :], strict=False):
        if (before["para"], before["language"]) != (row["para"], row["language"]):
            continue
        text = row["question"]
        shared = [m for m in _NAME.finditer(text) if m.start() and m[0] in before["question"] and len(m[0]) > 3]
        if shared:
            name = max(shared, key=lambda match: len(match[0]))
            start, end = name.span()
            owned = text[end : end + 2] in ("'s", "’s")
            pronoun = PRONOUNS[row["language"]][owned]
            found.append((before, row, _ARTICLE.sub("", text[:start]) + pronoun + text[end + 2 * owned :]))
    return found


def show_follow_ups(search: Search, embedder: Embedder, questions: list[dict[str, Any]]) -> None:
    print("\nfollow-ups, all languages in one pool: any language's gold paragraph in the top 5")
    chosen = follow_ups(questions)
    for language in LANGUAGES:
        ranks: dict[str, list[float]] = {"whole": [], "after its predecessor": [], "without it": []}
        for before, row, text in (one for one in chosen if one[1]["language"] == language):
            history = [Turn("user", before["question"]), Turn("assistant", f"{before['answer']} [1]")]
            for name, asked, turns in (
                ("whole", row["question"], []), ("after its predecessor", text, history), ("without it", text, []),
            ):
                query = understand_question(asked, turns)
                ranking = search(query, embedder.embed_query(query.text), None)
                ranks[name].append(rank(ranking, {f"{row['para']}:{one}" for one in LANGUAGES}))
        shown = ", ".join(f"{name} {share(values, 5)}" for name, values in ranks.items())
        print(f"{language}, {len(ranks['whole'])} follow-ups: {shown}", flush=True)


def show_time(
    corpus: Corpus, embedder: Embedder, questions: list[dict[str, Any]], queries: list[Query], vectors: np.ndarray
) -> None:
    """Days of publication drawn at random over a year; the preference is put on what the retriever finds."""
    print("\ntime: paragraphs of the question's language with random days of one year, hit@1 / hit@10")
    random, begin = np.random.default_rng(5), date(2024, 1, 1)
    retriever = Retriever(corpus, embedder)
    days = {article.id: begin + timedelta(days=int(random.integers(365))) for article in corpus.catalogue.articles()}
    names = {article.name: article.id for article in corpus.catalogue.articles()}
    ranks: dict[str, list[float]] = {}
    for row, query, vector in zip(questions, queries, vectors, strict=True):
        gold = f"{row['para']}:{row['language']}"
        hits = retriever.retrieve(replace(query, filters=Filters(languages=(row["language"],))), vector, DEPTH)
        recent = days[names[gold]] + timedelta(days=int(random.integers(8)))
        past = days[names[gold]] + timedelta(days=int(random.integers(40, 365)))
        for name, asked_on in (("no day given", None), ("asked within a week", recent), ("asked long after", past)):
            found = [Candidate(hit.passage.id, hit.passage, hit.article.language, 0.0, hit.score) for hit in hits]
            prefer_time(found, days, Timing(asked_on, ()))
            found.sort(key=lambda candidate: -candidate.score)
            ranking = distinct(candidate.passage.article_id for candidate in found)
            ranks.setdefault(name, []).append(rank(ranking, {names[gold]}))
    for name, values in ranks.items():
        print(f"{name}: {share(values)} / {share(values, 10)}", flush=True)


def rank(ranking: Ranking, gold: set[str]) -> float:
    """The place of the first gold article, counted from 1."""
    return next((place for place, name in enumerate(ranking, start=1) if name in gold), float("inf"))


def share(ranks: list[float], depth: int = 1, interval: bool = True) -> str:
    """The share of ranks within `depth`, with the 95 % interval of 1,000 bootstrap samples."""
    hits = (np.array(ranks) <= depth).astype(float)
    if not interval or not len(hits):
        return f"{hits.mean():.3f}" if len(hits) else "-"
    samples = np.random.default_rng(1).choice(hits, (1000, len(hits))).mean(axis=1)
    return f"{hits.mean():.3f} [{np.quantile(samples, 0.025):.3f}–{np.quantile(samples, 0.975):.3f}]"


if __name__ == "__main__":
    main()
