"""The corpus as a retriever of LlamaIndex, so that other people's query engines can use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from ingest.article import ScoredPassage

Search = Callable[[str], Sequence[ScoredPassage]]


class CorpusRetriever(BaseRetriever):
    """Passages as nodes: text, id, offsets, score, and what is known of their article as metadata."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [NodeWithScore(node=node_of(hit), score=hit.score) for hit in self._search(query_bundle.query_str)]


def node_of(hit: ScoredPassage) -> TextNode:
    """A passage as a node whose source is its article; facts that are not known are left out."""
    passage, article = hit.passage, hit.article
    meta = article.metadata
    facts = {
        "article": article.name, "title": meta.title, "publisher": meta.publisher,
        "published_at": meta.published_at, "language": article.language, "url": meta.url, "kind": passage.kind,
        "why": ", ".join(hit.why),
    }
    return TextNode(
        id_=passage.id, text=passage.text, start_char_idx=passage.start, end_char_idx=passage.end,
        metadata={name: value for name, value in facts.items() if value},
        excluded_embed_metadata_keys=["why", "kind"], excluded_llm_metadata_keys=["why", "kind"],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
