"""Articles that tell one event are grouped: across languages, by rare names and dates, without chains."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.article import Article
from ingest.corpus import Corpus
from ingest.corpus.health import health_report
from ingest.corpus.story_table import STORIES_FILE, find_stories, story_of
from ingest.embed import Embedder
from ingest.stories import Telling, find_marks, group_stories, mark_codes, mean_vector

Floats = np.ndarray


def telling(name: str, marks: str = "", language: str = "sv", day: str | None = None) -> Telling:
    return Telling(name, language, day, mark_codes(marks.split()))


def near(base: Floats, amount: float, seed: int) -> Floats:
    """A unit vector with about this cosine to `base`."""
    other = np.random.default_rng(seed).normal(size=base.shape).astype(np.float32)
    other -= (other @ base) * base
    return (amount * base + (1 - amount**2) ** 0.5 * other / np.linalg.norm(other)).astype(np.float32)


def events(count: int) -> list[Floats]:
    """Unit vectors of unrelated events, as near to each other as e5 puts unrelated news."""
    usual = near(np.eye(1, 384, dtype=np.float32)[0], 1.0, 0)
    return [near(usual, 0.826**0.5, 100 + number) for number in range(count)]


# marks


def test_names_survive_inflection_spelling_and_compounds() -> None:
    swedish = find_marks("I går sade Alva Renström att Ejdervinds resa till Kalifornien kostade 2 300 kronor.")
    german = find_marks("Am Montag sagte Alva Renstroem, die „Ejdervind“-Reise nach Kalifornien koste 2.300 Kronen.")
    english = find_marks("On Monday Alva Renstrom said the Ejdervind trip to California cost 2,300 kronor.")
    assert {"alva", "renstr", "ejderv", "kalifo", "2300"} <= swedish & german & english


def test_sentence_openings_small_numbers_and_words_are_no_marks() -> None:
    assert find_marks("Bron stängs. Den öppnas igen. Alla 7 bilar väntar.") == set()
    assert find_marks("Det tog 3,5 timmar och 21.40 kom 14 bilar.") == {"3.5", "21.40", "14"}


@pytest.mark.parametrize("text", ["", "A" * 500_000, "1" * 500_000, "1.111" * 100_000, "a A" * 100_000, "\0\u202e"])
def test_marks_of_any_text_take_little_time(text: str) -> None:
    assert len(find_marks(text)) < 20_000


# grouping


def test_two_tellings_near_in_meaning_with_shared_names_are_a_story() -> None:
    one, other = events(2)
    tellings = [telling("a", "ejderv almska 312 tarnha"), telling("b", "ejderv almska 312 skarli"),
                telling("c", "bolund 77 kalten")]
    vectors = np.stack([one, near(one, 0.95, 1), other])
    assert group_stories(tellings, vectors) == [("a", "b")]


def test_the_order_of_articles_changes_nothing() -> None:
    bases = events(30)
    tellings = [telling(f"{n:02}{copy}", f"name{n} place{n} {n + 40}") for n in range(30) for copy in "ab"]
    vectors = np.stack([near(base, 0.95, 7 * n + copy) for n, base in enumerate(bases) for copy in range(2)])
    stories = group_stories(tellings, vectors)
    assert stories == [(f"{n:02}a", f"{n:02}b") for n in range(30)]
    shuffled = np.random.default_rng(3).permutation(60)
    assert group_stories([tellings[row] for row in shuffled], vectors[shuffled]) == stories


def test_days_apart_keep_reports_of_one_subject_apart() -> None:
    (base,) = events(1)
    vectors = np.stack([base, near(base, 0.92, 1)])
    marks = ("ejderv almska 312 tarnha skarli", "ejderv almska 14 brandf lovisa")

    def stories(first: str | None, second: str | None) -> list[tuple[str, ...]]:
        return group_stories([telling("a", marks[0], day=first), telling("b", marks[1], day=second)], vectors)

    assert stories("2023-11-15", "2023-11-16") == [("a", "b")]
    assert stories("2023-11-15", "2024-09-12") == []
    assert stories("2023-11-15", "no day") == stories(None, None)


def test_a_chain_of_related_reports_is_not_one_story() -> None:
    (base,) = events(1)
    chain = [base]
    for step in range(11):
        chain.append(near(chain[-1], 0.96, step))
    tellings = [telling(f"{n:02}", f"link{n} link{n + 1} link{n + 2}") for n in range(12)]
    stories = group_stories(tellings, np.stack(chain))
    assert max(map(len, stories), default=0) < 6


def test_no_article_and_one_article_are_no_story() -> None:
    assert group_stories([], np.zeros((0, 384), dtype=np.float32)) == []
    assert group_stories([telling("a")], np.ones((1, 384), dtype=np.float32)) == []
    assert group_stories([telling("a"), telling("b")], np.zeros((2, 384), dtype=np.float32)) == []


TEXTS = {
    "bridge": (
        ("sv", "Bron över Sälgån stängs i elva veckor sedan en lastbil rammat ett brofäste. Brochefen Alva Renström"
               " säger att 4 700 bilar om dagen måste köra över Norrholm. Reparationen kostar 38 miljoner kronor."),
        ("de", "Die Brücke über den Sälgån wird für elf Wochen gesperrt, nachdem ein Lastwagen einen Pfeiler gerammt"
               " hat. 4.700 Autos am Tag müssen über Norrholm fahren, sagt die Leiterin Alva Renström. Die Reparatur"
               " kostet 38 Millionen Kronen."),
        ("en", "The bridge across the Sälgån will be shut for eleven weeks after a lorry rammed one of its piers."
               " Its manager, Alva Renström, says 4,700 cars a day will have to go by way of Norrholm. Repairs will"
               " cost 38 million kronor."),
    ),
    "museum": (
        ("sv", "Leksaksmuseet i Ottenby har köpt en samling av 260 träbåtar av sjömannen Birger Tallhed. Samlingen"
               " visas från den 3 maj, säger intendenten Lo Åkervind."),
        ("de", "Das Spielzeugmuseum in Ottenby hat eine Sammlung von 260 Holzbooten des Seemanns Birger Tallhed"
               " gekauft. Gezeigt wird sie vom 3. Mai an, sagt Kuratorin Lo Åkervind."),
    ),
    "bakery": (
        ("en", "A bakery in Marrowby has won the county prize for rye bread with a recipe from 1911. The baker,"
               " Hester Quillfeather, found it in a tin under the floor."),
        ("sv", "Ett bageri i Marrowby har vunnit länets pris för rågbröd med ett recept från 1911. Bagaren Hester"
               " Quillfeather hittade det i en burk under golvet."),
    ),
    "storm": (("de", "Ein Sturm hat in Haldenau 90 Bäume umgeworfen. Verletzt wurde niemand, so die Feuerwehr."
                     " Die Bahn nach Wiesloh fährt seit dem Abend wieder."),),
}


def embedded(embedder: Embedder, articles: Sequence[Article]) -> tuple[list[Telling], Floats]:
    vectors = np.stack([mean_vector(embedder.embed_passages([article.text])) for article in articles])
    tellings = [
        Telling(article.name, article.language, None, mark_codes(find_marks(article.text))) for article in articles
    ]
    return tellings, vectors


def test_translations_are_grouped_and_others_are_not(embedder: Embedder) -> None:
    articles = [
        Article(f"{event}-{language}", text, language) for event, told in TEXTS.items() for language, text in told
    ]
    assert group_stories(*embedded(embedder, articles)) == [
        ("bakery-en", "bakery-sv"), ("bridge-de", "bridge-en", "bridge-sv"), ("museum-de", "museum-sv"),
    ]


# a corpus


def test_stories_of_the_example_articles(demo_corpus: Path) -> None:
    corpus = Corpus.open(demo_corpus)
    stories = find_stories(corpus)
    ferry = next(story for story in stories if "000_5be07c41f2a9d318.txt" in story)
    assert {"001_c2714e99ab03f6d5.txt", "averleycourier.example_world_ferry-aground-off-almskar.html"} <= set(ferry)
    assert "011_7d20c8e4b1936fa5.txt" not in ferry  # the report on its cause, ten months later
    # An original and its copy are in one story, and no article is in two.
    names = [name for story in stories for name in story]
    assert len(names) == len(set(names))
    for copy, original in corpus.catalogue.copies():
        assert story_of(corpus, copy) == () or original in story_of(corpus, copy)
    assert [list(story) for story in stories] == health_report(corpus)["stories"]
    assert story_of(corpus, "no such article") == ()


def test_stories_are_kept_and_found_again_when_the_corpus_changes(demo_corpus: Path, tmp_path: Path) -> None:
    directory = tmp_path / "corpus"
    shutil.copytree(demo_corpus, directory)
    (directory / STORIES_FILE).unlink(missing_ok=True)
    corpus = Corpus.open(directory)
    stories = find_stories(corpus)
    kept = (directory / STORIES_FILE).stat().st_mtime_ns
    assert find_stories(corpus) == stories
    assert (directory / STORIES_FILE).stat().st_mtime_ns == kept
    writable = Corpus.create(directory, corpus.recipe)
    with writable.catalogue.transaction() as connection:
        connection.execute("UPDATE article SET done = 0 WHERE name = '001_c2714e99ab03f6d5.txt'")
        connection.execute("INSERT INTO generation VALUES (1)")
    assert all("001_c2714e99ab03f6d5.txt" not in story for story in find_stories(corpus))
    writable.close()


def test_a_damaged_or_unwritable_table_costs_only_time(demo_corpus: Path, tmp_path: Path) -> None:
    directory = tmp_path / "corpus"
    shutil.copytree(demo_corpus, directory)
    stories = find_stories(Corpus.open(directory))
    (directory / STORIES_FILE).write_bytes(b"no database at all" * 100)
    assert find_stories(Corpus.open(directory)) == stories
    (directory / STORIES_FILE).unlink()
    (directory / STORIES_FILE).mkdir()
    assert find_stories(Corpus.open(directory)) == stories
