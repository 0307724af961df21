"""Errors of ingesting, as a tree. Each message says what, where, and what to do.

    IngestError
    ├── InputError            the person named something that cannot be used (exit code 2)
    ├── PageError             one page cannot be read; the run goes on and reports it
    ├── CorpusError           the corpus directory cannot be used
    │   ├── RecipeError       it was built with another recipe
    │   └── LockedError       another ingest is writing it
    ├── EndpointRestError     an endpoint is not asked now: it is down, or asked by too many
    └── EmbeddingError        the embedder cannot be opened or failed
        └── PassageTooLongError   a passage has more tokens than the model can see
"""


class IngestError(Exception):
    """Base of all errors of ingesting."""


class InputError(IngestError):
    """A path or record that was named cannot be used."""


class PageError(IngestError):
    """One page cannot be read; the rest of the run goes on."""


class CorpusError(IngestError):
    """The corpus directory cannot be opened or written."""


class RecipeError(CorpusError):
    """The corpus was built with another recipe than the one asked for."""


class LockedError(CorpusError):
    """Another process is writing this corpus."""


class EndpointRestError(IngestError):
    """An endpoint is not asked now; the message is the end of a sentence that names it."""


class EmbeddingError(IngestError):
    """The embedder cannot be opened, or an endpoint refused."""


class PassageTooLongError(EmbeddingError):
    """A passage is longer than the embedding model can see; the splitter is at fault."""
