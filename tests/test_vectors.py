"""Vectors that one process reads while another writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from ingest.corpus.vectors import Vectors

NAME = "passages"
# More than Chroma keeps outside the graph on disk, so that the reader's own graph is out of date.
FIRST, ALL = 1_500, 4_000
WRITER = """
import sys
from pathlib import Path
import numpy as np
from ingest.corpus.vectors import Vectors
begin, end = int(sys.argv[2]), int(sys.argv[3])
rows = np.random.default_rng(begin).standard_normal((end - begin, 8), dtype=np.float32)
facts = [{"language": "sv", "article_id": f"a{number}"} for number in range(begin, end)]
Vectors(Path(sys.argv[1]), None, "passages").add([f"p{number}" for number in range(begin, end)], rows, facts)
"""


def write(directory: Path, begin: int, end: int) -> None:
    """Add vectors p{begin} … p{end - 1}, in a process of its own."""
    subprocess.run([sys.executable, "-c", WRITER, str(directory), str(begin), str(end)], check=True)


def test_a_reader_gets_what_another_process_has_written_since(tmp_path: Path) -> None:
    write(tmp_path / "vectors", 0, FIRST)
    reader = Vectors(tmp_path / "vectors", None, NAME)
    keys = [f"p{number}" for number in range(ALL)]
    assert set(reader.get(keys)) == set(keys[:FIRST])
    write(tmp_path / "vectors", FIRST, ALL)
    assert set(reader.get(keys)) == set(keys)
    nearest = reader.search(np.asarray(reader.get(["p3000"])["p3000"]), 1)
    assert nearest[0][0] == "p3000"
