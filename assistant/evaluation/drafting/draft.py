"""A question set drafted from a corpus without a model, every row marked as a draft with its evidence."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation.drafting import templates
from assistant.evaluation.drafting.facts import (
    Count,
    Gap,
    Mentioned,
    find_counts,
    find_day_gaps,
    find_mentions,
    find_number_gaps,
    noun_stem,
)
from assistant.evaluation.drafting.rows import Row, make_row, title_of
from assistant.evaluation.drafting.stories import ask_stories
from ingest.article import Article
from ingest.corpus import Corpus

# A name in more articles than this is no topic but a place or a paper.
ARTICLES_A_TOPIC = 4
ROWS_AN_ARTICLE = 2  # of one kind, so that no long article makes up the set


def draft_questions(corpus: Corpus, count: int, seed: int = 0) -> list[Row]:
    """Up to `count` rows of a question set, kinds taking turns; raises QuestionError when there is none."""
    articles = [a for a in corpus.catalogue.articles(originals_only=True) if a.language in templates.LANGUAGES]
    chance = random.Random(seed)
    kinds = [_thin(rows, chance) for rows in _draft_kinds(articles, chance)]
    kinds.append(list(ask_stories(corpus, articles, chance)))
    rows: dict[str, Row] = {}
    for row in (row for layer in zip_longest(*kinds) for row in layer if row is not None):
        rows.setdefault(row["question"], row)
    if not rows:
        raise QuestionError("no question can be drafted from this corpus: it has no plain sentence to ask about")
    return list(rows.values())[:count]


def _draft_kinds(articles: Sequence[Article], chance: random.Random) -> Iterator[list[Row]]:
    counts = [count for article in articles for count in find_counts(article)]
    mentions: dict[str, list[Mentioned]] = {}
    for article in articles:
        for mention in find_mentions(article):
            mentions.setdefault(mention.name, []).append(mention)
    texts = [article.text for article in articles]
    for name in [*mentions]:
        elsewhere = sum(name in text for text in texts) != len(mentions[name])
        genitive = any(name[:-1] in text.replace(name, "") for text in texts) and name.endswith("s")
        if elsewhere or genitive:  # unknown evidence, or “Anna Bergs” where Anna Berg is meant
            del mentions[name]
    yield [row for count in counts if (row := _ask_count(count))]
    yield [_ask_day(gap) for article in articles for gap in find_day_gaps(article)]
    yield [_ask_across(found[0], chance) for found in mentions.values() if len(found) == 1]
    yield [_ask_all(found, chance) for found in mentions.values() if 1 < len(found) <= ARTICLES_A_TOPIC]
    yield list(_ask_conflicts(counts, mentions))
    yield list(_ask_absent(counts, articles, chance))
    yield [_ask_number(gap) for article in articles for gap in find_number_gaps(article)]


def _ask_count(count: Count) -> Row | None:
    language, title = count.article.language, title_of(count.article)
    if title is None or count.number in title:
        return None
    question = templates.COUNT[language].format(noun=count.noun, title=title)
    return make_row("single", language, question, [(count.article, count.sentence)], _gold(count.number))


def _ask_day(gap: Gap) -> Row:
    row = _ask_gap("temporal", gap, templates.DATE_GAP)
    row["must_include"] = [[gap.text, gap.day]]
    row["asked_on"] = max(gap.day or "", (gap.article.metadata.published_at or "")[:10])
    return row


def _ask_number(gap: Gap) -> Row:
    return _ask_gap("single", gap, templates.NUMBER_GAP)


def _ask_gap(kind: str, gap: Gap, wording: Mapping[str, str]) -> Row:
    language = gap.article.language
    text = f"{gap.sentence[: gap.start]}{templates.GAP}{gap.sentence[gap.end :]}".rstrip(".")
    question = wording[language].format(gap=text)
    return make_row(kind, language, question, [(gap.article, gap.sentence)], _gold(gap.text))


def _ask_across(mention: Mentioned, chance: random.Random) -> Row:
    """About a name of one article, in a language the article is not in."""
    others = [language for language in templates.LANGUAGES if language != mention.article.language]
    language = chance.choice(others)
    question = templates.ABOUT[language].format(name=mention.name)
    return make_row("single", language, question, [(mention.article, mention.sentence)])


def _ask_all(found: Sequence[Mentioned], chance: random.Random) -> Row:
    language = chance.choice(sorted({mention.article.language for mention in found}))
    question = templates.ABOUT_IN_ALL[language].format(name=found[0].name)
    return make_row("multi", language, question, [(mention.article, mention.sentence) for mention in found])


def _ask_conflicts(counts: Sequence[Count], mentions: Mapping[str, Sequence[Mentioned]]) -> Iterator[Row]:
    """Two articles on one name that count the same thing differently."""
    for name, found in mentions.items():
        ids = {mention.article.id for mention in found}
        if not 1 < len(ids) <= ARTICLES_A_TOPIC:
            continue
        told: dict[tuple[str, str], list[Count]] = {}
        for count in counts:
            if count.article.id in ids:
                told.setdefault((count.article.language, noun_stem(count.noun)), []).append(count)
        for (language, _), group in told.items():
            numbers = list(dict.fromkeys(count.number for count in group))
            if len(numbers) > 1:
                question = templates.COUNT_OF_NAME[language].format(noun=group[0].noun, name=name)
                evidence = [(count.article, count.sentence) for count in group]
                yield make_row("conflict", language, question, evidence,
                               {"must_include": [[number] for number in numbers]})


def _ask_absent(counts: Sequence[Count], articles: Sequence[Article], chance: random.Random) -> Iterator[Row]:
    """The thing of one article asked of another that has no such word, nor any article in its language."""
    for count in counts:
        language = count.article.language
        same = [a for a in articles if a.language == language and a.id != count.article.id]
        without = [a for a in same if noun_stem(count.noun) not in a.text.casefold() and title_of(a)]
        if without and len(without) == len(same):
            title = title_of(chance.choice(without))
            yield make_row("unanswerable", language,
                           templates.COUNT[language].format(noun=count.noun, title=title), [])


def _gold(answer: str) -> dict[str, Any]:
    return {"answer": answer, "must_include": [[answer]]}


def _thin(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """The rows of one kind in an order of chance, at most two of an article."""
    shuffled, kept = list(rows), []
    chance.shuffle(shuffled)
    taken: dict[str, int] = {}
    for row in shuffled:
        names = [item["article"] for item in row["evidence"]]
        if all(taken.get(name, 0) < ROWS_AN_ARTICLE for name in names):
            kept.append(row)
            for name in names:
                taken[name] = taken.get(name, 0) + 1
    return kept
