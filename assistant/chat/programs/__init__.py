"""The corpus for other programs: OpenAI's protocol, MCP, and what both answer."""
