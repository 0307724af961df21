"""All settings in one frozen record; only the command line and the chat read the environment.

`read_settings` takes the environment and a `.env` file in the working directory.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError


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
    embedding: str = Field("local", validation_alias=AliasChoices("ASSISTANT_EMBEDDING", "embedding"),
                           description="local, openai:<model> or onnx:<folder or hub name>.")
    embedding_base_url: str | None = Field(
        None, validation_alias=AliasChoices("ASSISTANT_EMBEDDING_BASE_URL", "embedding_base_url"),
        description="Address of the embedding endpoint when it is not the one for answers.")
    chroma_url: str | None = Field(None, validation_alias=AliasChoices("ASSISTANT_CHROMA_URL", "chroma_url"),
                                   description="Address of a Chroma server; embedded by default.")
    top_k: int = Field(8, validation_alias=AliasChoices("ASSISTANT_TOP_K", "top_k"), ge=1, le=100,
                       description="Passages an answer is written from.")

    @property
    def has_model(self) -> bool:
        """Whether answers are written by a model rather than quoted."""
        return self.api_key is not None or self.base_url is not None


class _Environment(Settings, BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)


def read_settings() -> Settings:
    """The settings of the environment and `.env`; raises SettingsError naming the variable at fault."""
    try:
        return _Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = first["loc"][0] if first["loc"] else "settings"
        raise SettingsError(f"{name}: {first['msg']} (got {first['input']!r})") from error
