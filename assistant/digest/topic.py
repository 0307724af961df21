"""All articles that belong to a topic, not only the best few passages; each judged by its nearest passage.

An article belongs when it is clearly nearer to the topic than any text is, or when it holds the topic's words and
is a little nearer. Knows nothing of sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from assistant.digest.coverage import Coverage, measure_coverage
from assistant.digest.words import TopicWords
from assistant.question import Query, content_words
from assistant.retrieve.languages import SAME_LANGUAGE_COSINE, USUAL_COSINE, usual_cosine
from ingest.article import Article, stable_id
from ingest.corpus import Corpus
from ingest.corpus.restriction import Restriction
from ingest.corpus.story_table import find_stories

# Passages of a language looked at: 20,000 nearest take 0.3 s. A topic may be all there is in a corpus.
MOST_PASSAGES = 50_000
MOST_READ = 5000
# Margin is the cosine above what any text of the language has to the topic. On the example articles (29 topics in
# three languages) those of an event have .07 to .18, others mostly under .08; ten topics that no article tells of
# had .046 to .094 at most. Precision .88, recall .91 there.
BELONGS = 0.068
NEARLY = 0.058
SHARE_OF_BEST = 0.64
# Holding some of its words, an article may be a little farther from the topic than others.
SOME_HELD, SOME_WORDS = 0.25, 0.01
# An article that holds the topic's words need only not be far from it: a whole corpus may be about one thing.
WORDS_HELD, WITH_WORDS = 0.6, 0.02
# Without an article that is surely about it, three that are likely, or one that is and holds some of its words,
# there is no topic.
SURELY, LIKELY = 0.097, 0.082
# A corpus that is all about one topic is near to it everywhere: that must not count against its articles.
BACKGROUND_RISE = 0.02


@dataclass(frozen=True, slots=True)
class Topic:
    """The articles read for a topic, most relevant first, how relevant each is, and what was covered.

    `vector` (d) is the topic's, None when no topic was named.
    """

    query: Query | None
    vector: np.ndarray | None
    articles: tuple[Article, ...]
    relevance: tuple[float, ...]
    coverage: Coverage


def find_topic(corpus: Corpus, query: Query, vector: np.ndarray, restriction: Restriction) -> Topic:
    """The articles about `query` within `restriction`; none when no article is surely about it."""
    corpus.refresh()
    margins = _nearest(corpus, query, vector, restriction)
    articles = corpus.catalogue.articles_by_id(margins)
    words = TopicWords.of(query.text)
    present = {key: words.held_by(_whole(article)) for key, article in articles.items()}
    held = _held(words, present)
    ranked = sorted(articles, key=lambda key: (-margins[key], key))
    cut = max(BELONGS, SHARE_OF_BEST * margins[ranked[0]]) if ranked else BELONGS
    names = TopicWords.of(" ".join(word for word in content_words(query.text) if word[:1].isupper()))
    named = {key for key in ranked if names.stems and present[key].issuperset(names.stems)}
    belongs = [key for key in ranked if _belongs(margins[key], held[key], BELONGS if key in named else cut)]
    if not _is_told(ranked[:3], belongs, margins, held):
        belongs = []
    belongs = _hold_its_names(query, belongs, articles, present, margins)
    belongs += _rest_of_stories(corpus, belongs, articles)
    read, beyond = belongs[:MOST_READ], belongs[MOST_READ:]
    known = set(belongs)
    near = [key for key in ranked if known and key not in known and margins[key] >= NEARLY]
    left_out = [articles[key] for key in [*beyond, *near]]
    chosen = tuple(articles[key] for key in read)
    copies = copies_of(corpus, chosen)
    return Topic(
        query, vector, chosen, tuple(margins[key] for key in read), measure_coverage(chosen, copies, left_out)
    )


def take_articles(corpus: Corpus, restriction: Restriction) -> Topic:
    """A digest's articles when no topic is named: all within `restriction`, the newest 5000."""
    corpus.refresh()
    articles = [one for one in corpus.catalogue.articles(originals_only=True) if _is_within(one, restriction)]
    dated = sorted(articles, key=lambda article: (article.metadata.published_at or "", article.name), reverse=True)
    read, beyond = tuple(dated[:MOST_READ]), dated[MOST_READ:]
    coverage = measure_coverage(read, copies_of(corpus, read), beyond)
    return Topic(None, None, read, (0.0,) * len(read), coverage)


def copies_of(corpus: Corpus, articles: Sequence[Article]) -> list[Article]:
    """The copies of the articles, each once."""
    ids = [copy for article in articles for copy in corpus.catalogue.copies_of(article.id)]
    return list(corpus.catalogue.articles_by_id(dict.fromkeys(ids)).values())


