"""The endpoint over a real socket: patience before the first word, none after it, token counts and cost, hanging up."""

from __future__ import annotations

import httpx
import openai
import pytest
from fake_endpoint import Script, fake_endpoint

from assistant.errors import EndpointError
from assistant.llm import LONGEST_WAIT_SECONDS, ChatModel, Message, estimate_tokens, seconds_to_wait
from assistant.settings import Settings

ASKED = [Message("user", "Wie viele Möwen brüten auf Almskär?")]


def refused(status: int, **headers: str) -> openai.APIStatusError:
    response = httpx.Response(status, headers=headers, request=httpx.Request("POST", "http://localhost/v1"))
    return openai.APIStatusError("no", response=response, body=None)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_endpoint_is_asked_again(status: int) -> None:
    script = Script(pieces=["Sieben."], busy=[status, status])
    with fake_endpoint(script) as url:
        assert "".join(ChatModel(Settings(base_url=url)).stream(ASKED)) == "Sieben."
    assert len(script.requests) == 3


def test_patience_ends() -> None:
    script = Script(busy=[503] * 9)
    with fake_endpoint(script) as url, pytest.raises(EndpointError, match="error 503"):
        list(ChatModel(Settings(base_url=url)).stream(ASKED))
    assert len(script.requests) == 4


def test_an_endpoint_that_is_down_is_left_alone_until_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(pieces=["Sieben."], busy=[503] * 12)
    with fake_endpoint(script) as url:
        model = ChatModel(Settings(base_url=url, llm_model="m"))
        for _ in range(3):
            with pytest.raises(EndpointError, match="error 503"):
                list(model.stream(ASKED))
        with pytest.raises(EndpointError, match="3 times in a row: asked again in"):
            list(model.stream(ASKED))
        assert (len(script.requests), model.guard.state) == (12, "open")
        monkeypatch.setattr(model.guard, "_rests_until", 0.0)
        assert model.guard.state == "half-open"
        assert "".join(model.stream(ASKED)) == "Sieben."
        assert model.guard.state == "closed"


def test_an_endpoint_nobody_serves_is_left_alone_too() -> None:
    model = ChatModel(Settings(base_url="http://127.0.0.1:9/v1"))  # it would be asked for its models first
    model.guard._failures = 2
    with pytest.raises(EndpointError, match="cannot be reached"):
        list(model.stream(ASKED))
    assert model.guard.state == "open"


def test_a_reply_nobody_reads_on_gives_its_place_back() -> None:
    with fake_endpoint(Script(pieces=["Möwe "] * 50)) as url:
        model = ChatModel(Settings(base_url=url, requests_at_once=1))
        for _ in range(3):
            reply = model.stream(ASKED)
            next(reply)
            reply.close()
        assert "".join(model.stream(ASKED)).startswith("Möwe")


def test_an_answer_that_has_begun_is_never_asked_for_again() -> None:
    script = Script(pieces=["Sie", "ben."], break_after=1)
    with fake_endpoint(script) as url:
        reply = ChatModel(Settings(base_url=url)).stream(ASKED)
        assert next(reply) == "Sie"
        with pytest.raises(EndpointError, match="broke off"):
            next(reply)
    assert len(script.requests) == 1


def test_waits() -> None:
    assert seconds_to_wait(refused(503), 0) == 0.5
    assert seconds_to_wait(refused(503), 2) == 2.0
    assert seconds_to_wait(refused(429, **{"retry-after": "7"}), 0) == 7.0
    assert seconds_to_wait(refused(429, **{"retry-after": str(LONGEST_WAIT_SECONDS + 1)}), 0) is None
    assert seconds_to_wait(refused(429, **{"retry-after": "Sun, 22 Nov 2026 03:00:00 GMT"}), 1) == 1.0
    assert seconds_to_wait(refused(400), 0) is None
    request = httpx.Request("POST", "http://localhost/v1")
    assert seconds_to_wait(openai.APITimeoutError(request), 0) is None
    assert seconds_to_wait(openai.APIConnectionError(request=request), 0) == 0.5


def test_tokens_and_cost_as_the_endpoint_counts_them() -> None:
    script = Script(pieces=["Sieben."], usage=(1_000, 50))
    with fake_endpoint(script) as url:
        reply = ChatModel(Settings(base_url=url, llm_price_in=2.0, llm_price_out=10.0)).stream(ASKED)
        list(reply)
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (1_000, 50)
    assert reply.usage.cost == pytest.approx(0.0025)
    assert not reply.usage.estimated
    assert script.requests[0]["body"]["stream_options"] == {"include_usage": True}


def test_without_counts_and_prices_tokens_are_estimated() -> None:
    with fake_endpoint(Script(pieces=["Sieben."])) as url:
        reply = ChatModel(Settings(base_url=url)).stream(ASKED)
        list(reply)
    assert reply.usage.estimated
    assert reply.usage.cost is None
    assert reply.usage.completion_tokens == estimate_tokens("Sieben.")


def test_hanging_up_stops_the_endpoint() -> None:
    script = Script(pieces=["Möwe " * 2_000], endless=True)
    with fake_endpoint(script) as url:
        reply = ChatModel(Settings(base_url=url)).stream(ASKED)
        next(reply)
        reply.close()
        assert script.hung_up.wait(30)
