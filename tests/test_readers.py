"""Files to pages, and what happens to files that are none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ingest.article import Failure, Page
from ingest.errors import InputError
from ingest.readers import find_sources, read_source


def read_all(path: Path) -> list[Page | Failure]:
    return [page for source in find_sources([path]) for page in read_source(source)]


def test_folder_is_read_recursively_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Bä", encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.HTML").write_text("<p>Hej</p>")
    (tmp_path / ".hidden.txt").write_text("no")
    (tmp_path / "notes.pdf").write_text("no")
    assert [page.name for page in read_all(tmp_path)] == ["a/x.HTML", "b.txt"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Över ån".encode(), "Över ån"),
        (b"\xef\xbb\xbfHej", "Hej"),
        ("Over ån, överallt".encode("cp1252"), "Over ån, överallt"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("åäö åäö åäö ".encode() + b"\xff", "åäö åäö åäö �"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (page,) = read_all(tmp_path)
    assert isinstance(page, Page)
    assert page.text == text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", b"\x89PNG\0\0\0", "is binary"),
        ("a.txt", b"\x81\x8d\x8f abc", "no known encoding"),
        ("a.html", b"", "is empty"),
        ("a.html", b"\0\0\0\0", "is binary"),
        ("a.jsonl.gz", b"not gzip", "damaged gzip"),
    ],
)
def test_unreadable_files_are_failures_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (failure,) = read_all(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.name == name
    assert reason in failure.reason


def test_a_page_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    (failure,) = read_all(tmp_path)
    assert isinstance(failure, Failure)
    assert "50 MB" in failure.reason


def test_broken_jsonl_lines_fail_alone(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "One."}', "{broken", "[1]", '{"id": "d"}', "",
             '{"url": "http://x/e", "html": "<p>E"}', '{"id": "q", "question": "Why?"}']
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    pages = read_all(tmp_path)
    assert [page.name for page in pages] == ["a", "all.jsonl#2", "all.jsonl#3", "d", "http://x/e", "q"]
    assert [type(page) for page in pages] == [Page, Failure, Failure, Failure, Page, Failure]
    assert isinstance(pages[5], Failure)
    assert "question" in pages[5].reason


def test_a_giant_jsonl_line_fails_alone(tmp_path: Path) -> None:
    big = json.dumps({"id": "big", "text": "x" * 21_000_000})
    (tmp_path / "all.jsonl").write_text(f'{big}\n{{"id": "b", "text": "Two."}}\n')
    first, second = read_all(tmp_path)
    assert isinstance(first, Failure)
    assert second == Page("b", text="Two.")


def test_gzip_and_given_metadata(tmp_path: Path) -> None:
    record = {"id": 7, "text": "Text.", "title": "T", "published_at": "2024-02-08", "author": None, "other": 1}
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        file.write(json.dumps(record))
    (page,) = read_all(tmp_path)
    assert page == Page("7", text="Text.", given={"title": "T", "published_at": "2024-02-08"})


def test_a_gzip_file_that_breaks_off_keeps_its_first_lines(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "a{n}", "text": "Number {n * 7919 % 104729}."}}\n' for n in range(20_000))
    data = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    pages = read_all(tmp_path)
    assert isinstance(pages[0], Page)
    assert isinstance(pages[-1], Failure)


def test_wrong_paths(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="no articles"):
        find_sources([tmp_path])
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(InputError, match=r"expected \.txt"):
        find_sources([tmp_path / "a.pdf"])


def test_a_file_that_vanishes_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (source,) = find_sources([tmp_path])
    (tmp_path / "a.txt").unlink()
    (failure,) = read_source(source)
    assert isinstance(failure, Failure)
    assert "vanished" in failure.reason


def test_links_out_of_the_folder_are_not_followed_and_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Text.")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").symlink_to(folder / "c.txt")
    page, outside, circle = read_all(folder)
    assert page.name == "a.txt"
    assert isinstance(outside, Failure) and "link out of the folder" in outside.reason
    assert isinstance(circle, Failure)
    assert all(source.key.startswith(str(folder)) for source in find_sources([folder]))
