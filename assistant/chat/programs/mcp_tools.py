"""The corpus as tools of the Model Context Protocol: search, ask, summarize and read_article, at /mcp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.chat.answering import Answering
from assistant.chat.programs import replies
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP


def make_tools(answering: Answering) -> FastMCP[Any]:
    """The server of the tools, to be mounted; raises SettingsError when the extra is missing."""
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.server.transport_security import TransportSecuritySettings
    except ImportError as error:
        raise SettingsError("--mcp needs the extra: pip install 'article-assistant[mcp]'") from error
    tools = FastMCP(
        "article-assistant", stateless_http=True, json_response=True, streamable_http_path="/", log_level="ERROR",
        instructions="Answers, passages and whole texts from a corpus of news articles; every quote is verbatim.",
        # The site itself checks hosts and accounts, for these tools as for the rest.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @tools.tool()
    def ask(question: str) -> dict[str, Any]:
        """Answer a question from the articles, with [n] markers, a verdict for each sentence, and citations."""
        return replies.answer_question(answering, question, False, "mcp", "mcp")

    @tools.tool()
    def search(query: str, top_k: int = 8) -> list[dict[str, Any]]:
        """Find the passages of articles that tell most about a query, in any language, best first."""
        return replies.search_passages(answering, query, top_k, "mcp")

    @tools.tool()
    def summarize(topic: str) -> dict[str, Any]:
        """Summarise what the articles tell about a topic, each sentence cited, with what was read."""
        return replies.summarize_topic(answering, topic, "mcp")

    @tools.tool()
    def read_article(article: str) -> dict[str, Any]:
        """Read one whole article by the id or name that a passage or citation gives."""
        return replies.read_article(answering, article)

    return tools
