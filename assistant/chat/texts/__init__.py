"""The words of the interface in Swedish, German and English; the language is the browser's."""

from __future__ import annotations

from assistant.chat.texts import de, en, sv

TEXTS: dict[str, dict[str, str]] = {"en": en.TEXTS, "sv": sv.TEXTS, "de": de.TEXTS}
