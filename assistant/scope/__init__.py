"""The time a question asks about ("in February 2024", "förra veckan", "seit Montag"), as days."""

from assistant.scope.finding import find_scope
from assistant.scope.span import Span

__all__ = ["Span", "find_scope"]
