"""Articles that tell the same event, in other words or another language, found from what is stored of them.

Knows neither files nor the corpus: tellings in, groups of their ids out. Nothing is merged.
"""

from ingest.stories.group import group_stories
from ingest.stories.marks import find_marks, mark_codes
from ingest.stories.telling import Telling, mean_vector

__all__ = ["Telling", "find_marks", "group_stories", "mark_codes", "mean_vector"]
