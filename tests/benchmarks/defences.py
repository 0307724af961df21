"""Does a test fail when a defence is taken away? One defence of docs/security.md after the other.

    python tests/benchmarks/defences.py [--only WORD] [--quick] [--table]

The tree is copied to a temporary folder. There all named tests must pass first; then, one removal at a time, a piece
of code is replaced by what a version without that defence would say, and only the tests that must notice are run.
A test that cannot be collected or ends by an import or name error counts as a mistake of this script. Exit code 1 when
a defence can be taken away unseen. A test that hangs is ended after `PATIENCE_SECONDS`, which counts as noticed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent.parent
COPIED = ("assistant", "ingest", "prompts", "tests", "pyproject.toml")
PATIENCE_SECONDS = 300
# What a removal that is no program any more raises.
MISTAKES = re.compile(r"\b(?:SyntaxError|IndentationError|NameError|ImportError|ModuleNotFoundError|AttributeError)\b")


@dataclass(frozen=True, slots=True)
class Defence:
    """A row of docs/security.md by what is tried there, what defends it, how that is removed, and what must fail."""

    tries: str
    name: str
    file: str
    code: str
    without: str
    tests: tuple[str, ...]


def _security(*names: str) -> tuple[str, ...]:
    return tuple(f"test_security.py::{name}" for name in names)


ORDERS = "orders to the model, forged markers, prompt leak, scripts in any field"
BOMBS = "decompression bomb (`.jsonl.gz`, `.warc.gz`)"
LINKS = "links that lead out of it, links in a circle"
STRANGE = "pipes, devices, names, ids and languages that are none"
NAMES = "names such as `../../x`, control characters"
ENTITIES = "billion laughs, external entities, XInclude"
WORST = "deep nesting, endless lines, regular expressions' worst cases"
FETCHED = "an address that is fetched (SSRF)"
LONG = "10 MB questions, control characters"
FILES = "read files by `/gradio_api/file=…`, `../`"
IDS = "path, SQL or wildcard as an article's id"
FOREIGN = "sends a form or an upload to a chat on this machine (CSRF)"
ACCOUNTS = "use without an account, guessing, too many questions"
FORGED = "forged answers in shared links"
UPLOADS = "`../` in its name"
NUMBERS = "reads the chat's numbers"
DOWN = "is down, or asked too much"
ENDLESS = "an endless answer"
SECRETS = "shows a key, a password, a path"
CHROMA = "is read by strangers, listened in on"
BACKUPS = "names that lead out, links, one changed bit"
REPORTS = "reports home"

DEFENCES = (
    Defence(ORDERS, "fences", "assistant/answer/generative.py",
            'text = text.replace("<", "‹").replace(">", "›")', "pass",
            _security("test_an_article_cannot_end_its_fence_or_number_itself")),
    Defence(ORDERS, "markers in articles", "assistant/answer/generative.py",
            'return _MARKER_LIKE.sub(r"(\\1)", text)', "return text",
            _security("test_an_article_cannot_end_its_fence_or_number_itself")),
    Defence(ORDERS, "unknown markers", "assistant/answer/leaks.py",
            "MarkerFilter(range(1, passages + 1))", "MarkerFilter(range(1, 10_000))",
            ("test_injection.py::test_a_model_that_repeats_an_attack_does_no_harm",)),
    Defence(ORDERS, "prompt leak", "assistant/answer/leaks.py",
            "return found or SENTINEL in text", "return False",
            ("test_injection.py::test_a_model_that_recites_its_instructions_shows_none_of_them",)),
    Defence(ORDERS, "HTML escaped", "assistant/chat/show/escape.py",
            'html.escape(UNSEEN.sub("", text), quote=True)', 'UNSEEN.sub("", text)',
            ("test_chat_render.py::test_hostile_text_stays_text_everywhere",
             "test_chat_render.py::test_hostile_text_stays_text_in_pages_of_their_own")),
    Defence(ORDERS, "unseen characters", "assistant/chat/show/escape.py",
            'html.escape(UNSEEN.sub("", text), quote=True)', "html.escape(text, quote=True)",
            ("test_chat_render.py::test_hostile_text_stays_text_everywhere",)),
    Defence(ORDERS, "links to web pages only", "assistant/chat/show/escape.py",
            'return url if parts.scheme in ("http", "https") and host else None', "return url",
            ("test_chat_render.py::test_only_web_pages_are_linked",)),
    Defence(ORDERS, "Markdown escaped", "assistant/markdown.py",
            'return _MARKDOWN.sub(r"\\\\\\1", " ".join(UNSEEN.sub("", text).split()))', "return text",
            ("test_injection.py::test_a_model_that_repeats_an_attack_does_no_harm",)),
    Defence(ORDERS, "content security policy", "assistant/chat/serve/headers.py",
            '[*message.get("headers", []), *HEADERS]', 'message.get("headers", [])',
            _security("test_frames_and_foreign_scripts_are_kept_out")),
    Defence(BOMBS, "length of a line", "ingest/readers/jsonl.py",
            "while line := stream.readline(MAX_LINE_BYTES + 1):", "while line := stream.readline():",
            _security("test_a_bomb_in_gzip_takes_no_more_memory_than_its_longest_line")),
    Defence(BOMBS, "length of a web page", "ingest/readers/warc.py",
            "record.content_stream().read(MAX_HTML_BYTES + 1)", "record.content_stream().read()",
            _security("test_a_bomb_in_a_web_archive_is_cut")),
    Defence(LINKS, "links out are not read", "ingest/readers/__init__.py",
            "if source.leads_out:", "if False:", _security("test_links_lead_nowhere_outside_the_folder")),
    Defence(STRANGE, "files only", "ingest/readers/__init__.py",
            "if source.path.exists() and not source.path.is_file():", "if False:",
            ("test_hostile_files.py::test_pipes_sockets_and_devices_are_not_waited_for",)),
    Defence(STRANGE, "names that are UTF-8", "ingest/readers/__init__.py",
            "Source(file, _as_text(file.relative_to(path).as_posix()), root)",
            "Source(file, file.relative_to(path).as_posix(), root)",
            ("test_hostile_files.py::test_a_name_that_is_no_utf8_fails_alone",)),
    Defence(STRANGE, "text that UTF-8 can say", "ingest/readers/__init__.py",
            "yield from map(_storable, pages)", "yield from pages",
            ("test_hostile_files.py::test_halves_of_surrogate_pairs_are_stored_as_text",)),
    Defence(STRANGE, "codes of languages", "ingest/prepare.py",
            "language = code[0] if code else detect_language(cleaned.text)",
            'language = page.given.get("language") or detect_language(cleaned.text)',
            ("test_hostile_files.py::test_a_language_is_a_code_or_told_by_the_text",)),
    Defence(STRANGE, "encodings of pages", "ingest/readers/warc.py",
            "named = bool(charset) and codecs.lookup(charset).name not in _OF_HOST_NAMES", "named = bool(charset)",
            ("test_hostile_files.py::test_a_server_may_name_any_encoding",)),
    Defence(NAMES, "a terminal's control characters", "assistant/console.py",
            'return "".join(c if c.isprintable() or c == "\\n" else " " for c in text)', "return text",
            _security("test_names_are_labels_and_never_paths")),
    Defence(ENTITIES, "an HTML parser", "ingest/clean/html.py",
            "text = trafilatura.extract(html, favor_precision=True, include_comments=False)",
            "parser = etree.XMLParser(resolve_entities=True, load_dtd=True)\n"
            '    text = "\\n".join(etree.fromstring(html, parser).itertext())',
            _security("test_entities_are_not_expanded", "test_entities_read_no_files")),
    Defence(WORST, "depth of HTML (libxml2's 256)", "ingest/clean/html.py",
            "trafilatura.extract(html, ",
            "trafilatura.extract(html if _parse(html) is None else _parse(html), ",
            _security("test_mangled_html_neither_hangs_nor_raises")),
    Defence(WORST, "length of HTML", "ingest/clean/html.py",
            "html[:_LARGEST]", "html", _security("test_of_a_huge_page_only_the_beginning_is_parsed")),
    Defence(FETCHED, "addresses of articles are left alone", "ingest/readers/record.py",
            'text, html = record.get("text"), record.get("html")',
            'text, html = record.get("text"), record.get("html")\n'
            '    if record.get("url"):\n'
            "        import urllib.request\n"
            '        urllib.request.urlopen(record["url"]).close()',
            _security("test_no_address_in_an_article_is_ever_fetched")),
    Defence(FETCHED, "Gradio's proxy and downloads", "assistant/chat/serve/site.py",
            "page = build_chat(answering, folder, allow_ingest=serving.allow_ingest)",
            "page = build_chat(answering, folder, allow_ingest=serving.allow_ingest)\n"
            "    import gradio.routes, httpx\n"
            "    gradio.routes.App.build_proxy_request = lambda self, path: (httpx.URL(path), {})",
            _security("test_the_chat_fetches_nothing_for_others")),
    Defence(LONG, "length of a question", "assistant/question.py",
            "if len(asked) > MAX_QUESTION_CHARS:", "if False:", _security("test_a_question_is_short_or_refused")),
    Defence(LONG, "control characters of a question", "assistant/question.py",
            '"".join(c for c in question if c.isprintable() or c.isspace()).strip()', "question.strip()",
            _security("test_a_question_is_short_or_refused")),
    Defence(LONG, "announced length of a request", "assistant/chat/serve/bodies.py",
            "int(announced[:20]) > LARGEST_BODY:", "False:", _security("test_a_request_cannot_fill_the_memory")),
    Defence(LONG, "length of a request on its way", "assistant/chat/serve/bodies.py",
            'return message if carried <= LARGEST_BODY else {"type": "http.disconnect"}', "return message",
            _security("test_a_body_that_grows_past_the_limit_is_hung_up_on")),
    Defence(LONG, "length of a conversation", "assistant/chat/programs/openai_chat.py",
            "if len(body) > MOST_BYTES:", "if False:", _security("test_a_request_cannot_fill_the_memory")),
    Defence(FILES, "no folder is served", "assistant/chat/serve/site.py",
            "root_path=serving.root_path or None,", 'root_path=serving.root_path or None, allowed_paths=["/"],',
            _security("test_no_file_of_the_machine_is_served")),
    Defence(IDS, "parameters, not text", "ingest/corpus/articles.py",
            'f"SELECT id, {ARTICLE_COLUMNS} FROM article WHERE done = 1 AND id IN ({marks})", part',
            'f"SELECT id, {ARTICLE_COLUMNS} FROM article WHERE done = 1 AND id IN (%s)"'
            """ % ", ".join(f"'{one}'" for one in part)""",
            _security("test_an_article_is_found_by_its_name_alone")),
    Defence(FOREIGN, "origin of what is sent", "assistant/chat/serve/headers.py",
            'if scope["method"] not in READING and not _same_page(headers):', "if False:",
            _security("test_web_pages_of_others_can_send_nothing")),
    Defence(FOREIGN, "origin of programs", "assistant/chat/serve/headers.py",
            'elif not _own_page(headers.get("origin")):', "elif False:",
            ("test_chat_programs.py::test_health_is_told_and_web_pages_of_others_are_kept_out",)),
    Defence(ACCOUNTS, "accounts of the page", "assistant/chat/serve/site.py",
            "auth=accounts.check if accounts else None", "auth=None",
            ("test_chat_programs.py::test_accounts_and_limits_hold_for_programs",)),
    Defence(ACCOUNTS, "accounts of programs", "assistant/chat/serve/headers.py",
            "if name is None:", "if False:", ("test_chat_programs.py::test_accounts_and_limits_hold_for_programs",)),
    Defence(ACCOUNTS, "passwords are hashed", "assistant/chat/serve/accounts.py",
            "hashes[name] = hash_password(password, secrets.token_bytes(16))", "hashes[name] = password",
            ("test_chat_serve.py::test_accounts_are_hashed_checked_and_changed",)),
    Defence(ACCOUNTS, "guessing", "assistant/chat/serve/accounts.py",
            "self._wrong.take(name)", "pass", ("test_chat_serve.py::test_guessing_a_password_is_slowed_down",)),
    Defence(ACCOUNTS, "questions a minute", "assistant/chat/serve/limits.py",
            "if left < 1.0:", "if False:",
            ("test_chat_serve.py::test_each_person_has_their_own_limit",
             "test_chat_programs.py::test_accounts_and_limits_hold_for_programs")),
    Defence(FORGED, "the seal", "assistant/chat/keeping.py",
            "if not hmac.compare_digest(_bytes(seal), self._seal(packed)):", "if False:",
            ("test_chat_serve.py::test_a_forged_or_foreign_answer_is_refused",)),
    Defence(UPLOADS, "the base name", "assistant/chat/serve/site.py",
            "page = build_chat(answering, folder, allow_ingest=serving.allow_ingest)",
            "page = build_chat(answering, folder, allow_ingest=serving.allow_ingest)\n"
            "    gr.route_utils.Path = type('Whole', (type(Path()),), {'name': property(str)})\n"
            "    gr.route_utils.utils.safe_join = lambda folder, name: f'{folder}/{name}'\n"
            "    gr.route_utils.client_utils.strip_invalid_filename_characters = str",
            _security("test_uploaded_names_stay_in_their_folder")),
    Defence(NUMBERS, "an account", "assistant/chat/serve/headers.py",
            'PROGRAMS = ("/v1", "/mcp", "/metrics")', 'PROGRAMS = ("/v1", "/mcp")',
            ("test_chat_metrics.py::test_numbers_are_for_those_with_an_account",)),
    Defence(NUMBERS, "no words", "assistant/chat/answering.py",
            "self.metrics.count(asked.via, outcome,", "self.metrics.count(asked.question, outcome,",
            ("test_chat_metrics.py::test_a_chat_tells_numbers_and_traces_and_no_words",)),
    Defence(DOWN, "the breaker", "ingest/guard.py",
            "if self._failures < FAILURES:\n                return\n", "if True:\n                return\n",
            ("test_guard.py::test_it_opens_after_failures_in_a_row_and_one_call_tries_again",
             "test_llm.py::test_an_endpoint_that_is_down_is_left_alone_until_it_is_back",
             "test_embed_endpoint.py::test_a_server_that_is_down_is_left_alone")),
    Defence(DOWN, "places", "ingest/guard.py",
            "threading.BoundedSemaphore(at_once)", "threading.BoundedSemaphore(at_once + 99)",
            ("test_guard.py::test_no_more_at_once_than_there_are_places",)),
    Defence(DOWN, "the bucket", "ingest/guard.py",
            "return max(0.0, turn - now)", "return 0.0", ("test_guard.py::test_so_many_a_minute",)),
    Defence(ENDLESS, "cut off", "assistant/llm.py",
            "if self._written > MOST_TOKENS_READ:", "if False:", _security("test_an_endless_answer_is_cut_off")),
    Defence(SECRETS, "the key", "assistant/settings.py",
            "Field, SecretStr, ValidationError",
            "Field, ValidationError\nfrom pydantic_core import core_schema\n\n\n"
            "class SecretStr(str):\n"
            "    get_secret_value = str.__str__\n\n"
            "    @classmethod\n"
            "    def __get_pydantic_core_schema__(cls, *_):\n"
            "        return core_schema.no_info_plain_validator_function(cls)\n",
            _security("test_the_key_is_in_no_error_log_or_document")),
    Defence(SECRETS, "login of the model's address", "assistant/llm.py",
            '_without_login(settings.base_url or "api.openai.com")', 'settings.base_url or "api.openai.com"',
            _security("test_the_key_is_in_no_error_log_or_document")),
    Defence(SECRETS, "login of the embedder's address", "ingest/embed/endpoint.py",
            "self._client.base_url.copy_with(userinfo=b'')", "self._client.base_url",
            _security("test_the_key_is_in_no_error_log_or_document")),
    Defence(SECRETS, "errors of commands", "assistant/cli.py",
            "except (IngestError, AssistantError) as error:", "except ZeroDivisionError as error:",
            ("test_cli.py::test_failures_are_one_line_with_the_right_code",)),
    Defence(SECRETS, "errors of the site", "assistant/chat/programs/openai_chat.py",
            'return _refused(400, str(error), "invalid_request_error")',
            "import traceback\n            return _refused(400, traceback.format_exc(), 'invalid_request_error')",
            _security("test_errors_of_the_site_tell_nothing_of_the_machine")),
    Defence(CHROMA, "token", "ingest/corpus/server.py",
            '{"Authorization": f"Bearer {self.token}", "X-Chroma-Token": self.token} if self.token else None', "None",
            ("test_chroma_server.py::test_a_token_opens_a_guarded_server_and_is_shown_nowhere",)),
    Defence(CHROMA, "token is printed nowhere", "ingest/corpus/server.py",
            "token: str | None = field(default=None, repr=False)", "token: str | None = None",
            ("test_chroma_server.py::test_a_token_opens_a_guarded_server_and_is_shown_nowhere",)),
    Defence(CHROMA, "https", "ingest/corpus/server.py",
            'ssl=urlsplit(self.url).scheme == "https"', "ssl=False",
            ("test_chroma_server.py::test_a_connection_is_encrypted_and_its_certificate_checked",)),
    Defence(CHROMA, "certificate", "ingest/corpus/server.py",
            "settings=Settings(anonymized_telemetry=False),",
            "settings=Settings(anonymized_telemetry=False, chroma_server_ssl_verify=False),",
            ("test_chroma_server.py::test_a_connection_is_encrypted_and_its_certificate_checked",)),
    Defence(CHROMA, "tenant and database", "ingest/corpus/server.py",
            "tenant=self.tenant, database=self.database,", "",
            ("test_chroma_server.py::test_tenant_and_database_are_kept_apart",)),
    Defence(BACKUPS, "own names only", "assistant/archive.py",
            'if not inside or ".." in parts or "\\\\" in name or not name.isprintable():', "if False:",
            ("test_archive.py::test_names_that_lead_out_are_refused",)),
    Defence(BACKUPS, "files only", "assistant/archive.py",
            "tar.extractfile(member) if member.isreg() and not member.issparse() else None",
            'tar.extractfile(member) if member.isreg() else tar.extract(member, fresh, filter="fully_trusted")'
            ' or io.BytesIO()',
            ("test_archive.py::test_links_and_devices_are_refused",)),
    Defence(BACKUPS, "SHA-256 of each file", "assistant/archive.py",
            "if found.get(name) != listed.get(name))", "if name not in listed)",
            ("test_archive.py::test_a_damaged_archive_is_refused_whole",)),
    Defence(BACKUPS, "secrets stay behind", "assistant/archive.py",
            '"-journal", ".lock", ".key"', '"-journal", ".lock"',
            ("test_archive.py::test_secrets_and_locks_stay_behind",)),
    Defence(REPORTS, "Gradio", "assistant/cli.py",
            'os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"', "pass",
            _security("test_nothing_is_reported_to_anybody")),
    Defence(REPORTS, "Chroma", "assistant/cli.py",
            'os.environ["ANONYMIZED_TELEMETRY"] = "False"', "pass",
            _security("test_nothing_is_reported_to_anybody")),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one test: whether it failed, and the first line of why."""

    failed: bool
    reason: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="only defences with this in their name or row")
    parser.add_argument("--quick", action="store_true", help="do not first run the tests with every defence in place")
    parser.add_argument("--table", action="store_true", help="rows of a Markdown table")
    options = parser.parse_args()
    chosen = [one for one in DEFENCES if options.only in f"{one.tries} {one.name}"]
    with tempfile.TemporaryDirectory() as scratch:
        tree = copy_tree(Path(scratch) / "tree")
        os.environ["PYTHONPATH"] = str(tree)
        if "DEMO_CORPUS" not in os.environ:
            os.environ["DEMO_CORPUS"] = make_demo_corpus(Path(scratch) / "corpus", tree)
        named = sorted({test for one in chosen for test in one.tests})
        broken = [] if options.quick else [test for test, outcome in run_tests(tree, named).items() if outcome.failed]
        if broken:
            sys.exit(f"these fail with every defence in place: {', '.join(broken)}")
        unseen = 0
        for defence in chosen:
            unseen += not report(defence, take_away(tree, defence), as_table=options.table)
    print(f"{len(chosen) - unseen} of {len(chosen)} are noticed")
    sys.exit(1 if unseen else 0)


