"""The whole check: style, types, architecture, tests, and the demo question set against its floors.

    python tests/check.py

Each step is what a person would type; the first that fails ends it with its exit code.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
DEMO = ROOT / "assistant" / "demo"


def main() -> None:
    """Run every step from the project's root; exit with the code of the first that fails."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = str(Path(folder) / "corpus")
        steps = [
            [str(BIN / "ruff"), "check", "."],
            [str(BIN / "mypy")],
            [str(BIN / "lint-imports")],
            [str(BIN / "assistant"), "ingest", str(DEMO / "articles"), "--corpus", corpus],
            [str(BIN / "assistant"), "evaluate", str(DEMO / "questions.jsonl"), "--corpus", corpus,
             "--gate", str(DEMO / "floors.json")],
            # In the order of the names: else files of few but long tests, those with a browser, come last and alone.
            [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"],
        ]
        for step in steps:
            started = time.monotonic()
            code = subprocess.run(step, cwd=ROOT).returncode
            sys.stdout.write(f"{Path(step[0]).name} {step[1] if len(step) > 1 else ''}:"
                             f" exit {code} after {time.monotonic() - started:.0f} s\n")
            sys.stdout.flush()
            if code:
                sys.exit(code)


if __name__ == "__main__":
    main()
