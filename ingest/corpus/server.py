"""A Chroma server: where it is, who may in, and what its errors mean; nothing is ever reported home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import ChromaError

from ingest.errors import CorpusError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """Address (http or https), tenant and database; the token is printed nowhere."""

    url: str
    token: str | None = field(default=None, repr=False)
    tenant: str = DEFAULT_TENANT
    database: str = DEFAULT_DATABASE

    @property
    def where(self) -> str:
        """Host and port, without what else an address may hold."""
        parts = urlsplit(self.url)
        return f"{parts.hostname or 'localhost'}:{parts.port or (443 if parts.scheme == 'https' else 8000)}"

    def plainly(self) -> AbstractContextManager[None]:
        """What goes wrong inside becomes a CorpusError that names this server."""
        return plain_errors(f"the Chroma server at {self.where}", "see that it runs, and ASSISTANT_CHROMA_TOKEN")

    def connect(self) -> ClientAPI:
        """A client that has found the server, the tenant and the database; raises CorpusError with advice."""
        host, _, port = self.where.rpartition(":")
        # A proxy before a server of one's own reads the first header, Chroma Cloud the second.
        headers = {"Authorization": f"Bearer {self.token}", "X-Chroma-Token": self.token} if self.token else None
        try:
            with self.plainly():
                return chromadb.HttpClient(
                    host=host, port=int(port), ssl=urlsplit(self.url).scheme == "https", headers=headers,
                    settings=Settings(anonymized_telemetry=False), tenant=self.tenant, database=self.database,
                )
        except ValueError as error:  # what Chroma raises when nothing answers, a proxy refuses, or no such tenant
            raise CorpusError(
                f"no Chroma server at {self.where} that opens tenant {self.tenant!r} and database {self.database!r}:"
                " start it, or mend ASSISTANT_CHROMA_URL, ASSISTANT_CHROMA_TENANT or ASSISTANT_CHROMA_TOKEN"
            ) from error


@contextmanager
def plain_errors(where: str, advice: str) -> Iterator[None]:
    """Turn what Chroma and its connection raise into a CorpusError that says where and what to do."""
    try:
        yield
    except httpx.TransportError as error:
        raise CorpusError(f"{where} does not answer ({error}): {advice}, then try again") from error
    except Exception as error:
        # Chroma raises a bare Exception for whatever a proxy answers in its place.
        if type(error) is not Exception and not isinstance(error, ChromaError | httpx.HTTPError):
            raise
        reason = " ".join(str(error).split())[:200]
        raise CorpusError(f"{where} refused ({reason}): {advice}") from error
