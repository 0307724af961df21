"""`assistant show` and `assistant corpus`: one article and the whole corpus, as a person reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.article_view import describe_article, find_article
from assistant.cli import app
from ingest.article import stable_id
from ingest.corpus import Corpus
from ingest.errors import InputError

FERRY = "000_5be07c41f2a9d318.txt"
SOLD = "https://blickfeld-taeglich.example/wirtschaft/ferrolyt-hanvar-a-60244"


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("wanted", [FERRY, "000_5", stable_id(FERRY), stable_id(FERRY)[:12]])
def test_an_article_is_found_by_name_id_and_beginning(demo_corpus: Path, wanted: str) -> None:
    assert find_article(Corpus.open(demo_corpus), wanted) == stable_id(FERRY)


def test_an_article_is_found_by_its_address(demo_corpus: Path) -> None:
    corpus = Corpus.open(demo_corpus)
    assert find_article(corpus, SOLD) == stable_id(SOLD)
    assert find_article(corpus, "https://blickfeld-taeglich") == stable_id(SOLD)


@pytest.mark.parametrize(("wanted", "words"), [("00", "more than one article: 000_"), ("", "more than one"),
                                               ("nothing", "no article 'nothing'"), ("%", "no article")])
def test_what_fits_none_or_several_is_refused(demo_corpus: Path, wanted: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        find_article(Corpus.open(demo_corpus), wanted)


def test_an_article_is_told_as_it_is_stored(demo_corpus: Path) -> None:
    corpus = Corpus.open(demo_corpus)
    document = json.loads(run("show", FERRY, "--corpus", demo_corpus, "--json"))
    assert document == describe_article(corpus, stable_id(FERRY))
    article = corpus.article(stable_id(FERRY))
    assert article is not None
    assert document["text"] == article.text
    assert document["published_at"] == article.metadata.published_at
    assert document["provenance"]["published_at"]
    assert document["dropped"]
    assert all(line["reason"] and line["kind"] for line in document["dropped"])
    assert document["passages"] == len(corpus.catalogue.passages_of(article.id))
    assert "001_c2714e99ab03f6d5.txt" in document["story"]
    (copy, original), *_ = corpus.catalogue.copies()
    told = describe_article(corpus, stable_id(copy))
    assert (told["copy_of"], told["passages"]) == (original, 0)
    assert copy in describe_article(corpus, stable_id(original))["copies"]


def test_an_article_in_the_terminal(demo_corpus: Path) -> None:
    shown = run("show", FERRY, "--corpus", demo_corpus)
    for words in ("Färjan gick på grund", "published_at  2023-11-15", "from", "confidence", "same story", "Ejdervind",
                  "dropped", "←"):
        assert words in shown
    (copy, original), *_ = Corpus.open(demo_corpus).catalogue.copies()
    assert "copy of" in run("show", copy, "--corpus", demo_corpus)
    assert "copies (1)" in run("show", original, "--corpus", demo_corpus)


def test_a_corpus_in_the_terminal_and_as_json(demo_corpus: Path) -> None:
    shown = run("corpus", "--corpus", demo_corpus)
    for words in ("32 articles", "Languages", "sv", "Publishers", "Meridian", "Months", "2023-11", "without a date",
                  "Copies (2)", "Stories (", "Dropped", "menus", "Unsure", "Recipe", "embedder", "On disk", "█"):
        assert words in shown
    report = json.loads(run("corpus", "--corpus", demo_corpus, "--json"))
    assert set(report) >= {"articles", "passages", "languages", "publishers", "months", "undated", "copies", "stories",
                           "failed", "recipe", "bytes", "unsure", "kept", "dropped"}
    assert report["dropped"]["boilerplate"] > 1000 < report["kept"]["body"]
    assert all(len(story) > 1 for story in report["stories"])


def test_an_empty_corpus_and_hostile_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.corpus_console import print_article, print_health

    report = {
        "articles": 3, "passages": 0, "languages": {}, "publishers": {"[red]x\x1b[2J": 3}, "months": {}, "from": None,
        "to": None, "undated": 3, "low_confidence": 1, "copies": [], "stories": [],
        "failed": [{"article": f"p{n}[/]\x07", "reason": "is empty"} for n in range(9)], "recipe": {},
        "bytes": {"catalogue": 1}, "unsure": [{"article": "\x1b]0;x", "confidence": 0.2}], "kept": {}, "dropped": {},
    }
    print_health(report, tmp_path)
    shown = capsys.readouterr().out
    assert "is empty: p0[/] , p1[/] , p2[/] , p3[/]  and 5 more" in shown
    assert "[red]x [2J" in shown
    print_article({
        "article": "a", "id": "1", "source": "f", "url": None, "title": "\x1b[31m[bold]T", "author": None,
        "publisher": None, "section": None, "published_at": None, "updated_at": None,
        "estimate": ["2024-01-01", "2024-02-01"], "provenance": {}, "language": "sv", "confidence": 1.0,
        "text": "T\x08.", "captions": ["C"], "passages": 1,
        "dropped": [{"text": "x" * 500, "kind": "boilerplate", "reason": "a menu"}],
        "copy_of": None, "copies": [], "story": [],
    })
    shown += capsys.readouterr().out
    assert "2024-01-01 to 2024-02-01 (an estimate)" in shown
    assert not set("\x1b\x07\x08") & set(shown)


def test_no_such_article_is_an_input_error(demo_corpus: Path) -> None:
    result = CliRunner().invoke(app, ["show", "nothing", "--corpus", str(demo_corpus)])
    assert isinstance(result.exception, InputError)
