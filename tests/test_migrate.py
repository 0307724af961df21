"""A corpus that an older version of this program made, as it lay there, brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made_news import ConstantEmbedder

import ingest.migrate
from ingest.corpus import Corpus
from ingest.errors import RecipeError
from ingest.pipeline import ingest_articles, open_corpus_for_writing

DUMP = Path(__file__).parent / "data" / "corpora" / "schema2.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A corpus of schema 2: an article and its copy, two others, of which the file of one is still there."""
    folder, directory = tmp_path / "in", tmp_path / "corpus"
    folder.mkdir()
    (directory / "vectors").mkdir(parents=True)
    (directory / "vectors" / "chroma.sqlite3").write_text("what schema 2 searched")
    with closing(sqlite3.connect(directory / "catalogue.sqlite")) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8").replace("@FOLDER@", str(folder)))
        texts = dict(connection.execute("SELECT name, text FROM article"))
    (folder / "ferry.txt").write_text("Ferry to Almholm cancelled\n\n" + texts["ferry.txt"], encoding="utf-8")
    return directory


def test_an_older_corpus_is_refused_with_advice(old: Path) -> None:
    with pytest.raises(RecipeError, match="--refresh"):
        Corpus.open(old)
    with pytest.raises(RecipeError, match="--refresh"):
        open_corpus_for_writing(old, ConstantEmbedder(), "constant")
    assert (old / "vectors" / "chroma.sqlite3").exists()


def test_refresh_brings_it_up_to_date_and_loses_no_article(old: Path) -> None:
    corpus = open_corpus_for_writing(old, ConstantEmbedder(), "constant", refresh=True)
    report = ingest_articles([old.parent / "in"], corpus, ConstantEmbedder(), refresh=True, workers=0)
    assert not report.failed and report.added == 0
    names = {article.name for article in corpus.catalogue.articles()}
    assert names == {"bro.txt", "bruecke.txt", "copy-of-bro.txt", "ferry.txt"}
    assert corpus.catalogue.copies() == [("copy-of-bro.txt", "bro.txt")]
    passages = [row[0] for row in corpus.catalogue.count("SELECT id FROM passage")]
    assert len(passages) >= 3 and corpus.vectors.count() == len(passages) == corpus.lexical.count()
    found = corpus.lexical.search_stemmed("Brücke Bürgermeisterin", "de", 5)
    article = corpus.catalogue.passages([key for key, _ in found])
    assert "14 Millionen" in next(iter(article.values()))[0].text
    again = ingest_articles([old.parent / "in"], corpus, ConstantEmbedder(), workers=0)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    corpus.close()
    reader = Corpus.open(old)
    assert reader.recipe["schema"] == "4"
    reader.close()


def test_a_copy_that_comes_later_is_known_as_one(old: Path) -> None:
    corpus = open_corpus_for_writing(old, ConstantEmbedder(), "constant", refresh=True)
    text = next(article.text for article in corpus.catalogue.articles() if article.name == "bro.txt")
    (old.parent / "in" / "another.txt").write_text(text.replace("på fredag", "redan på fredag"), encoding="utf-8")
    ingest_articles([old.parent / "in"], corpus, ConstantEmbedder(), refresh=True, workers=0)
    assert ("another.txt", "bro.txt") in corpus.catalogue.copies()
    corpus.close()


def test_a_kill_on_the_way_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest.migrate.shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        open_corpus_for_writing(old, ConstantEmbedder(), "constant", refresh=True)
    monkeypatch.undo()
    with pytest.raises(RecipeError, match="older version"):
        Corpus.open(old)
    corpus = open_corpus_for_writing(old, ConstantEmbedder(), "constant", refresh=True)
    assert len(list(corpus.catalogue.articles())) == 4
    corpus.close()