def copy_tree(target: Path) -> Path:
    target.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)
    return target


def make_demo_corpus(corpus: Path, tree: Path) -> str:
    """The corpus that most tests need, made once for all of them."""
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ingest",
               str(tree / "assistant" / "demo" / "articles"), "--corpus", str(corpus), "--json"]
    subprocess.run(command, check=True, cwd=tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return str(corpus)


def take_away(tree: Path, defence: Defence) -> dict[str, Outcome]:
    """What its tests say of the tree without it, which is whole again afterwards."""
    file = tree / defence.file
    sound = file.read_text(encoding="utf-8")
    if sound.count(defence.code) != 1:
        sys.exit(f"{defence.file} has {defence.code!r} {sound.count(defence.code)} times, not once")
    file.write_text(sound.replace(defence.code, defence.without), encoding="utf-8")
    try:
        return {test: outcome for name in defence.tests for test, outcome in run_tests(tree, [name]).items()}
    finally:
        file.write_text(sound, encoding="utf-8")


def run_tests(tree: Path, names: Sequence[str]) -> dict[str, Outcome]:
    """How each of these tests ends in a process of their own; a crash or a hang is a failure of all of them."""
    report_file = tree / "report.xml"
    report_file.unlink(missing_ok=True)
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x" if len(names) == 1 else "-q", "-p", "no:cacheprovider",
               f"--junitxml={report_file}", *(f"tests/{name}" for name in names)]
    patience = PATIENCE_SECONDS * (1 if len(names) == 1 else 10)
    with subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, start_new_session=True) as process:
        try:
            told, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return dict.fromkeys(names, Outcome(True, f"hung for {patience} s"))
    if process.returncode < 0:
        return dict.fromkeys(names, Outcome(True, f"crashed with signal {-process.returncode}"))
    if not report_file.exists():
        sys.exit(f"pytest did not run {names}: {told[-2_000:]}")
    return read_report(report_file, names)


