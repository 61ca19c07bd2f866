"""The source panel shows a citation in its page or section, with the quote marked."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from assistant import Citation
from ingest import BlockKind, Document
from ingest.builder import DocumentBuilder
from ui.source import SECTION_LIMIT, Place, document_html, section_span, source_html

PLACE = Place(answer_number=2, position=1, numbers=(1, 2, 3))


def paged() -> Document:
    builder = DocumentBuilder()
    builder.start_page()
    builder.add(BlockKind.HEADING, "Harbour plan", 1)
    builder.add(BlockKind.PARAGRAPH, "Twelve quays are electrified by 2031, and the grid")
    builder.start_page(label="ii")
    builder.run_on("operator builds two substations.")
    builder.add(BlockKind.LIST_ITEM, "one for the east quays;")
    builder.add(BlockKind.LIST_ITEM, "one for the west quays.")
    builder.start_page()
    builder.add(BlockKind.PARAGRAPH, "The third page speaks of money.")
    return build(builder, "harbour.pdf", "pdf")


def sections(words: int = 3) -> Document:
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, "Charter", 1)
    builder.add(BlockKind.HEADING, "Oaks", 2)
    for number in range(words):
        builder.add(BlockKind.PARAGRAPH, f"Oak sentence number {number} stands here for good.")
    builder.add(BlockKind.HEADING, "Beeches", 2)
    builder.add(BlockKind.PARAGRAPH, "Beeches follow in the spring.")
    return build(builder, "charter.md", "markdown")


def build(builder: DocumentBuilder, path: str, format: str) -> Document:
    return builder.build(path=path, content_hash="0" * 64, format=format, title="A title")


def cite(document: Document, quote: str) -> Citation:
    start = document.text.index(quote)
    page = document.page_at(start)
    return Citation(
        number=2,
        document=document.path,
        title=document.title,
        page=page.number if document.paged else None,
        page_label=page.label,
        section=document.section_at(start),
        quote=quote,
        start=start,
        end=start + len(quote),
        content_hash=document.content_hash,
    )


def panel(document: Document, quote: str) -> LexborHTMLParser:
    return LexborHTMLParser(source_html(cite(document, quote), PLACE, document))


def test_the_whole_page_is_shown_with_the_quote_marked() -> None:
    shown = panel(paged(), "one for the west quays.")
    assert shown.css_first("mark").text() == "one for the west quays."
    text = shown.css_first(".text").text()
    assert "operator builds two substations." in text
    assert "one for the east quays;" in text
    assert "The third page" not in text
    assert "Twelve quays" not in text


def test_a_quote_over_two_pages_shows_both_with_a_divider() -> None:
    shown = panel(paged(), "and the grid operator builds two substations.")
    assert shown.css_first(".divider").text() == "Page 2"
    marked = " ".join(mark.text().strip() for mark in shown.css("mark"))
    assert marked == "and the grid operator builds two substations."


def test_headings_and_list_items_are_shown_as_such() -> None:
    shown = panel(paged(), "Twelve quays are electrified by 2031")
    assert shown.css_first(".text h3").text() == "Harbour plan"
    assert len(panel(paged(), "one for the east quays;").css(".item")) == 2


def test_without_pages_the_section_is_shown() -> None:
    shown = panel(sections(), "Oak sentence number 1 stands here for good.")
    text = shown.css_first(".text").text()
    assert "Oaks" in text
    assert "number 0" in text
    assert "number 2" in text
    assert "Beeches" not in text


def test_a_long_section_is_cut_around_the_quote() -> None:
    document = sections(words=600)
    quote = "Oak sentence number 300 stands here for good."
    shown = panel(document, quote)
    assert shown.css_first("mark").text() == quote
    assert len(shown.css_first(".text").text()) <= SECTION_LIMIT + 100
    assert "number 299 " in shown.css_first(".text").text()
    assert "number 301 " in shown.css_first(".text").text()


def test_a_paragraph_without_end_is_cut_in_its_middle() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, "before " * 1200 + "The needle is here. " + "after " * 1200)
    shown = panel(build(builder, "long.txt", "text"), "The needle is here.")
    assert shown.css_first("mark").text() == "The needle is here."
    assert len(shown.css(".cut")) == 2
    assert len(shown.css_first(".text").text()) < SECTION_LIMIT + 100


def test_the_head_names_title_place_and_section() -> None:
    shown = panel(paged(), "one for the east quays;")
    assert shown.css_first("h2").text() == "A title"
    assert shown.css_first(".file").text() == "harbour.pdf, p. 2 (ii) of 3"
    assert shown.css_first(".trail").text() == "Harbour plan"


def test_the_neighbours_and_the_quotation_are_at_hand() -> None:
    shown = panel(paged(), "one for the east quays;")
    assert [turn.attributes["href"] for turn in shown.css("a.turn")] == ["#cite-2-1", "#cite-2-3"]
    assert shown.css_first(".count").text() == "2 of 3"
    copied = shown.css_first(".copy").attributes["data-copy"]
    assert copied == "“one for the east quays;” (A title, “Harbour plan”, harbour.pdf, p. 2 (ii))"


def test_the_first_citation_has_none_before_it() -> None:
    document = paged()
    citation = cite(document, "one for the east quays;")
    shown = LexborHTMLParser(source_html(citation, Place(1, 0, (2,)), document))
    assert not shown.css("a.turn")


@pytest.mark.parametrize("gone", [True, False])
def test_a_changed_or_removed_document_is_said_and_its_quote_still_shown(gone: bool) -> None:
    citation = cite(paged(), "one for the east quays;")
    now = None if gone else sections()
    shown = LexborHTMLParser(source_html(citation, PLACE, now))
    said = shown.css_first(".remark").text()
    assert ("no longer in the index" if gone else "has changed") in said
    assert shown.css_first("mark").text() == "one for the east quays;"


def test_what_a_document_holds_is_shown_and_never_run() -> None:
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)> "> </aside> {{value}} ${1+1}'
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, hostile, 1)
    builder.add(BlockKind.PARAGRAPH, hostile)
    document = build(builder, "hostile.md", "markdown")
    citation = dataclasses.replace(cite(document, hostile), title=hostile, document=hostile)
    shown = LexborHTMLParser(source_html(citation, PLACE, document))
    assert not shown.css("script, img")
    assert shown.css_first("h2").text() == hostile
    assert shown.css_first(".copy").attributes["data-copy"].count(hostile) == 4


DOCUMENTS = [paged(), sections(), sections(150)]


@settings(deadline=None)
@given(st.data())
def test_the_marks_are_the_quote_and_the_text_is_the_documents(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(DOCUMENTS))
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(document.text), start + 3000)))
    shown = LexborHTMLParser(f"<div>{document_html(document, start, end)}</div>")
    marked = "".join(mark.text() for mark in shown.css("mark"))
    quote = document.text[start:end]
    assert "".join(marked.split()) == "".join(quote.split())
    if not document.paged:
        first, last = section_span(document, start, end)
        assert first <= start
        assert end <= last
