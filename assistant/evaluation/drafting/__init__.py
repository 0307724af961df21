"""Drafts of question sets: from a corpus by extraction and templates, by a model, or from others' formats."""
