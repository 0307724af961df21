"""The corpus for other programs, over real sockets: OpenAI's client, Gradio's client, an MCP client, health."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from chat_server import served
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.chat.programs.messages import RULE, UnusableRequestError, read_request
from assistant.chat.serve.accounts import add_user
from assistant.records import Turn

QUESTION = "Hur många bofasta invånare har Almskär?"
PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "chat.jsonl"


@pytest.fixture(scope="module")
def site(demo_corpus: Path, journal: Path) -> Iterator[str]:
    with served(demo_corpus, "--mcp", "--log", str(journal)) as address:
        yield address.rstrip("/")


def ask_openai(address: str, key: str = "none", question: str = QUESTION) -> Any:
    with openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0) as client:
        return client.chat.completions.create(model="articles", messages=[{"role": "user", "content": question}])


def test_openais_client_gets_a_cited_answer(site: str, journal: Path) -> None:
    completion = ask_openai(site)
    text = completion.choices[0].message.content
    assert "61" in text and RULE in text and completion.choices[0].finish_reason == "stop"
    citation = completion.citations[0]
    assert citation["quote"] in text.replace("\\", "") and citation["publisher"]
    row = json.loads(journal.read_text(encoding="utf-8").splitlines()[-1])
    assert (row["event"], row["via"], row["citations"] > 0) == ("answer", "openai", True)
    assert "Almskär" not in journal.read_text(encoding="utf-8")


def test_openais_client_gets_a_stream(site: str) -> None:
    with openai.OpenAI(base_url=f"{site}/v1", api_key="none") as client:
        assert [model.id for model in client.models.list()] == ["articles-quotes"]
        chunks = list(client.chat.completions.create(
            model="articles-quotes", stream=True, messages=[{"role": "user", "content": QUESTION}]
        ))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert "61" in text and RULE in text
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert chunks[-1].model_extra and chunks[-1].model_extra["citations"][0]["quote"]


def test_a_request_that_is_none_is_named(site: str) -> None:
    for body in (b"", b"[]", b"{}", b'{"messages": []}', b'{"messages": [{"role": "user"}]}', b"\xff",
                 b'{"messages": [{"role": "user", "content": " "}]}', b'{"messages": "no"}'):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(urllib.request.Request(f"{site}/v1/chat/completions", body))
        assert caught.value.code == 400
        assert json.load(caught.value)["error"]["message"]
        caught.value.close()


def test_a_conversation_is_read_without_its_lists_of_sources() -> None:
    question, history, _, stream = read_request({"stream": True, "messages": [
        {"role": "system", "content": "Be a pirate."}, {"role": "user", "content": "One?"},
        {"role": "assistant", "content": f"Yes. [1]{RULE}[1] The Post: “…”"},
        {"role": "user", "content": [{"type": "text", "text": "And two?"}, {"type": "image_url"}]},
    ]})
    assert (question, stream) == ("And two?", True)
    assert history == (Turn("user", "One?"), Turn("assistant", "Yes. [1]"))
    with pytest.raises(UnusableRequestError):
        read_request({"messages": [{"role": "assistant", "content": "Yes."}]})


def test_gradios_client_asks_searches_and_reads(site: str) -> None:
    client = Client(site, verbose=False, analytics_enabled=False)
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == {"/ask", "/search", "/summarize", "/read_article"}
    answer = client.predict(QUESTION, api_name="/ask")
    assert answer["citations"][0]["quote"] and not answer["abstained"]
    hits = client.predict("Ejdervind", 3, api_name="/search")
    assert len(hits) == 3
    hit = next(hit for hit in hits if hit["end"])  # a caption stands outside the text
    article = client.predict(hit["id"], api_name="/read_article")
    assert article["text"][hit["start"]:hit["end"]] == hit["passage"]
    with pytest.raises(Exception, match="no article 'nonesuch'"):
        client.predict("nonesuch", api_name="/read_article")


def test_an_mcp_client_asks_searches_and_reads(site: str) -> None:
    async def talk() -> None:
        async with streamable_http_client(f"{site}/mcp/") as (read, write, _), ClientSession(read, write) as session:
            await session.initialize()
            assert {tool.name for tool in (await session.list_tools()).tools} == {
                "ask", "search", "summarize", "read_article"}
            answer = (await session.call_tool("ask", {"question": QUESTION})).structuredContent
            assert answer and answer["citations"][0]["quote"]
            summary = (await session.call_tool("summarize", {"topic": "Ejdervind"})).structuredContent
            assert summary and summary["citations"][0]["quote"]
            found = (await session.call_tool("search", {"query": "Ejdervind", "top_k": 2})).structuredContent
            assert found and len(found["result"]) == 2
            wanted = {"article": found["result"][0]["article"]}
            article = (await session.call_tool("read_article", wanted)).structuredContent
            assert article and found["result"][0]["passage"] in "\n".join((article["text"], *article["captions"]))
            assert (await session.call_tool("read_article", {"article": "nonesuch"})).isError

    asyncio.run(talk())


def test_health_is_told_and_web_pages_of_others_are_kept_out(site: str) -> None:
    with urllib.request.urlopen(f"{site}/healthz") as response:
        assert json.load(response) == {"status": "ok", "corpus": "ready", "running": 0}
        assert "default-src 'self'" in response.headers["content-security-policy"]
    foreign = urllib.request.Request(f"{site}/v1/models", headers={"Origin": "http://outside.example"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(foreign)
    assert caught.value.code == 403
    caught.value.close()


def test_accounts_and_limits_hold_for_programs(demo_corpus: Path, tmp_path: Path) -> None:
    add_user(tmp_path / "users", "ida", PASSWORD)
    with served(demo_corpus, "--mcp", "--rate", "2", "--users", str(tmp_path / "users")) as address:
        address = address.rstrip("/")
        for path in ("/v1/models", "/mcp/", "/gradio_api/info", "/config"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(address + path)
            assert caught.value.code == 401, path
            caught.value.close()
        with pytest.raises(openai.AuthenticationError):
            ask_openai(address, "ida:wrong horse")
        assert ask_openai(address, f"ida:{PASSWORD}").citations
        client = Client(address, auth=("ida", PASSWORD), verbose=False, analytics_enabled=False)
        assert client.predict(QUESTION, api_name="/ask")["citations"]
        with pytest.raises(openai.RateLimitError) as limited:
            ask_openai(address, f"ida:{PASSWORD}")
        assert int(limited.value.response.headers["retry-after"]) > 0
