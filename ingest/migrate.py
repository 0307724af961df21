"""A corpus of schema 2 becomes one of today's: its articles are carried over, what is searched is made anew after it.

Articles are taken as they were cleaned, so that none is lost whose file is gone; the same run reads the files that are
still there again and splits and embeds all articles. Until the new catalogue takes the old one's place, the last step,
a kill changes nothing.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.corpus.catalogue import Catalogue
from ingest.corpus.lock import writer_lock
from ingest.corpus.recipe import OLD_SCHEMA, SCHEMA_VERSION
from ingest.corpus.store import CATALOGUE_FILE, read_recipe
from ingest.dedupe import fingerprint_text

FRESH_FILE = "catalogue.new"
COLUMNS = (
    "id, name, source, digest, text, language, title, author, publisher, section, published_at, updated_at, url,"
    " estimate, provenance, captions, confidence, lines, page_chars, copy_of, done"
)
# A file of no size was never read as it is now: it is read again.
CARRY = f"""
INSERT INTO article ({COLUMNS}, cleaner, splitter, shingles)
    SELECT {COLUMNS}, '', '', x'' FROM old.article WHERE done = 1 ORDER BY rowid;
INSERT INTO held SELECT source, id FROM old.article WHERE done = 1;
INSERT INTO file SELECT path, -1, 0 FROM old.file;
INSERT OR IGNORE INTO failure SELECT name, source, reason FROM old.failure;
INSERT INTO recipe SELECT key, value FROM old.recipe;
INSERT INTO generation VALUES (1);
"""


def migrate(directory: Path) -> None:
    """Lay out a corpus of OLD_SCHEMA as corpora are today; one of another schema stays as it is."""
    with writer_lock(directory):
        stored = read_recipe(directory)
        if stored is None or stored.get("schema") != OLD_SCHEMA:
            return
        fresh = directory / FRESH_FILE
        for path in directory.glob(f"{FRESH_FILE}*"):
            path.unlink()
        catalogue = Catalogue(fresh, writable=True)
        catalogue.close()
        _carry(directory / CATALOGUE_FILE, fresh)
        for folder in ("vectors", "lexical"):
            shutil.rmtree(directory / folder, ignore_errors=True)
        fresh.replace(directory / CATALOGUE_FILE)


def _carry(old: Path, fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection:
        connection.execute("ATTACH ? AS old", (str(old),))
        connection.executescript(CARRY)
        connection.execute("UPDATE recipe SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))
        originals = connection.execute("SELECT number, text FROM article WHERE copy_of IS NULL").fetchall()
        for number, text in originals:
            sample = fingerprint_text(text).sample
            connection.execute("UPDATE article SET shingles = ? WHERE number = ?",
                               (np.asarray(sample, dtype=np.int64).tobytes(), number))
            connection.executemany("INSERT OR IGNORE INTO shingle VALUES (?, ?)",
                                   [(value, number) for value in sample.tolist()])
        connection.commit()
        connection.execute("DETACH old")
        connection.execute("PRAGMA journal_mode=DELETE")  # nothing of it is beside the file when it is moved