def read_report(report_file: Path, names: Sequence[str]) -> dict[str, Outcome]:
    """By test, of all its cases: the first that failed, or that none did."""
    found = dict.fromkeys(names, Outcome(False, "not run"))
    errors: dict[str, str] = {}
    for case in ElementTree.parse(report_file).iter("testcase"):
        name = f"{case.get('classname', '').rpartition('.')[2]}.py::{case.get('name', '').partition('[')[0]}"
        wrong = [*case.iter("failure"), *case.iter("error")]
        if not wrong:
            if found.get(name) == Outcome(False, "not run"):
                found[name] = Outcome(False, "passes")
            continue
        reason = " ".join((wrong[0].get("message") or "").split())
        whole = f"{reason} {wrong[0].text or ''}"
        if MISTAKES.search(reason) or "did not start" in whole:
            sys.exit(f"{name} did not run: {whole[-3_000:]}")
        if wrong[0].tag == "error":  # of what it needs or leaves; a test that failed may well leave something open
            errors[name] = whole
        elif not found.get(name, Outcome(False, "")).failed:
            found[name] = Outcome(True, reason[:110])
    for name, whole in errors.items():
        if not found.get(name, Outcome(False, "")).failed:
            sys.exit(f"{name} did not run: {whole[-3_000:]}")
    if any(outcome.reason == "not run" for outcome in found.values()):
        sys.exit(f"not all of {names} were run")
    return found


def report(defence: Defence, outcomes: dict[str, Outcome], *, as_table: bool) -> bool:
    """Print what was seen; whether every named test noticed."""
    for test, outcome in outcomes.items():
        seen = "yes" if outcome.failed else "NO"
        if as_table:
            print(f"| {defence.name} | `{defence.file}` | `{test.partition('::')[2]}` | {seen} |", flush=True)
        else:
            print(f"{seen}: {defence.name} ({defence.file}): {test}: {outcome.reason}", flush=True)
    return all(outcome.failed for outcome in outcomes.values())


if __name__ == "__main__":
    main()
