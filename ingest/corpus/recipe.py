"""How a corpus was built, and whether it fits what is asked for now."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import RecipeError

SCHEMA_VERSION = "4"
# The older layout that `ingest --refresh` can bring up to date.
OLD_SCHEMA = "2"


def make_recipe(
    *, embedder: str, dimensions: int, splitter: str, cleaner: str, embedding: str, collection: str
) -> dict[str, str]:
    """The recipe of a corpus; `embedding` is the setting that opens the embedder, `embedder` its identity.

    `splitter` and `cleaner` are the versions the newest articles were made with; each article knows its own.
    """
    return {
        "schema": SCHEMA_VERSION, "embedder": embedder, "embedding": embedding, "dimensions": str(dimensions),
        "splitter": splitter, "cleaner": cleaner, "collection": collection,
    }


def check_schema(stored: dict[str, str], directory: Path) -> None:
    """Raise RecipeError when a corpus was laid out by another version of this program."""
    if stored.get("schema") == OLD_SCHEMA:
        raise RecipeError(
            f"{directory} was made by an older version of this program: `assistant ingest FOLDER --corpus {directory}"
            " --refresh` brings it up to date; make a copy of it first"
        )
    if stored.get("schema") != SCHEMA_VERSION:
        raise RecipeError(
            f"{directory} was made by another version of this program (schema {stored.get('schema')}, here"
            f" {SCHEMA_VERSION}): ingest the articles into a new --corpus, or delete {directory} and ingest again"
        )


def check_embedder(stored: dict[str, str], name: str, dimensions: int, directory: Path) -> None:
    """Raise RecipeError with advice when a corpus cannot take vectors of this embedder."""
    for key, wanted in (("embedder", name), ("dimensions", str(dimensions))):
        if stored.get(key) != wanted:
            raise RecipeError(
                f"{directory} was built with {key} {stored.get(key)!r}, now {wanted!r} is set: embed all its articles"
                f" anew with --refresh, or use ASSISTANT_EMBEDDING={stored.get('embedding')}, or another --corpus"
            )


def check_recipe(stored: dict[str, str], wanted: dict[str, str], directory: Path) -> None:
    """Raise RecipeError with advice when a corpus cannot take articles by another recipe."""
    check_schema(stored, directory)
    check_embedder(stored, wanted["embedder"], int(wanted["dimensions"]), directory)
