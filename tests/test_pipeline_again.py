"""Ingesting again: what is done once more is what changed, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_news import ConstantEmbedder, made_articles

import ingest.intake
import ingest.run
from ingest.corpus import Corpus, report_corpus
from ingest.errors import CorpusError, RecipeError
from ingest.pipeline import IngestReport, ingest_articles, open_corpus_for_writing
from ingest.space import check_space


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in made_articles(12, words=120):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def embedder() -> ConstantEmbedder:
    return ConstantEmbedder()


@pytest.fixture
def corpus(tmp_path: Path, embedder: ConstantEmbedder) -> Corpus:
    return open_corpus_for_writing(tmp_path / "corpus", embedder, "constant")


def names(corpus: Corpus) -> list[str]:
    return [article.name for article in corpus.catalogue.articles()]


def assert_whole(corpus: Corpus) -> None:
    passages = corpus.catalogue.count("SELECT id FROM passage")
    assert len(passages) == corpus.vectors.count() == corpus.lexical.count()
    assert len(corpus.vectors.get([row[0] for row in passages])) == len(passages)
    assert corpus.catalogue.count("SELECT 1 FROM article WHERE done != 1") == []
    assert corpus.catalogue.chores() == []


def counts(report: IngestReport) -> dict[str, int]:
    kinds = ("added", "updated", "renamed", "unchanged", "removed", "copies")
    return {kind: getattr(report, kind) for kind in kinds if getattr(report, kind)}


def test_only_what_changed_is_embedded(folder: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    ingest_articles([folder], corpus, embedder)
    whole = embedder.embedded
    file = sorted(folder.iterdir())[4]
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    file.write_text("\n\n".join([*paragraphs[:-1], "Ett helt nytt slut skrevs i går kväll."]), encoding="utf-8")
    assert counts(ingest_articles([folder], corpus, embedder)) == {"updated": 1, "unchanged": 11}
    assert 1 <= embedder.embedded - whole <= 2
    assert_whole(corpus)


def test_a_renamed_folder_is_recognised(folder: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    (folder / "a").mkdir()
    for file in folder.glob("sv-*"):
        file.rename(folder / "a" / file.name)
    ingest_articles([folder], corpus, embedder)
    before = embedder.embedded
    (folder / "a").rename(folder / "b")
    assert counts(ingest_articles([folder], corpus, embedder)) == {"renamed": 4, "unchanged": 8}
    assert embedder.embedded == before
    assert [name for name in names(corpus) if "/" in name] == [f"b/sv-{n:05d}.txt" for n in (0, 3, 6, 9)]
    assert_whole(corpus)


def test_a_renamed_original_keeps_its_copies(folder: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    original, *_ = sorted(folder.iterdir())
    (folder / "zz-copy.txt").write_text(original.read_text(encoding="utf-8") + "\nTack för att du läser.\n")
    ingest_articles([folder], corpus, embedder)
    original.rename(folder / "new-name.txt")
    report = ingest_articles([folder], corpus, embedder)
    assert (report.renamed, report.added) == (1, 0)
    assert report_corpus(corpus)["copies"] == [["zz-copy.txt", "new-name.txt"]]
    assert_whole(corpus)


@pytest.mark.parametrize("batched", [True, False])
def test_a_list_of_names_is_no_copy_of_that_in_another_language(
    tmp_path: Path, corpus: Corpus, embedder: ConstantEmbedder, batched: bool
) -> None:
    clubs = "Falun Lions, Borlänge Falcons, Mora Bears, Rättvik Owls, Leksand Stars, Säter Hawks, Ludvika Wolves"
    texts = {"sv": f"Lagen i serien är {clubs}.", "en": f"The teams are {clubs}.", "de": f"Zur Liga gehören {clubs}."}
    rows = [json.dumps({"id": one, "text": text, "language": one}) for one, text in texts.items()]
    rows.append(json.dumps({"id": "again", "text": texts["de"], "language": "de"}))
    for at, part in enumerate([rows] if batched else [[row] for row in rows]):
        (tmp_path / f"{at}.jsonl").write_text("\n".join(part))
        ingest_articles([tmp_path / f"{at}.jsonl"], corpus, embedder)
    assert report_corpus(corpus)["copies"] == [["again", "de"]]
    assert_whole(corpus)


def test_records_moved_to_another_file(tmp_path: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    rows = [json.dumps({"url": f"https://nyheter.example/{n}", "text": text})
            for n, (_, text) in enumerate(made_articles(6, words=80))]
    first, second = tmp_path / "monday.jsonl", tmp_path / "tuesday.jsonl"
    first.write_text("\n".join(rows))
    ingest_articles([first], corpus, embedder)
    second.write_text("\n".join(rows[:4]))
    assert counts(ingest_articles([first, second], corpus, embedder)) == {"unchanged": 10}
    first.unlink()
    # Two were in the first file only; the others are held by the second still.
    assert counts(ingest_articles([tmp_path], corpus, embedder, prune=True)) == {"unchanged": 4, "removed": 2}
    assert len(names(corpus)) == 4
    assert_whole(corpus)


def test_a_row_that_left_its_file_is_pruned_later_too(
    tmp_path: Path, corpus: Corpus, embedder: ConstantEmbedder
) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [json.dumps({"id": name, "text": text}) for name, text in made_articles(3, words=80)]
    file.write_text("\n".join(rows))
    ingest_articles([file], corpus, embedder)
    file.write_text("\n".join(rows[:2]))
    assert counts(ingest_articles([file], corpus, embedder)) == {"unchanged": 2}
    assert counts(ingest_articles([file], corpus, embedder, prune=True)) == {"unchanged": 2, "removed": 1}
    assert_whole(corpus)


def test_failures_are_retried_only_when_asked_or_changed(
    folder: Path, corpus: Corpus, embedder: ConstantEmbedder
) -> None:
    (folder / "page.txt").write_bytes(b"a\0b")
    first = ingest_articles([folder], corpus, embedder)
    (reason,) = [failure.reason for failure in first.failed]
    corpus.catalogue.finish_files([])  # nothing to do is no error
    with corpus.catalogue.transaction() as connection:
        connection.execute("UPDATE failure SET reason = 'as remembered'")
    again = ingest_articles([folder], corpus, embedder)
    assert [failure.reason for failure in again.failed] == ["as remembered"]
    retried = ingest_articles([folder], corpus, embedder, retry_failed=True)
    assert [failure.reason for failure in retried.failed] == [reason]
    assert counts(retried) == {"unchanged": 12}


def test_a_newer_cleaner_is_told_and_refreshed(
    folder: Path, corpus: Corpus, embedder: ConstantEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_articles([folder], corpus, embedder)
    before = embedder.embedded
    for module in (ingest.intake, ingest.run, ingest.pipeline):
        monkeypatch.setattr(module, "CLEANER_VERSION", "newer")
    assert (told := ingest_articles([folder], corpus, embedder)).older == 12
    assert counts(told) == {"unchanged": 12}
    with corpus.catalogue.transaction() as connection:  # as if the older cleaner had kept a line too many
        connection.execute("UPDATE article SET text = 'Meny' || char(10, 10) || text WHERE name = 'de-00001.txt'")
    refreshed = ingest_articles([folder], corpus, embedder, refresh=True)
    assert (counts(refreshed), refreshed.older) == ({"updated": 1, "unchanged": 11}, 0)
    assert embedder.embedded == before  # its passages are those of the text without the line
    assert corpus.recipe["cleaner"] == "newer"
    assert_whole(corpus)


def test_a_newer_splitter_splits_again_without_reading(
    tmp_path: Path, folder: Path, corpus: Corpus, embedder: ConstantEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_articles([folder], corpus, embedder)
    before = embedder.embedded
    for module in (ingest.run, ingest.indexing, ingest.pipeline):
        monkeypatch.setattr(module, "SPLITTER_VERSION", "newer")
    for file in list(folder.iterdir())[1:]:
        file.unlink()
    report = ingest_articles([folder], corpus, embedder, refresh=True)
    assert (report.older, report.updated, embedder.embedded) == (0, 12, before)
    assert_whole(corpus)


class OtherEmbedder(ConstantEmbedder):
    name = "constant:other"


def test_another_embedder_takes_over_with_refresh(tmp_path: Path, folder: Path, corpus: Corpus) -> None:
    ingest_articles([folder], corpus, ConstantEmbedder())
    corpus.close()
    with pytest.raises(RecipeError, match="--refresh"):
        open_corpus_for_writing(tmp_path / "corpus", OtherEmbedder(), "other")
    embedder = OtherEmbedder()
    other = open_corpus_for_writing(tmp_path / "corpus", embedder, "other", refresh=True)
    assert Corpus.open(tmp_path / "corpus").recipe["embedding"] == "other"
    report = ingest_articles([folder], other, embedder, refresh=True)
    assert (report.updated, report.older) == (12, 0)
    assert embedder.embedded == report.passages > 0
    assert_whole(other)
    again = open_corpus_for_writing(tmp_path / "corpus", embedder, "other", refresh=True)
    assert counts(ingest_articles([folder], again, embedder, refresh=True)) == {"unchanged": 12}


def test_another_embedder_is_refused_when_it_is_needed(folder: Path, corpus: Corpus) -> None:
    ingest_articles([folder], corpus, ConstantEmbedder())
    ingest_articles([folder], corpus, OtherEmbedder())  # nothing to embed
    (folder / "new.txt").write_text("Den nya bron öppnade i dag efter tre års arbete vid sundet.")
    with pytest.raises(RecipeError, match="ASSISTANT_EMBEDDING=constant"):
        ingest_articles([folder], corpus, OtherEmbedder())


def test_files_of_one_name_in_folders_of_one_name(tmp_path: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    roots = []
    for number, (_, text) in enumerate(made_articles(3, words=80)):
        root = tmp_path / f"{number}" / "news"
        root.mkdir(parents=True)
        (root / "a.txt").write_text(text, encoding="utf-8")
        roots.append(root)
    assert counts(ingest_articles(roots, corpus, embedder)) == {"added": 3}
    assert names(corpus) == ["2/news/a.txt", "a.txt", "news/a.txt"]
    assert counts(ingest_articles(roots, corpus, embedder)) == {"unchanged": 3}


def test_low_disk_is_told_before(tmp_path: Path) -> None:
    check_space(tmp_path, {})
    check_space(tmp_path, {".txt": 1_000})
    with pytest.raises(CorpusError, match="nothing was changed"):
        check_space(tmp_path, {".txt": 10**15})


def test_ctrl_c_keeps_what_was_stored(folder: Path, corpus: Corpus, embedder: ConstantEmbedder) -> None:
    def press(done: int, total: int, report: IngestReport) -> None:
        if done == 7:
            raise KeyboardInterrupt

    report = ingest_articles([folder], corpus, embedder, progress=press)
    assert report.interrupted
    assert len(names(corpus)) == report.added < 12
    again = ingest_articles([folder], corpus, embedder)
    assert not again.interrupted
    assert report.added + again.added == len(names(corpus)) == 12
    assert_whole(corpus)
