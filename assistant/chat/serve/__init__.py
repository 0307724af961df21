"""Serving the chat: address, accounts, limits, logs, health, and a clean end."""
