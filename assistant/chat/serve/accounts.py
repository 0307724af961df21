"""People and their passwords: a text file of `name:scrypt$n$r$p$salt$hash` lines, written by `--add-user`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.chat.serve.limits import Limits, TooManyQuestionsError
from assistant.errors import SettingsError

# OWASP's password storage cheat sheet names N=2^15, r=8, p=3 among its equal choices: 32 MB, about 0.1 s.
COST, BLOCK, LANES = 2**15, 8, 3
MEMORY = 2 * 128 * COST * BLOCK
# Wrong passwords a minute for one name.
WRONG_A_MINUTE = 10
SHORTEST_PASSWORD = 8
_NAME = re.compile(r"[\w.@+-]{1,64}")


class Accounts:
    """The accounts of one file, read again when it changes; a right password is remembered, never kept."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp = -1
        self._hashes: dict[str, str] = {}
        self._right: dict[str, bytes] = {}
        self._secret = secrets.token_bytes(32)
        self._wrong = Limits(WRONG_A_MINUTE, clock)
        self._read()

    def check(self, name: str, password: str) -> bool:
        """Whether this is the person's password; always False for a minute after ten wrong ones."""
        hashes = self._read()
        token = hmac.digest(self._secret, f"{name}\0{password}\0{hashes.get(name)}".encode(), "sha256")
        if name in hashes and hmac.compare_digest(self._right.get(name, b""), token):
            return True
        try:
            self._wrong.take(name)
        except TooManyQuestionsError:
            return False
        if not _matches(password, hashes.get(name) or hash_password("", b"nobody's")):
            return False
        if name not in hashes:
            return False
        self._right[name] = token
        return True

    def check_header(self, header: str) -> str | None:
        """The name behind an Authorization header: Basic, or Bearer with `name:password` as its key."""
        kind, _, value = header.partition(" ")
        if kind.lower() == "basic":
            try:
                value = base64.b64decode(value, validate=True).decode("utf-8")
            except ValueError:
                return None
        elif kind.lower() != "bearer":
            return None
        name, _, password = value.strip().partition(":")
        return name if self.check(name, password) else None

    def _read(self) -> dict[str, str]:
        with self._lock:
            try:
                stamp = self._path.stat().st_mtime_ns
                if stamp != self._stamp:
                    self._hashes = _parse(self._path)
                    self._stamp = stamp
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError(f"{self._path} cannot be read: make it with --add-user NAME") from error
            return self._hashes


def add_user(path: Path, name: str, password: str) -> None:
    """Write a person's password, hashed, into the file; it is made when missing, readable by its owner alone."""
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} is no name for an account: use letters, digits and . @ + - _")
    if len(password) < SHORTEST_PASSWORD:
        raise SettingsError(f"the password is too short: {SHORTEST_PASSWORD} characters at least")
    hashes = _parse(path) if path.is_file() else {}
    hashes[name] = hash_password(password, secrets.token_bytes(16))
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{name}:{hashed}\n" for name, hashed in sorted(hashes.items()))
        fresh.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}): name another file") from error


def hash_password(password: str, salt: bytes) -> str:
    """`scrypt$n$r$p$salt$hash`, salt and hash in base64."""
    digest = hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=MEMORY)
    texts = (base64.b64encode(part).decode("ascii") for part in (salt, digest))
    return "$".join(("scrypt", str(COST), str(BLOCK), str(LANES), *texts))


def _matches(password: str, hashed: str) -> bool:
    _, cost, block, lanes, salt, digest = hashed.split("$")
    n, r, p = int(cost), int(block), int(lanes)
    found = hashlib.scrypt(password.encode(), salt=base64.b64decode(salt), n=n, r=r, p=p, maxmem=256 * n * r)
    return hmac.compare_digest(found, base64.b64decode(digest))


def _parse(path: Path) -> dict[str, str]:
    hashes = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hashed = line.strip().partition(":")
        if not re.fullmatch(r"scrypt\$\d{1,7}\$\d{1,3}\$\d{1,3}\$[\w+/=]+\$[\w+/=]+", hashed):
            raise SettingsError(f"{path} line {number} is no account: write it with --add-user NAME")
        hashes[name] = hashed
    return hashes
