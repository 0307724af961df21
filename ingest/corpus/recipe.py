"""How a corpus was built, and whether it fits what is asked for now."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import RecipeError

SCHEMA_VERSION = "2"
# A change of one of these makes stored and new passages incomparable.
BINDING = ("embedder", "dimensions")


def make_recipe(
    *, embedder: str, dimensions: int, splitter: str, cleaner: str, embedding: str, collection: str
) -> dict[str, str]:
    """The recipe of a corpus; `embedding` is the setting that opens the embedder, `embedder` its identity."""
    return {
        "schema": SCHEMA_VERSION, "embedder": embedder, "embedding": embedding, "dimensions": str(dimensions),
        "splitter": splitter, "cleaner": cleaner, "collection": collection,
    }


def check_schema(stored: dict[str, str], directory: Path) -> None:
    """Raise RecipeError when a corpus was laid out by another version of this program."""
    if stored.get("schema") != SCHEMA_VERSION:
        raise RecipeError(
            f"{directory} was made by another version of this program (schema {stored.get('schema')}, here"
            f" {SCHEMA_VERSION}): ingest the articles into a new --corpus"
        )


def check_recipe(stored: dict[str, str], wanted: dict[str, str], directory: Path) -> None:
    """Raise RecipeError with advice when a corpus cannot take articles by another recipe."""
    check_schema(stored, directory)
    for key in BINDING:
        if stored.get(key) != wanted[key]:
            raise RecipeError(
                f"{directory} was built with {key} {stored.get(key)!r}, now {wanted[key]!r} is set:"
                f" use ASSISTANT_EMBEDDING={stored.get('embedding')} or ingest into a new --corpus"
            )
