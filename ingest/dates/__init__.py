"""Dates and time expressions in running text: where they stand and which days they mean.

Knows Swedish, German and English in full, absolute dates in ten more languages. It does not know what a
date is the date of: an event, a photo and a publication look alike here.
"""

from ingest.dates.mention import DateMention, Precision
from ingest.dates.scan import find_dates

__all__ = ["DateMention", "Precision", "find_dates"]
