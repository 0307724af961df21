"""What a page says about its article: title, byline, publisher and dates, each with its provenance."""

from ingest.metadata.describe import describe_page

__all__ = ["describe_page"]
