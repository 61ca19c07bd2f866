"""Citations: statements of an answer tied to spans of documents, every quote checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Citation
from index import Evidence
from ingest import Document, Passage


class CitationMismatch(Exception):
    """A quote does not stand at its span: a defect, never shown as a citation."""


@dataclass(slots=True)
class CitationList:
    """Numbers the citations of one answer in the order of their first use."""

    _citations: list[Citation] = field(default_factory=list)

    def cite(self, document: Document, start: int, end: int) -> int:
        """The number of the citation for ``document.text[start:end]``, a new one where needed."""
        for known in self._citations:
            if (known.document, known.start, known.end) == (document.path, start, end):
                return known.number
        page = document.page_at(start)
        self._citations.append(
            Citation(
                number=len(self._citations) + 1,
                document=document.path,
                title=document.title,
                page=page.number if document.paged else None,
                page_label=page.label if document.paged else None,
                section=document.section_at(start),
                quote=document.text[start:end],
                start=start,
                end=end,
                content_hash=document.content_hash,
                language=document.language,
            )
        )
        return len(self._citations)

    def checked(self, documents: Iterable[Document]) -> tuple[Citation, ...]:
        """All citations. Raises CitationMismatch where a quote is not what stands at its span."""
        by_path = {document.path: document for document in documents}
        for citation in self._citations:
            check(citation, by_path[citation.document])
        return tuple(self._citations)


def check(citation: Citation, document: Document) -> None:
    """Raises CitationMismatch unless the quote stands at its span in this version."""
    stands = document.text[citation.start : citation.end]
    if citation.content_hash != document.content_hash or stands != citation.quote or not stands:
        raise CitationMismatch(
            f"{citation.document} [{citation.start}:{citation.end}] reads {stands[:80]!r},"
            f" not {citation.quote[:80]!r}"
        )


def cited_first(
    evidence: Sequence[Evidence], citations: Sequence[Citation]
) -> tuple[Evidence, ...]:
    """The evidence with the passages that an answer quotes before those that only come near.

    What is quoted has 1 more of a score, which is more than any search gives.
    """
    quoted = [any(_holds(item.passage, citation) for citation in citations) for item in evidence]
    first = [
        replace(item, score=1 + item.score)
        for item, held in zip(evidence, quoted, strict=True)
        if held
    ]
    return (*first, *(item for item, held in zip(evidence, quoted, strict=True) if not held))


def _holds(passage: Passage, citation: Citation) -> bool:
    """Whether the passage has a part of what is cited."""
    return (
        passage.document == citation.document
        and passage.start < citation.end
        and citation.start < passage.end
    )
