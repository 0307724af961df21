"""Whatever comes in, nothing raises but our own errors: readers, cleaner, dates, questions, markers, claims, archives.

50 examples each in the suite, the same every time; FUZZ_EXAMPLES=10000 makes as many fresh ones.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.archive import restore_corpus
from assistant.chat.programs.messages import UnusableRequestError, read_request
from assistant.cite import split_draft
from assistant.cite.markers import MarkerFilter
from assistant.errors import QuestionError
from assistant.question import question_parts, understand_question
from assistant.verify import verify_claims
from ingest.article import CleanedPage, Failure, Page
from ingest.clean import clean_page
from ingest.dates import find_dates
from ingest.errors import CorpusError
from ingest.prepare import prepare_page
from ingest.readers import READERS, TABLES, find_sources, read_source
from ingest.sentences import split_sentences

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
fuzz = settings(max_examples=EXAMPLES, deadline=5_000 if EXAMPLES > 50 else None, derandomize=EXAMPLES == 50,
                database=None, suppress_health_check=list(HealthCheck))

# What news, its mark-up, its dates and those who attack it are made of.
PIECES = st.sampled_from([
    "Foto: Ada Lindqvist/Nordbild", "den 31 februari", "1.1.2024", "2024-13-45", "i går", "gestern um 25:61 Uhr",
    "kl. 07.40",
    "12 345,67 %", "minus 3 grader", "[1]", "[[2]]", "【3†source】", "[1-99999999]", "„Så här”", "–", "Läs mer:",
    "<p>", "</div>",
    "<script>", "<!--", "&amp;", "&#x110000;", "<![CDATA[", "\x00", "\x1b[2J", "\u202e", "\ud800", "\ufeff", "\u200b",
    "\r\n",
    "\n\n", "\t", " ", "Ö", "ß", "İ", "ﬁ", "½", "٣", "𝟙", "👩‍👩‍👧", "A. ", "t.ex. ", "z.B. ", "inte", "nicht",
    "not", "said",
    "http://[::1", "{\"a\":", "\"", "\\", "'", ",", ";", "|", "(", ")", "ð" * 300, "1" * 400, "Sälgån",
    "Der Bürgermeister",
])
TEXT = st.one_of(st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("".join))
LANGUAGE = st.sampled_from(["sv", "de", "en", "fi", "xx", ""])
VALUE = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
                     lambda inner: st.one_of(st.lists(inner, max_size=3),
                                             st.dictionaries(st.text(max_size=4), inner, max_size=3)),
                     max_leaves=6)
RECORD = st.dictionaries(st.sampled_from(["id", "url", "title", "text", "html", "author", "publisher", "published_at",
                                          "language", "section"]), VALUE, max_size=8)
HEADS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b\x08", b"PAR1", b"WARC/1.0\r\n",
                         b"<?xml version='1.0'?>", b"text,title\n", b'{"text": "'])
BYTES = st.one_of(st.binary(max_size=400), st.tuples(HEADS, st.binary(max_size=300)).map(b"".join),
                  TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))


def read(suffix: str, data: bytes) -> list[Page | Failure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        return [page for source in find_sources([path]) for page in read_source(source)]


@fuzz
@given(st.sampled_from(sorted({*READERS, *TABLES})), BYTES, st.booleans())
def test_readers(suffix: str, data: bytes, packed: bool) -> None:
    for page in read(suffix, gzip.compress(data, 1) if packed and suffix.endswith(".gz") else data):
        assert isinstance(page, Page | Failure) and page.name
        if isinstance(page, Failure):
            assert page.reason and "\n" not in page.reason


@fuzz
@given(st.lists(RECORD, max_size=4))
def test_records(records: list[dict[str, object]]) -> None:
    data = b"\n".join(json.dumps(record).encode() for record in records)
    pages = read(".jsonl", data)
    assert len(pages) == len(records)
    for page in pages:
        if isinstance(page, Page):
            article, _ = prepare_page(page)
            assert article.name == page.name


@fuzz
@given(TEXT, st.booleans())
def test_the_cleaner(text: str, as_html: bool) -> None:
    cleaned = clean_page(Page("a", html=text) if as_html else Page("a", text=text))
    assert isinstance(cleaned, CleanedPage)
    assert not set(cleaned.text) & {chr(code) for code in range(32) if chr(code) not in "\n\t"}
    cleaned.text.encode("utf-8")


@fuzz
@given(TEXT, LANGUAGE)
def test_dates_and_sentences(text: str, language: str) -> None:
    for mention in find_dates(text, language):
        assert 0 <= mention.start < mention.end <= len(text)
    end = 0
    for start, stop in split_sentences(text, language):
        assert end <= start < stop <= len(text)
        end = stop


@fuzz
@given(TEXT, TEXT)
def test_questions(question: str, before: str) -> None:
    try:
        understood = understand_question(question)
    except QuestionError as error:
        assert "\n" not in str(error)
        return
    assert understood.text.isprintable()
    question_parts(understood)


@fuzz
@given(VALUE)
def test_conversations_of_programs(body: object) -> None:
    for wanted in (body, {"messages": body}, {"messages": [body]}, {"messages": [{"role": "user", "content": body}]}):
        try:
            assert read_request(wanted)[0].strip()
        except UnusableRequestError as error:
            assert str(error)


@fuzz
@given(st.lists(TEXT, max_size=5), st.sets(st.integers(1, 12), max_size=4))
def test_markers(pieces: list[str], known: set[int]) -> None:
    markers = MarkerFilter(known)
    shown = "".join(map(markers.feed, pieces)) + markers.close()
    again = MarkerFilter(known)
    assert again.feed("".join(pieces)) + again.close() == shown
    for sentence in split_draft(shown, "sv"):
        assert set(sentence.markers) <= known


@fuzz
@given(TEXT, TEXT, LANGUAGE)
def test_claims(claim: str, evidence: str, language: str) -> None:
    try:
        (judged,) = verify_claims([{"id": "1", "claim": claim, "evidence": evidence, "language": language or None}])
    except QuestionError:
        return
    assert judged["verdict"] in {"supported", "partly", "unsupported"} and 0 <= judged["score"] <= 1
    if judged["quote"]:
        assert evidence[judged["start"] : judged["end"]] == judged["quote"]


@fuzz
@given(st.one_of(BYTES, BYTES.map(lambda data: gzip.compress(data, 1))))
def test_archives(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "b.tar.gz").write_bytes(data)
        try:
            restore_corpus(Path(folder) / "b.tar.gz", Path(folder) / "new")
        except CorpusError:
            assert not (Path(folder) / "new").exists()
        else:
            raise AssertionError("restored from nothing")
