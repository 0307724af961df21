"""From a query to its passages: dense and lexical, fused knowing languages and time, with a share for each."""

from assistant.retrieve.languages import PRIOR_PASSAGES, SAME_LANGUAGE_COSINE, USUAL_COSINE
from assistant.retrieve.places import PASSAGES_AN_ARTICLE
from assistant.retrieve.retriever import Retriever

__all__ = ["PASSAGES_AN_ARTICLE", "PRIOR_PASSAGES", "SAME_LANGUAGE_COSINE", "USUAL_COSINE", "Retriever"]
