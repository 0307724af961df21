"""Tables and web archives to pages: columns by name, broken rows and records alone, no crawl dates."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from ingest.article import Failure, Page
from ingest.errors import InputError
from ingest.readers import NO_COLUMNS, Columns, find_sources, parse_columns, read_source

Answer = tuple[str, str, str, bytes]


def read_all(path: Path, columns: Columns = NO_COLUMNS) -> list[Page | Failure]:
    return [page for source in find_sources([path], columns) for page in read_source(source)]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


# tables of text


def test_usual_column_names_become_fields(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "URL,Headline,Body,By-line,Source,Date,Crawl Date,Lang\n"
                  'http://x/1,Bron stängs,"Bron, den långa, stängs.",Alva Ek,Norrbladet,2024-02-08,2025-01-01,sv\n')
    assert read_all(table) == [Page("http://x/1", text="Bron, den långa, stängs.", given={
        "url": "http://x/1", "title": "Bron stängs", "publisher": "Norrbladet", "published_at": "2024-02-08",
        "language": "sv",
    })]


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("a.csv", "id;rubrik;brödtext\n1;Å;Över ån, under bron\n", "utf-8"),
        ("a.csv", "id;rubrik;brödtext\r\n1;Å;Över ån, under bron\r\n", "cp1252"),
        ("a.csv", "id,titel,inhalt\n1,Å,\"Över ån, under bron\"\n", "utf-8-sig"),
        ("a.csv", "id|title|text\n1|Å|Över ån, under bron\n", "utf-16"),
        ("a.tsv", "id\ttitle\ttext\n1\tÅ\tÖver ån, under bron\n", "utf-8"),
    ],
)
def test_delimiters_and_encodings(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    assert read_all(write(tmp_path / name, text, encoding)) == [
        Page("1", text="Över ån, under bron", given={"title": "Å"})
    ]


def test_columns_named_by_the_person_win(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "nr,ingress,text,Lead Title\n7,Kort.,Lång.,T\n")
    columns = parse_columns("text=ingress, title=lead title, id=nr")
    assert read_all(table, columns) == [Page("7", text="Kort.", given={"title": "T"})]
    (failure,) = read_all(table, parse_columns("text=body"))
    assert isinstance(failure, Failure)
    assert "no column 'body'" in failure.reason
    assert "ingress" in failure.reason


@pytest.mark.parametrize("mapping", ["text", "text=", "words=body", "", "text=a,,"])
def test_a_mapping_that_cannot_be_understood(mapping: str) -> None:
    with pytest.raises(InputError, match="FIELD=COLUMN"):
        parse_columns(mapping)


def test_a_table_without_texts_says_how_to_name_them(tmp_path: Path) -> None:
    (failure,) = read_all(write(tmp_path / "a.csv", "name,size\nx,1\n"))
    assert isinstance(failure, Failure)
    assert "--columns text=COLUMN" in failure.reason


def test_broken_rows_fail_alone_with_their_number(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "\n".join((
        "id,title,text", "a,T,One.", "b,T", "c,T,Three,too,many", 'd,"unclosed,Four.', 'e,"T","Five."', "f,T,",
        "", 'g,T,"Sev""en""\n\nlines."', 'h,T,"never closed', "i,T,Nine.",
    )) + "\n")
    pages = read_all(table)
    assert [page.name for page in pages] == ["a", "a.csv#3", "a.csv#4", "a.csv#5", "e", "a.csv#7", "g", "a.csv#10",
                                             "i"]
    assert [page.text for page in pages if isinstance(page, Page)] == ["One.", "Five.", 'Sev"en"\n\nlines.', "Nine."]
    reasons = [page.reason for page in pages if isinstance(page, Failure)]
    assert [reason.split(":")[0] for reason in reasons] == [
        "row has 2 columns where the first row has 3", "row has 5 columns where the first row has 3",
        "row cannot be read (a quotation mark is not closed)", "has an empty text",
        "row cannot be read (a quotation mark is not closed)",
    ]


def test_a_giant_line_fails_alone(tmp_path: Path) -> None:
    pages = read_all(write(tmp_path / "a.csv", f"id,text\na,{'x' * 21_000_000}\nb,Two.\n"))
    assert isinstance(pages[0], Failure)
    assert pages[1:] == [Page("b", text="Two.")]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\1\2", b'"', b"id,text"])
def test_what_is_no_table(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    assert all(isinstance(page, Failure) for page in read_all(tmp_path / "a.csv"))


def test_html_in_a_column_of_texts_is_read_as_html(tmp_path: Path) -> None:
    (page,) = read_all(write(tmp_path / "a.csv", "id,content\n1,<p>Bron</p><p>stängs.</p>\n"))
    assert page == Page("1", html="<p>Bron</p><p>stängs.</p>")


def test_what_programs_write_for_nothing_is_nothing(tmp_path: Path) -> None:
    (page,) = read_all(write(tmp_path / "a.csv", "url,title,author,date,text\n,NaN,None,null,Text.\n"))
    assert page == Page("a.csv#2", text="Text.")


# parquet


def test_parquet_rows(tmp_path: Path) -> None:
    table = pyarrow.table({
        "link": ["http://x/1", None, "http://x/3"], "headline": ["A", "B", None],
        "content": ["Text a.", None, "<div>Text c.</div>"], "authors": [["Alva Ek", "Bo Ek"], [], None],
        "date": [datetime(2024, 2, 8, 9, 30), None, None], "crawl_date": [date(2025, 1, 1)] * 3,
    })
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    assert read_all(tmp_path / "a.parquet") == [
        Page("http://x/1", text="Text a.", given={
            "url": "http://x/1", "title": "A", "author": "Alva Ek, Bo Ek", "published_at": "2024-02-08T09:30:00",
        }),
        Failure("a.parquet#2", "has an empty text: nothing to take"),
        Page("http://x/3", html="<div>Text c.</div>", given={"url": "http://x/3"}),
    ]
    (first, *_) = read_all(tmp_path / "a.parquet", parse_columns("text=headline,title=link"))
    assert first == Page("http://x/1", text="A", given={
        "url": "http://x/1", "title": "http://x/1", "author": "Alva Ek, Bo Ek",
        "published_at": "2024-02-08T09:30:00",
    })


def test_damaged_parquet_keeps_the_rows_before_the_damage(tmp_path: Path) -> None:
    table = pyarrow.table({"id": [str(n) for n in range(500)], "text": [f"Text {n}. " * 50 for n in range(500)]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=100, compression="none",
                                use_dictionary=False)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 120_000] = bytes(120_000)
    (tmp_path / "a.parquet").write_bytes(data)
    pages = read_all(tmp_path / "a.parquet")
    assert len(pages) > 100
    assert isinstance(pages[-1], Failure)
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no")
    (failure,) = read_all(tmp_path / "b.parquet")
    assert isinstance(failure, Failure)
    assert "damaged" in failure.reason


# web archives

ANSWERS: tuple[Answer, ...] = (
    ("http://x/1", "200 OK", "text/html; charset=iso-8859-1", "<p>Bron över ån stängs.</p>".encode("latin-1")),
    ("http://x/2", "404 Not Found", "text/html", b"<p>Gone.</p>"),
    ("http://x/3", "200 OK", "image/png", b"\x89PNG\0"),
    ("http://x/4", "200 OK", "text/html", "<p>Fähre auf Grund.</p>".encode() * 9),
    ("http://x/5", "200 OK", "application/xhtml+xml", "<p>Färjan är borta.</p>".encode()),
    ("http://x/6", "200 OK", "text/html", b"\0\0\0"),
    ("http://x/7", "200 OK", "text/html", "<p>Last å.</p>".encode() * 9),
)


def archive(answers: Sequence[Answer], *, compressed: bool) -> tuple[bytes, list[int]]:
    """A web archive and where its records begin."""
    data, starts = b"", []
    for url, status, kind, body in answers:
        starts.append(len(data))
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode() + answer + b"\r\n\r\n"
        data += gzip.compress(record) if compressed else record
    return data, starts


@pytest.mark.parametrize(("name", "compressed"), [("a.warc", False), ("a.warc.gz", True)])
def test_html_answers_of_a_web_archive(tmp_path: Path, name: str, compressed: bool) -> None:
    (tmp_path / name).write_bytes(archive(ANSWERS, compressed=compressed)[0])
    pages = read_all(tmp_path / name)
    assert [page.name for page in pages] == [f"http://x/{n}" for n in (1, 4, 5, 6, 7)]
    assert pages[0] == Page("http://x/1", html="<p>Bron över ån stängs.</p>", given={"url": "http://x/1"})
    assert [type(page) for page in pages] == [Page, Page, Page, Failure, Page]
    assert all("published_at" not in page.given for page in pages if isinstance(page, Page))


@pytest.mark.parametrize(("name", "compressed"), [("a.warc", False), ("a.warc.gz", True)])
def test_a_damaged_record_fails_alone(tmp_path: Path, name: str, compressed: bool) -> None:
    data, starts = archive(ANSWERS, compressed=compressed)
    damaged = bytearray(data)
    damaged[starts[3] + 15 : starts[3] + 60] = b"A" * 45
    damaged[starts[3]] = 0x41
    (tmp_path / name).write_bytes(damaged)
    pages = read_all(tmp_path / name)
    assert [page.name for page in pages] == ["http://x/1", f"{name}#4", "http://x/5", "http://x/6", "http://x/7"]


@pytest.mark.parametrize(("name", "compressed"), [("a.warc", False), ("a.warc.gz", True)])
@pytest.mark.parametrize("missing", [30, 200])
def test_an_archive_that_breaks_off_says_so(tmp_path: Path, name: str, compressed: bool, missing: int) -> None:
    data, _ = archive(ANSWERS, compressed=compressed)
    (tmp_path / name).write_bytes(data[:-missing])
    pages = read_all(tmp_path / name)
    assert [page.name for page in pages[:3]] == ["http://x/1", "http://x/4", "http://x/5"]
    assert isinstance(pages[-1], Failure)


def test_damage_in_a_row_is_told_once(tmp_path: Path) -> None:
    data, starts = archive(ANSWERS, compressed=True)
    (tmp_path / "a.warc.gz").write_bytes(data[: starts[3]] + b"\x1f\x8b\x08junk" * 500 + data[starts[3] :])
    pages = read_all(tmp_path / "a.warc.gz")
    assert [page.name for page in pages if isinstance(page, Page)] == [f"http://x/{n}" for n in (1, 4, 5, 7)]
    assert len([page for page in pages if isinstance(page, Failure)]) == 2  # the junk, and the answer that is empty


@pytest.mark.parametrize("data", [b"", b"junk" * 100, b"\x1f\x8b\x08junk", b"WARC/1.0\r\n\r\n"])
def test_what_is_no_web_archive(tmp_path: Path, data: bytes) -> None:
    for name in ("a.warc", "a.warc.gz"):
        (tmp_path / name).write_bytes(data)
        pages = read_all(tmp_path / name)
        assert pages
        assert all(isinstance(page, Failure) for page in pages)


@pytest.mark.parametrize(("name", "package", "extra"), [("a.warc", "warcio", "warc"),
                                                        ("a.parquet", "pyarrow", "parquet")])
def test_a_missing_extra_is_one_line_that_says_what_to_install(
    tmp_path: Path, name: str, package: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"x")
    program = (
        f"import sys; sys.modules['{package}'] = None; sys.modules['{package}.archiveiterator'] = None\n"
        "from pathlib import Path\nfrom ingest.readers import find_sources, read_source\n"
        f"for source in find_sources([Path({str(tmp_path / name)!r})]):\n"
        "    for page in read_source(source): print(page.reason)\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == f"needs an extra to be read: pip install 'article-assistant[{extra}]'"
