"""Two ways to an answer from the same passages: quoted (extractive) and written by a model (generative)."""