def relevance_of(topic: Topic) -> Mapping[str, float]:
    """Relevance by article id."""
    return {article.id: value for article, value in zip(topic.articles, topic.relevance, strict=True)}


def _rest_of_stories(corpus: Corpus, belongs: Sequence[str], articles: Mapping[str, Article]) -> list[str]:
    """The articles, by id, that tell the story of the most relevant one, or one of which most articles belong."""
    if not belongs:
        return []
    known, rest = set(belongs), []
    for names in find_stories(corpus):
        story = [key for key in map(stable_id, names) if key in articles]
        if belongs[0] in story or 2 * len(known.intersection(story)) > len(story):
            rest += [key for key in story if key not in known]
    return list(dict.fromkeys(rest))


def _nearest(corpus: Corpus, query: Query, vector: np.ndarray, restriction: Restriction) -> dict[str, float]:
    """By article, the cosine of its nearest passage above what any text of its language has, where it may belong."""
    margins: dict[str, float] = {}
    for language, hits in corpus.vectors.search_languages(vector, MOST_PASSAGES, restriction).items():
        usual = _background(corpus, vector, language, query.language)
        near = {key: cosine - usual for key, cosine in hits if cosine - usual >= WITH_WORDS}
        for key, (passage, _) in corpus.catalogue.passages(list(near)).items():
            margins[passage.article_id] = max(margins.get(passage.article_id, -1.0), near[key])
    return margins


def _background(corpus: Corpus, vector: np.ndarray, language: str, asked_in: str) -> float:
    same = language == asked_in
    most = USUAL_COSINE + SAME_LANGUAGE_COSINE * same + BACKGROUND_RISE
    return min(usual_cosine(vector, corpus.language_sample(language), same_language=same), most)


def _is_within(article: Article, restriction: Restriction) -> bool:
    meta = article.metadata
    if restriction.languages and article.language not in restriction.languages:
        return False
    if restriction.publishers and meta.publisher not in restriction.publishers:
        return False
    if restriction.article_ids and article.id not in restriction.article_ids:
        return False
    if restriction.first_day is None and restriction.last_day is None:
        return True
    day = int(meta.published_at[:10].replace("-", "")) if meta.published_at else 0
    return (restriction.first_day or 1) <= day <= (restriction.last_day or 99_999_999)


def _belongs(margin: float, held: float, cut: float) -> bool:
    if held >= WORDS_HELD:
        return margin >= WITH_WORDS
    return margin >= cut - SOME_WORDS * (held >= SOME_HELD)


def _is_told(
    nearest: Sequence[str], belongs: Sequence[str], margins: Mapping[str, float], held: Mapping[str, float]
) -> bool:
    """Whether any article is about the topic at all; `nearest` are the three nearest, the nearest first."""
    if not nearest:
        return False
    first, third = margins[nearest[0]], margins[nearest[-1]]
    if first >= SURELY or (len(nearest) == 3 and third >= LIKELY):
        return True
    return any(held[key] >= WORDS_HELD for key in belongs) or (first >= LIKELY and held[nearest[0]] >= SOME_HELD)


def _hold_its_names(
    query: Query, belongs: Sequence[str], articles: Mapping[str, Article], present: Mapping[str, set[str]],
    margins: Mapping[str, float],
) -> list[str]:
    """Of the articles that belong, by id, those not merely near while others of their language hold a name it has.

    A name is a capitalised word within a Swedish or English topic, or one that articles of two languages hold; a
    work's title is translated, so that nothing follows for languages in which no article holds it.
    """
    later = content_words(query.text.partition(" ")[2]) if query.language != "de" else []
    capital = set(TopicWords.of(" ".join(word for word in later if word[:1].isupper())).stems)
    languages: dict[str, set[str]] = {}
    for key in belongs:
        for stem in present[key]:
            languages.setdefault(stem, set()).add(articles[key].language)
    spoken = {one for stem, codes in languages.items() if len(codes) > 1 or stem in capital for one in codes}
    return [key for key in belongs
            if present[key] or margins[key] >= SURELY or articles[key].language not in spoken]


def _held(words: TopicWords, present: Mapping[str, set[str]]) -> dict[str, float]:
    """By article, the share of the topic's words that it holds; rare ones count more."""
    counts = Counter(stem for found in present.values() for stem in found)
    weights = {stem: log(1 + len(present) / (counts[stem] or 0.5)) for stem in words.stems}
    total = sum(weights.values()) or 1.0
    return {key: sum(weights[stem] for stem in found) / total for key, found in present.items()}


def _whole(article: Article) -> str:
    return f"{article.metadata.title or ''}\n{article.text}"
