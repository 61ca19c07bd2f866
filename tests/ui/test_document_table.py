"""The table of documents: what a row says, and which rows are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index import DocumentInfo
from ingest import PageCounts
from ui.document_table import DocumentTable, row_html
from ui.language import speaking

PLAN = DocumentInfo("plans/harbour.pdf", "Harbour plan", "2023", "en", "pdf", 12, 30, "indexed")
SCAN = DocumentInfo("scan.pdf", "", None, None, "pdf", 0, 0, "failed", "no text on its 4 pages")
FOREST = DocumentInfo("forest.md", "Forest charter", None, "de", "markdown", 0, 4, "indexed")


def shown(
    documents: Sequence[DocumentInfo], words: str = "", count: int = 200
) -> tuple[list[str], int]:
    """The titles of the rows, and how many were found."""
    rows = DocumentTable().rows(lambda: documents, "1", words, count, removable=True, readable=True)
    titles = LexborHTMLParser(f"<table>{rows.html}</table>").css("tr .title")
    return [title.text() for title in titles], rows.found


def row(document: DocumentInfo, *, removable: bool = False, readable: bool = False) -> LexborNode:
    html = row_html(document, removable=removable, readable=readable)
    found = LexborHTMLParser(f"<table>{html}</table>").css_first("tr")
    assert found is not None
    return found


def test_the_unreadable_come_first_then_titles_in_order() -> None:
    assert shown([PLAN, FOREST, SCAN])[0] == ["scan.pdf", "Forest charter", "Harbour plan"]


def test_a_row_says_what_is_known_of_a_document() -> None:
    assert [cell.text() for cell in row(PLAN).css("td")] == [
        "Harbour planplans/harbour.pdf",
        "pdf",
        "12",
        "30",
        "English",
        "2023",
        "Indexed",
    ]
    assert "no text on its 4 pages" in row(SCAN).text()


def test_a_row_says_how_pages_were_read() -> None:
    counts = PageCounts(text=9, ocr=2, unreadable=1)
    mixed = row(replace(PLAN, page_counts=counts, reason="page 7: an image without text"))
    assert mixed.css("td")[2].text() == "122 by OCR, 1 unreadable"
    assert mixed.css("td")[6].text() == "Indexedpage 7: an image without text"


def test_each_button_names_its_document() -> None:
    buttons = row(PLAN, removable=True, readable=True).css(".row-acts button")
    assert [button.attributes["aria-label"] for button in buttons] == [
        "Read again: plans/harbour.pdf",
        "Delete plans/harbour.pdf",
    ]
    assert row(PLAN, readable=True).css_first(".remove") is None
    assert row(PLAN).css_first(".row-acts") is None


def test_words_are_looked_for_in_all_that_a_row_shows() -> None:
    assert shown([PLAN, FOREST, SCAN], "HARBOUR 2023") == (["Harbour plan"], 1)
    assert shown([PLAN, FOREST, SCAN], "not readable 4 pages") == (["scan.pdf"], 1)
    assert shown([PLAN, FOREST, SCAN], "plans/") == (["Harbour plan"], 1)
    assert shown([PLAN, FOREST, SCAN], "lighthouse") == ([], 0)
    assert shown([PLAN], "delete") == ([], 0)  # the buttons are no part of it


def test_they_are_looked_for_in_the_readers_language() -> None:
    table = DocumentTable()

    def found(words: str) -> int:
        rows = table.rows(lambda: [PLAN, FOREST], "1", words, 9, removable=True, readable=True)
        return rows.found

    assert (found("german"), found("deutsch")) == (1, 0)
    with speaking("de"):
        assert (found("german"), found("deutsch")) == (0, 1)


def test_of_many_the_first_are_sent_and_all_are_counted() -> None:
    many = [replace(FOREST, path=f"{number:03d}.md") for number in range(30)]
    titles, found = shown(many, "forest", count=12)
    assert (len(titles), found) == (12, 30)


def test_the_documents_are_asked_for_once_in_each_version() -> None:
    table, loads = DocumentTable(), []

    def load() -> list[DocumentInfo]:
        loads.append(1)
        return [PLAN] if len(loads) == 1 else [PLAN, FOREST]

    counts = [
        table.rows(load, version, "", 9, removable=False, readable=False).found
        for version in ("1", "1", "2", "2")
    ]
    assert counts == [1, 1, 2, 2]
    assert len(loads) == 2


def test_names_of_files_are_inert() -> None:
    hostile = "<img src=x onerror=alert(1)>.md"
    info = DocumentInfo(hostile, hostile, hostile, hostile, hostile, 1, 1, "failed", hostile)
    for document in (info, replace(info, status="indexed")):
        html = row_html(document, removable=True, readable=True)
        assert not LexborHTMLParser(f"<table>{html}</table>").css("img")
