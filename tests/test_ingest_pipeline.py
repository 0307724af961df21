"""From files to a corpus: stored whole, repeatable, copies folded, failures told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.corpus import Corpus, report_corpus
from ingest.corpus.lock import writer_lock
from ingest.embed import Embedder
from ingest.errors import CorpusError, LockedError, RecipeError
from ingest.pipeline import IngestReport, ingest_articles, open_corpus_for_writing, remove_articles

STORY = (
    "Bron över Sälgån stängs på måndag, meddelar Norrvattens kommun.\n\n"
    "Anledningen är att ingenjörerna har hittat sprickor i två av de fyra pelarna, säger brochefen Alva Renström "
    "till tidningen. Reparationen väntas ta elva veckor och kosta 7,4 miljoner kronor.\n\n"
    "Under tiden får bilisterna köra över Gäddsund, en omväg på 23 kilometer. Bussarna på linje 12 vänder vid torget "
    "i Norrvatten, och skolskjutsen går en halvtimme tidigare än vanligt.\n\n"
    "Kommunen har inte bestämt om gående och cyklister ska få använda bron under arbetet."
)
OTHER = (
    "Die Stadtbücherei von Oberkamm öffnet künftig auch am Sonntag.\n\n"
    "Das hat der Gemeinderat am Dienstagabend mit 14 zu 9 Stimmen beschlossen. Die Leiterin Greta Immhof rechnet mit "
    "rund 300 Besuchern an jedem Wochenende.\n\n"
    "Für die zusätzlichen Stunden sollen zwei neue Stellen geschaffen werden."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bro.txt").write_text(STORY, encoding="utf-8")
    (folder / "buch.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path, embedder: Embedder) -> Corpus:
    return open_corpus_for_writing(tmp_path / "corpus", embedder, "local")


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, report.copies


def state_of(corpus: Corpus) -> tuple[list[str], int, int, int]:
    names = [article.name for article in corpus.catalogue.articles()]
    passages = sum(len(corpus.catalogue.passages_of(article.id)) for article in corpus.catalogue.articles())
    return names, passages, corpus.vectors.count(), corpus.lexical.count()


def test_ingest_then_again_changes_nothing(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    first = ingest_articles([folder], corpus, embedder)
    assert counts(first) == (2, 0, 0, 0, 0)
    before = state_of(corpus)
    assert before[1] == before[2] == before[3] == first.passages > 0
    assert counts(ingest_articles([folder], corpus, embedder)) == (0, 0, 2, 0, 0)
    assert state_of(corpus) == before


def test_touched_but_equal_files_are_not_embedded_again(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    ingest_articles([folder], corpus, embedder)
    (folder / "bro.txt").write_text(STORY, encoding="utf-8")
    again = ingest_articles([folder], corpus, embedder)
    assert (again.unchanged, again.tokens) == (2, 0)


def test_a_changed_file_replaces_its_article(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    ingest_articles([folder], corpus, embedder)
    (folder / "bro.txt").write_text(STORY.replace("elva veckor", "fjorton veckor"), encoding="utf-8")
    assert counts(ingest_articles([folder], corpus, embedder)) == (0, 1, 1, 0, 0)
    text = next(a.text for a in corpus.catalogue.articles() if a.name == "bro.txt")
    assert "fjorton veckor" in text
    names, passages, vectors, lexical = state_of(corpus)
    assert len(names) == 2
    assert passages == vectors == lexical


def test_copies_are_folded_and_kept(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    (folder / "kopia.txt").write_text(STORY.replace("måndag", "tisdag"), encoding="utf-8")
    report = ingest_articles([folder], corpus, embedder)
    assert (report.added, report.copies) == (3, 1)
    assert report_corpus(corpus)["copies"] == [["kopia.txt", "bro.txt"]]
    (found,) = {corpus.catalogue.copies_of(a.id)[0] for a in corpus.catalogue.articles() if a.name == "bro.txt"}
    copy = corpus.article(found)
    assert copy is not None
    assert "tisdag" in copy.text


def test_a_longer_version_becomes_the_original(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    short = "\n\n".join(STORY.split("\n\n")[:2])
    (folder / "a-kort.txt").write_text(short, encoding="utf-8")
    ingest_articles([folder / "a-kort.txt"], corpus, embedder)
    ingest_articles([folder], corpus, embedder)
    assert report_corpus(corpus)["copies"] == [["a-kort.txt", "bro.txt"]]
    _, passages, vectors, lexical = state_of(corpus)
    assert passages == vectors == lexical


def test_a_copy_takes_the_place_of_a_removed_original(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    (folder / "kopia.txt").write_text(STORY + "\n\nVi återkommer.", encoding="utf-8")
    ingest_articles([folder], corpus, embedder)
    report = remove_articles(["bro.txt"], corpus, embedder)
    assert report.removed == 1
    assert report_corpus(corpus)["copies"] == []
    names, passages, vectors, lexical = state_of(corpus)
    assert names == ["buch.txt", "kopia.txt"]
    assert passages == vectors == lexical > 0


def test_prune_removes_what_vanished(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    ingest_articles([folder], corpus, embedder)
    (folder / "buch.txt").unlink()
    assert counts(ingest_articles([folder], corpus, embedder)) == (0, 0, 1, 0, 0)
    assert counts(ingest_articles([folder], corpus, embedder, prune=True)) == (0, 0, 1, 1, 0)
    assert state_of(corpus)[0] == ["bro.txt"]


def test_failures_are_told_and_remembered(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    (folder / "leer.txt").write_text(" ")
    (folder / "rader.jsonl").write_text('{"id": "x"}\n')
    for _ in range(2):
        report = ingest_articles([folder], corpus, embedder)
        assert [failure.name for failure in report.failed] == ["leer.txt", "x"]
    assert [row["article"] for row in report_corpus(corpus)["failed"]] == ["leer.txt", "x"]
    (folder / "leer.txt").unlink()
    (folder / "rader.jsonl").write_text(json.dumps({"id": "x", "text": OTHER.replace("Sonntag", "Feiertag")}) + "\n")
    report = ingest_articles([folder], corpus, embedder)
    assert report.failed == []


def test_same_name_in_two_folders(tmp_path: Path, folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    second = tmp_path / "more"
    second.mkdir()
    (second / "bro.txt").write_text(OTHER.replace("Oberkamm", "Unterkamm").replace("300", "450"), encoding="utf-8")
    for expected in ((3, 0, 0), (0, 0, 3)):
        report = ingest_articles([folder, second], corpus, embedder)
        assert (report.added, report.updated, report.unchanged) == expected
    assert [a.name for a in corpus.catalogue.articles()] == ["bro.txt", "buch.txt", "more/bro.txt"]


def test_what_a_killed_run_left_is_finished(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    ingest_articles([folder], corpus, embedder)
    whole = state_of(corpus)
    victim = next(a for a in corpus.catalogue.articles() if a.name == "bro.txt")
    with corpus.catalogue.transaction() as connection:
        connection.execute("UPDATE article SET done = 0 WHERE id = ?", (victim.id,))
    corpus.vectors.remove_article(victim.id)
    assert corpus.article(victim.id) is None
    report = ingest_articles([folder], corpus, embedder)
    assert (report.added, report.unchanged) == (0, 2)
    assert state_of(corpus) == whole


def test_a_removal_broken_off_is_finished(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    (folder / "kopia.txt").write_text(STORY + "\n\nVi återkommer.", encoding="utf-8")
    ingest_articles([folder], corpus, embedder)
    corpus.catalogue.begin_removal(next(a.id for a in corpus.catalogue.articles() if a.name == "bro.txt"))
    (folder / "bro.txt").unlink()
    ingest_articles([folder], corpus, embedder)
    names, passages, vectors, lexical = state_of(corpus)
    assert names == ["buch.txt", "kopia.txt"]
    assert passages == vectors == lexical > 0
    assert report_corpus(corpus)["copies"] == []


def test_only_one_writer(folder: Path, corpus: Corpus, embedder: Embedder) -> None:
    with writer_lock(corpus.directory), pytest.raises(LockedError, match="another ingest is writing"):
        ingest_articles([folder], corpus, embedder)


def test_another_recipe_is_refused_with_advice(tmp_path: Path, corpus: Corpus) -> None:
    recipe = corpus.recipe | {"embedder": "openai:other"}
    with pytest.raises(RecipeError, match=r"--refresh.*ASSISTANT_EMBEDDING=local"):
        Corpus.create(tmp_path / "corpus", recipe)


def test_a_corpus_of_another_version_or_damaged(tmp_path: Path, corpus: Corpus) -> None:
    corpus.catalogue.write_recipe({"schema": "0"})
    with pytest.raises(RecipeError, match="another version"):
        Corpus.open(tmp_path / "corpus")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "catalogue.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(CorpusError, match="damaged"):
        Corpus.open(tmp_path / "broken")


def test_a_reader_notices_what_another_process_writes(
    tmp_path: Path, folder: Path, corpus: Corpus, embedder: Embedder
) -> None:
    ingest_articles([folder / "bro.txt"], corpus, embedder)
    corpus.close()
    code = (
        "import sys; from pathlib import Path; from ingest.embed import open_embedder;"
        "from ingest.pipeline import *; e = open_embedder('local');"
        "ingest_articles([Path(sys.argv[1])], open_corpus_for_writing(Path(sys.argv[2]), e, 'local'), e)"
    )
    reader = Corpus.open(tmp_path / "corpus")
    vector = embedder.embed_query("Wann öffnet die Stadtbücherei?")
    before = reader.vectors.search(vector, 50)
    subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / "corpus")], check=True, timeout=120)
    reader.refresh()
    after = reader.vectors.search(vector, 50)
    assert len(after) > len(before) > 0
    assert reader.lexical.search_stemmed("Stadtbücherei", "de", 5)


def test_directories_that_are_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="assistant ingest FOLDER"):
        Corpus.open(tmp_path)
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(CorpusError, match="holds other files"):
        Corpus.create(tmp_path, {"schema": "1"})
    with pytest.raises(CorpusError, match="is a file"):
        Corpus.create(tmp_path / "thesis.doc", {"schema": "1"})


def test_report_counts_what_is_stored(demo_corpus: Path) -> None:
    corpus = Corpus.open(demo_corpus)
    report = report_corpus(corpus)
    assert report["articles"] == sum(report["languages"].values()) == sum(report["publishers"].values())
    assert set(report["languages"]) == {"sv", "de", "en"}
    assert report["passages"] == corpus.vectors.count() == corpus.lexical.count()
    assert report["recipe"]["embedder"].startswith("local:")
    assert all(size > 0 for size in report["bytes"].values())
    for article in corpus.catalogue.articles():
        for passage in corpus.catalogue.passages_of(article.id):
            assert passage.kind == "caption" or article.text[passage.start : passage.end] == passage.text
