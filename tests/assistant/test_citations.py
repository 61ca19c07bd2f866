"""Citations: numbered in the order of their first use, and never without the exact words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations import CitationList, CitationMismatch, check
from ingest import BlockKind, Document
from ingest.builder import DocumentBuilder


def document_of(*pages: tuple[str | None, list[str]], path: str = "plan.pdf") -> Document:
    builder = DocumentBuilder()
    for label, paragraphs in pages:
        builder.start_page(label)
        for text in paragraphs:
            kind = BlockKind.HEADING if text.isupper() else BlockKind.PARAGRAPH
            builder.add(kind, text, 1 if text.isupper() else 0)
    return builder.build(path=path, content_hash="ab12", format="pdf", title="The Plan")


PLAN = document_of(
    ("iv", ["LAMPS", "Forty lamps burn."]), ("1", ["WRECKS", "There were three. Nobody drowned."])
)


def span(words: str, document: Document = PLAN) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def test_a_citation_holds_the_words_and_where_they_stand() -> None:
    citations = CitationList()
    citations.cite(PLAN, *span("Nobody drowned."))
    (citation,) = citations.checked([PLAN])
    assert citation.quote == "Nobody drowned."
    assert PLAN.text[citation.start : citation.end] == citation.quote
    assert (citation.document, citation.title) == ("plan.pdf", "The Plan")
    assert (citation.page, citation.page_label) == (2, "1")
    assert citation.section == ("WRECKS",)
    assert citation.content_hash == "ab12"


def test_a_document_without_pages_is_cited_without_a_page() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, "Forty lamps burn.")
    document = builder.build(path="a.md", content_hash="0", format="markdown", title="A")
    citations = CitationList()
    citations.cite(document, 0, 5)
    (citation,) = citations.checked([document])
    assert citation.page is None
    assert citation.page_label is None


def test_numbers_follow_first_use_and_the_same_words_keep_their_number() -> None:
    citations = CitationList()
    spans = [span("Forty lamps"), span("Nobody"), span("Forty lamps"), span("There were three.")]
    assert [citations.cite(PLAN, *each) for each in spans] == [1, 2, 1, 3]
    assert [citation.number for citation in citations.checked([PLAN])] == [1, 2, 3]


def test_the_same_span_of_another_document_is_another_citation() -> None:
    other = document_of((None, ["Forty lamps burn."]), path="other.pdf")
    citations = CitationList()
    assert [citations.cite(PLAN, 0, 5), citations.cite(other, 0, 5)] == [1, 2]
    assert [item.document for item in citations.checked([other, PLAN])] == ["plan.pdf", "other.pdf"]


def test_words_that_do_not_stand_there_are_never_cited() -> None:
    citations = CitationList()
    citations.cite(PLAN, *span("Forty lamps burn."))
    changed = document_of(("iv", ["LAMPS", "Fifty lamps burn."]))
    with pytest.raises(CitationMismatch, match=r"plan\.pdf .* reads 'Fifty lamps burn\.'"):
        citations.checked([changed])


def test_the_same_words_of_another_version_are_not_cited() -> None:
    citations = CitationList()
    citations.cite(PLAN, *span("Forty lamps burn."))
    with pytest.raises(CitationMismatch):
        citations.checked([replace(PLAN, content_hash="cd34")])


def test_nothing_is_no_quote() -> None:
    citations = CitationList()
    citations.cite(PLAN, 7, 7)
    with pytest.raises(CitationMismatch):
        citations.checked([PLAN])


@settings(deadline=None)
@given(st.integers(0, len(PLAN.text)), st.integers(0, len(PLAN.text)), st.text(max_size=5))
def test_a_citation_passes_with_exactly_its_own_words(one: int, other: int, extra: str) -> None:
    start, end = sorted((one, other))
    citations = CitationList()
    citations.cite(PLAN, start, end)
    if start == end:
        return
    (citation,) = citations.checked([PLAN])
    assert citation.page == PLAN.page_number_at(start)
    if extra:
        with pytest.raises(CitationMismatch):
            check(replace(citation, quote=citation.quote + extra), PLAN)
