"""StrategyRetriever: the retriever for chains and agents built with LangChain."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.retriever import Evidence, Retriever


class StrategyRetriever(BaseRetriever):
    """``invoke(question)`` returns LangChain documents, best first."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    k: int = 10
    documents: Sequence[str] | None = None  # paths to limit the search to

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[Document]:
        return [_document(item) for item in self.retriever.search(query, self.k, self.documents)]


def _document(evidence: Evidence) -> Document:
    passage = evidence.passage
    return Document(
        page_content=passage.text,
        metadata={
            "document": passage.document,
            "title": passage.title,
            "page": passage.page,
            "section": list(passage.section),
            "start": passage.start,
            "end": passage.end,
            "score": evidence.score,
        },
    )
