"""PassageStore: what a store of passages must do, and what it hands out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from ingest.document import Document, PageCounts, Passage

if TYPE_CHECKING:
    import numpy as np

    from index.encoder import VectorForm
    from index.scope import Scope


class Hit(NamedTuple):  # some four hundred are made for each question
    """A passage found by one search; higher scores are better."""

    passage_id: int
    score: float


class Place(NamedTuple):
    """Where a passage stands; in the order of documents and of what stands in them."""

    document: str  # path
    ordinal: int  # position in the document, from 0


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One line of the list of documents."""

    path: str  # relative to the indexed folder
    title: str
    date: str | None  # ISO 8601, as precise as is known
    language: str | None  # ISO 639-1
    format: str  # "pdf", "docx", ...
    pages: int  # 0 where the format has no pages
    passages: int
    status: Literal["indexed", "failed"]
    reason: str = ""  # why it, or a part of it, could not be read, and what to do, for people
    page_counts: PageCounts = field(default_factory=PageCounts)  # of ``pages``


class PassageStore(Protocol):
    """A searchable set of documents.

    ``documents`` limits a search to the documents at these paths; None searches all of them,
    an empty collection finds nothing. An unknown path raises UnknownDocument.
    """

    @property
    def generation(self) -> int: ...

    @property
    def encoder_name(self) -> str: ...

    @property
    def passage_count(self) -> int: ...

    def snapshot(self) -> PassageStore:
        """The store as it is now; later syncs do not change it."""
        ...

    def check_encoder(self, name: str, form: VectorForm | None = None) -> None:
        """Raise EncoderMismatch unless the passages were embedded by the encoder ``name``.

        With ``form``, known once the model is loaded, also where its weights are others; another
        arithmetic is only noted.
        """
        ...

    def dense(
        self, vector: np.ndarray, k: int, documents: Collection[str] | None = None
    ) -> list[Hit]:
        """The ``k`` passages nearest to a unit vector float32 [dimension]; scores are cosines."""
        ...

    def lexical(self, question: str, k: int, documents: Collection[str] | None = None) -> list[Hit]:
        """The ``k`` passages that share the most telling words; scores are BM25."""
        ...

    def rarity(self, terms: Iterable[str], document: str | None = None) -> dict[str, float]:
        """How telling each of these analysed words is (see ``index.lexical.terms``), above 0.

        Among all passages, or among those of one document.
        """
        ...

    def places(self, ids: Collection[int]) -> dict[int, Place]:
        """Where the passages with these ids stand, without their text; those gone are left out."""
        ...

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in this order; those that are gone are left out."""
        ...

    def document(self, path: str) -> Document: ...

    def within(self, scope: Scope) -> list[str]:
        """The paths of the documents that meet the limits. Raises UnknownDocument for none."""
        ...

    def documents(self) -> list[DocumentInfo]:
        """All documents, those that could not be read too, sorted by path."""
        ...
