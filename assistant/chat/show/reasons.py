"""Why a sentence does not hold, in the interface's language; the checks themselves name it in English."""

from __future__ import annotations

import re
from collections.abc import Sequence

# As `assistant.verify` and `assistant.answer.checked` word them, and what to say instead.
_SAID: tuple[tuple[str, dict[str, str]], ...] = (
    (r"number (?P<what>.+) not in evidence", {"sv": "talet {what} står inte där", "de": "Zahl {what} steht nicht da"}),
    (r"date (?P<what>.+) not in evidence", {"sv": "datumet {what} står inte där", "de": "Datum {what} steht nicht da"}),
    (r"name (?P<what>.+) not in evidence", {"sv": "namnet {what} står inte där", "de": "Name {what} steht nicht da"}),
    (r"quotation not in evidence: (?P<what>.+)", {"sv": "citatet står inte där: {what}",
                                                  "de": "Zitat steht nicht da: {what}"}),
    (r"number differs: (?P<what>.+)", {"sv": "ett annat tal: {what}", "de": "andere Zahl: {what}"}),
    (r"date differs: (?P<what>.+)", {"sv": "ett annat datum: {what}", "de": "anderes Datum: {what}"}),
    (r"date (?P<what>.+) differs", {"sv": "ett annat datum: {what}", "de": "anderes Datum: {what}"}),
    (r"direction differs: (?P<one>.+) bounded from the other side", {"sv": "{one} begränsas åt andra hållet",
                                                                     "de": "{one} ist andersherum begrenzt"}),
    (r"direction differs: (?P<what>.+)", {"sv": "åt andra hållet: {what}", "de": "in anderer Richtung: {what}"}),
    (r"negation differs", {"sv": "det ena förnekas, det andra inte", "de": "eines ist verneint, das andere nicht"}),
    (r"said by another: (?P<what>.+)", {"sv": "någon annan säger det: {what}", "de": "ein anderer sagt es: {what}"}),
    (r"nothing in the evidence says this", {"sv": "inget där säger detta", "de": "nichts davon steht da"}),
    (r"cites nothing", {"sv": "hänvisar inte till något", "de": "ohne Beleg"}),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _SAID)


def tell_reasons(reasons: Sequence[str], interface: str) -> str:
    """The reasons in one line; one that nobody put into the language stays English."""
    return "; ".join(_told(reason, interface) for reason in reasons)


def _told(reason: str, interface: str) -> str:
    for pattern, words in _PATTERNS:
        if interface in words and (found := pattern.fullmatch(reason)):
            return words[interface].format(**found.groupdict())
    return reason
