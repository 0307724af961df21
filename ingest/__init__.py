"""Articles in, searchable corpus out; knows nothing of questions."""
