"""The commands that open the web chat: on a corpus of one's own, or on the bundled examples."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.corpus_commands import ingest_paths
from assistant.errors import SettingsError
from assistant.options import CorpusOption, JsonOption
from assistant.settings import read_settings


def demo(
    port: Annotated[int, typer.Option(help="Port of the chat.")] = 7860,
    corpus: CorpusOption = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Ingest the bundled example articles and open the chat."""
    from assistant.demo import articles_dir

    settings = read_settings(corpus or Path("demo-corpus"))
    ingest_paths([articles_dir()], settings, prune=True, as_json=as_json)
    from assistant.chat import Serving, launch_chat  # takes seconds, so after the ingest has been seen to begin

    launch_chat(settings, Serving("127.0.0.1", port, open_browser=open_browser))


def chat(
    corpus: CorpusOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    root_path: Annotated[str, typer.Option(help="Path a proxy serves the chat under, e.g. /articles.")] = "",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = False,
    users: Annotated[Path | None, typer.Option(envvar="ASSISTANT_USERS", help="File of accounts; without it "
                                               "everyone who reaches the address may ask.")] = None,
    add_user: Annotated[str | None, typer.Option(metavar="NAME", help="Write an account to --users and end; asks "
                                                 "for the password.")] = None,
    rate: Annotated[int | None, typer.Option(min=1, help="Questions a minute for each person.")] = None,
    log: Annotated[Path | None, typer.Option(help="JSON lines about answers, to a file or - (standard error).")] = None,
    log_questions: Annotated[bool, typer.Option("--log-questions", help="Let the log hold what was asked.")] = False,
    mcp: Annotated[bool, typer.Option("--mcp", help="Tools for MCP clients at /mcp.")] = False,
    allow_ingest: Annotated[bool, typer.Option("--allow-ingest", help="Let visitors add articles.")] = False,
) -> None:
    """The web chat; for programs also /v1 (OpenAI's protocol), Gradio's endpoints and /healthz."""
    from assistant.chat import Serving, launch_chat

    if add_user is not None:
        _add_user(users, add_user)
        return
    serving = Serving(host, port, root_path, open_browser, users, rate, log, log_questions, mcp, allow_ingest)
    launch_chat(read_settings(corpus), serving)


def _add_user(users: Path | None, name: str) -> None:
    from assistant.chat.serve.accounts import add_user

    if users is None:
        raise SettingsError("--add-user needs --users FILE: the file of accounts to write to")
    add_user(users, name, typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    sys.stderr.write(f"{name} may now use a chat started with --users {users}\n")
