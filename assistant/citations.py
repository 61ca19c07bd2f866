"""Citations: statements of an answer tied to spans of documents, every quote checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.answer import Citation
from ingest import Document


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
