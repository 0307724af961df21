"""A corpus as one file and back: `backup` while chats read it, `restore` into a new directory, each file checked.

The archive is a gzipped tar of the catalogue, the vectors, the lexical index and what people told the chat, and
last a list of them with their SHA-256. The key that seals the chat's links is a secret and stays behind.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ingest.corpus.lock import writer_lock
from ingest.corpus.recipe import check_schema
from ingest.corpus.store import CATALOGUE_FILE, is_embedded, read_recipe
from ingest.errors import CorpusError

MANIFEST = "manifest.json"
FORMAT = 1
_FOLDERS = ("vectors", "lexical", "chat")
_BLOCK = 1 << 20
# A list of a million files is shorter.
_LARGEST_MANIFEST = 200_000_000
_SQLITE = frozenset([".sqlite", ".sqlite3"])


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What was put into an archive or taken out of it; `bytes` before compression."""

    archive: str
    corpus: str
    files: int
    bytes: int

    def to_json(self) -> dict[str, Any]:
        """As printed by `--json`."""
        return asdict(self)


def backup_corpus(directory: Path, archive: Path) -> ArchiveReport:
    """Write a corpus into a new archive; ingests wait meanwhile, chats do not.

    Raises CorpusError when there is no corpus, when its vectors are on a server, or when the archive cannot be written.
    """
    recipe = read_recipe(directory)
    if not recipe:
        raise CorpusError(f"no corpus in {directory}: name one with --corpus")
    check_schema(recipe, directory)
    if not is_embedded(recipe):
        raise CorpusError(f"the vectors of {directory} are on a Chroma server: back up that server and {directory} "
                          "by their own means, with no ingest running")
    if archive.exists():
        raise CorpusError(f"{archive} exists already: name a new file")
    part = archive.with_name(archive.name + ".part")
    try:
        with writer_lock(directory):
            listed = _write(directory, part)
        part.rename(archive)
    except (OSError, sqlite3.Error) as error:
        raise CorpusError(f"{archive} cannot be written ({error}): nothing was kept of it") from error
    finally:
        part.unlink(missing_ok=True)
    return ArchiveReport(str(archive), str(directory), len(listed), sum(size for _, size in listed.values()))


def restore_corpus(archive: Path, directory: Path) -> ArchiveReport:
    """Make a corpus from an archive; the directory appears whole or not at all.

    Raises CorpusError for a directory that holds something, and for an archive that is damaged or tampered with.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CorpusError(f"{directory} is not empty: name a new directory with --corpus")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{directory.name}-", dir=directory.parent) as scratch:
        fresh = Path(scratch) / "corpus"
        fresh.mkdir()
        try:
            listed = _read(archive, fresh)
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            raise CorpusError(f"{archive} cannot be restored ({error}): use another backup") from error
        check_schema(read_recipe(fresh) or {}, archive)
        if directory.exists():
            directory.rmdir()
        fresh.rename(directory)
    return ArchiveReport(str(archive), str(directory), len(listed), sum(size for _, size in listed.values()))


def _write(directory: Path, archive: Path) -> dict[str, tuple[str, int]]:
    """Write the archive; the digest (SHA-256) and size of each file by its name."""
    listed: dict[str, tuple[str, int]] = {}
    with tempfile.TemporaryDirectory(dir=archive.parent) as scratch, tarfile.open(archive, "w:gz") as tar:
        for file in _files(directory):
            name = file.relative_to(directory).as_posix()
            source = _snapshot(file, Path(scratch)) if file.suffix in _SQLITE else file
            member = tarfile.TarInfo(name)
            with source.open("rb") as stream:
                member.size = source.stat().st_size
                hashing = _Hashing(stream)
                tar.addfile(member, hashing)
            listed[name] = hashing.digest, member.size
        data = json.dumps({"format": FORMAT, "files": listed}, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(data)
        tar.addfile(member, io.BytesIO(data))
    return listed


def _files(directory: Path) -> Iterator[Path]:
    """The files of a corpus that are worth keeping: no locks, no journals, no keys, no links."""
    yield directory / CATALOGUE_FILE
    for folder in _FOLDERS:
        for file in sorted((directory / folder).rglob("*")):
            journal = file.name.endswith(("-wal", "-shm", "-journal", ".lock", ".key"))
            if file.is_file() and not file.is_symlink() and not journal:
                yield file


def _snapshot(file: Path, scratch: Path) -> Path:
    """A copy of an SQLite file as it is at one moment, whoever has it open."""
    copy = scratch / "snapshot.sqlite"
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as source, \
            closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _read(archive: Path, fresh: Path) -> dict[str, tuple[str, int]]:
    """Unpack into an empty directory and check every file against the list at the end of the archive."""
    found: dict[str, tuple[str, int]] = {}
    manifest: bytes | None = None
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() and not member.issparse() else None
            if content is None or member.name in found or manifest is not None:
                raise _foreign(archive, member.name)
            if member.name == MANIFEST and member.size <= _LARGEST_MANIFEST:
                manifest = content.read()
            else:
                found[member.name] = _unpack(content, member, _place(member.name, fresh, archive), fresh)
    if manifest is None:
        raise CorpusError(f"{archive} has no list of its files: it breaks off or is no backup of a corpus")
    listed = _listed(manifest, archive)
    wrong = sorted(name for name in found.keys() | listed.keys() if found.get(name) != listed.get(name))
    if wrong:
        raise CorpusError(f"{archive} is damaged: {wrong[0]} is not what was backed up; use another backup")
    return found


def _foreign(archive: Path, name: str) -> CorpusError:
    return CorpusError(f"{archive} holds {name!r}, which no backup of ours does: nothing was restored")


def _place(name: str, fresh: Path, archive: Path) -> Path:
    """Where a member belongs; raises CorpusError for a name that leads out of the corpus or is none of its files."""
    parts = PurePosixPath(name).parts
    inside = name == CATALOGUE_FILE or (len(parts) > 1 and parts[0] in _FOLDERS)
    if not inside or ".." in parts or "\\" in name or not name.isprintable():
        raise _foreign(archive, name)
    return fresh.joinpath(*parts)


def _unpack(content: IO[bytes], member: tarfile.TarInfo, target: Path, fresh: Path) -> tuple[str, int]:
    free = shutil.disk_usage(fresh).free
    if member.size > free:
        raise CorpusError(f"{member.name} needs {member.size / 1e6:.0f} MB, {free / 1e6:.0f} MB are free: make room")
    target.parent.mkdir(parents=True, exist_ok=True)
    hashing = _Hashing(content)
    with target.open("xb") as file:
        shutil.copyfileobj(hashing, file, _BLOCK)
    return hashing.digest, member.size


def _listed(manifest: bytes, archive: Path) -> dict[str, tuple[str, int]]:
    try:
        document = json.loads(manifest)
        if document["format"] != FORMAT:
            raise CorpusError(f"{archive} was made by another version of this program: restore it with that one")
        return {str(name): (str(digest), int(size)) for name, (digest, size) in document["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{archive} is damaged: its list of files cannot be read") from error


class _Hashing(io.RawIOBase):
    """A stream that hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._hash.update(block)
        return block

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()
