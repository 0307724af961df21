"""A killed ingest, run again, makes the corpus of an undisturbed one, and whoever asks meanwhile sees no error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "benchmarks" / "ingest_kill.py"


def test_killed_and_run_again() -> None:
    result = subprocess.run([sys.executable, str(SCRIPT), "--articles", "33", "--kills", "2"], text=True,
                            capture_output=True, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "2 of 2 identical" in result.stdout
