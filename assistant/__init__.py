"""Question in, cited answer out.

    from assistant import Assistant
    Assistant.open("corpus").ask("…")
"""

from assistant.pipeline import Assistant
from assistant.records import Answer, Citation, Sentence
from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Citation", "Sentence", "Settings"]
