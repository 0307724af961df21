"""All settings in one frozen record; only the command line and the chat read the environment.

`read_settings` takes the environment and a `.env` file in the working directory.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from ingest.corpus.server import ChromaServer


class Settings(BaseModel):
    """How the assistant works; every field has a default that needs no key and no server."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    corpus: Path = Field(Path("corpus"), validation_alias=AliasChoices("ASSISTANT_CORPUS", "corpus"),
                         description="Directory of the corpus.")
    api_key: SecretStr | None = Field(None, validation_alias=AliasChoices("OPENAI_API_KEY", "api_key"),
                                      description="Key of the OpenAI-compatible endpoint.")
    base_url: str | None = Field(None, validation_alias=AliasChoices("OPENAI_BASE_URL", "base_url"),
                                 description="Address of the endpoint, e.g. http://localhost:8080/v1.")
    llm_model: str | None = Field(None, validation_alias=AliasChoices("ASSISTANT_LLM_MODEL", "llm_model"),
                                  description="Model that writes answers; by default the endpoint's first.")
    llm_timeout: float = Field(60.0, validation_alias=AliasChoices("ASSISTANT_LLM_TIMEOUT", "llm_timeout"), gt=0,
                               description="Seconds to wait for the endpoint's next words.")
    llm_context: int = Field(8192, validation_alias=AliasChoices("ASSISTANT_LLM_CONTEXT", "llm_context"), ge=2048,
                             description="Tokens the model takes, its answer included.")
    llm_price_in: float | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_LLM_PRICE_IN", "llm_price_in"), ge=0,
        description="Price of a million tokens of prompt, in any currency; for the cost of an answer.")
    llm_price_out: float | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_LLM_PRICE_OUT", "llm_price_out"), ge=0,
        description="Price of a million tokens of answer.")
    requests_at_once: int = Field(
        24, validation_alias=AliasChoices("ASSISTANT_REQUESTS_AT_ONCE", "requests_at_once"), ge=1,
        description="Requests an endpoint, of answers or embeddings, is sent at a time; others wait.")
    requests_per_minute: int | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_REQUESTS_PER_MINUTE", "requests_per_minute"), ge=1,
        description="Requests an endpoint is sent in a minute, evenly; by default without limit.")
    embedding: str = Field("local", validation_alias=AliasChoices("ASSISTANT_EMBEDDING", "embedding"),
                           description="local, openai:<model> or onnx:<folder or hub name>.")
    embedding_base_url: str | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_EMBEDDING_BASE_URL", "embedding_base_url"),
        description="Address of the embedding endpoint when it is not the one for answers.")
    chroma_url: str | None = Field(None, validation_alias=AliasChoices("ASSISTANT_CHROMA_URL", "chroma_url"),
                                   description="Address of a Chroma server; embedded by default.")
    chroma_token: SecretStr | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_CHROMA_TOKEN", "chroma_token"),
        description="Token of the Chroma server, or the key of Chroma Cloud.")
    chroma_tenant: str = Field(
        "default_tenant", validation_alias=AliasChoices("ASSISTANT_CHROMA_TENANT", "chroma_tenant"),
        description="Tenant on the Chroma server.")
    chroma_database: str = Field(
        "default_database", validation_alias=AliasChoices("ASSISTANT_CHROMA_DATABASE", "chroma_database"),
        description="Database of the tenant.")
    top_k: int = Field(8, validation_alias=AliasChoices("ASSISTANT_TOP_K", "top_k"), ge=1, le=100,
                       description="Passages an answer is written from.")

    def without_model(self) -> Settings:
        """For searching only: no endpoint, unless the embedder needs it."""
        return self.model_copy(update={"api_key": None, "base_url": None}) if self.embedding == "local" else self

    @property
    def has_model(self) -> bool:
        """Whether answers are written by a model rather than quoted."""
        return self.api_key is not None or self.base_url is not None

    @property
    def chroma(self) -> ChromaServer | None:
        """The Chroma server of the settings, None when vectors are embedded."""
        if self.chroma_url is None:
            return None
        from ingest.corpus.server import ChromaServer

        token = self.chroma_token.get_secret_value() if self.chroma_token else None
        return ChromaServer(self.chroma_url, token, self.chroma_tenant, self.chroma_database)


class _Environment(Settings, BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)


def read_settings(corpus: Path | None = None) -> Settings:
    """The settings of the environment and `.env`, with another `corpus` if named; raises SettingsError."""
    try:
        settings = _Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = first["loc"][0] if first["loc"] else "settings"
        raise SettingsError(f"{name}: {first['msg']} (got {first['input']!r})") from error
    return settings.model_copy(update={"corpus": corpus}) if corpus else settings
