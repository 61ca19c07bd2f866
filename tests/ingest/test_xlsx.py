"""A workbook is read sheet by sheet: rows with their heads, values as they are shown."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.styles import Font

from ingest import read
from ingest.readers.sheet import MOST_ROWS
from ingest.readers.xlsx import shown

Rows = Sequence[Sequence[object]]


def blocks(book: openpyxl.Workbook) -> list[tuple[str, int, str]]:
    file = io.BytesIO()
    book.save(file)
    document = read("plan.xlsx", file.getvalue())
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def workbook(**sheets: Rows) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def texts(*rows: Sequence[object]) -> list[str]:
    return [text for _, _, text in blocks(workbook(Plan=rows))[1:]]


HEAD = ("Action", "Lead", "Deadline")


def test_a_sheet_is_a_section_under_its_name() -> None:
    book = workbook(Harbour=[HEAD, ("Dredge", "Council", 2031)], Trees=[["Plant sixty trees."]])
    assert blocks(book) == [
        ("heading", 1, "Harbour"),
        ("table_row", 0, "Action: Dredge | Lead: Council | Deadline: 2031"),
        ("heading", 1, "Trees"),
        ("table_row", 0, "Plant sixty trees."),
    ]


def test_the_head_row_is_found_below_titles_and_beside_empty_columns() -> None:
    assert texts(
        ["Action plan of the harbour"],
        [],
        [None, None, *HEAD],
        [None, None, "Dredge", "Council", 2031],
        [],
        [None, None, "Plant", None, 2032],
        [],
        [None, "Source: the harbour office."],
    ) == [
        "Action plan of the harbour",
        "Action: Dredge | Lead: Council | Deadline: 2031",
        "Action: Plant | Deadline: 2032",
        "Source: the harbour office.",
    ]


def test_a_second_table_has_its_own_heads() -> None:
    assert texts(
        HEAD, ("Dredge", "Council", 2031), [], ("Year", "Vessels"), (2028, 120), (2029, 131)
    ) == [
        "Action: Dredge | Lead: Council | Deadline: 2031",
        "Year: 2028 | Vessels: 120",
        "Year: 2029 | Vessels: 131",
    ]


def test_a_row_of_words_within_a_table_is_no_head() -> None:
    rows = [HEAD, ("Dredge", "Council", "ongoing"), ("Plant", "Parks", 2032)]
    assert texts(*rows)[0] == "Action: Dredge | Lead: Council | Deadline: ongoing"


def test_labels_and_their_values_are_not_taken_for_a_head() -> None:
    rows = [("Title", "Harbour plan"), ("Owner", "Council of Norvale")]
    assert texts(*rows) == ["Title | Harbour plan", "Owner | Council of Norvale"]


def test_bold_rows_are_heads_and_bold_lines_headings() -> None:
    book = workbook(Plan=[["Part one"], ("Title", "Owner"), ("Harbour plan", "Council")])
    for row in (1, 2):
        for cell in book["Plan"][row]:
            cell.font = Font(bold=True)
    assert blocks(book)[1:] == [
        ("heading", 2, "Part one"),
        ("table_row", 0, "Title: Harbour plan | Owner: Council"),
    ]


def test_hidden_sheets_and_empty_ones_are_passed_over() -> None:
    book = workbook(Plan=[["Plant sixty trees."]], Lists=[["yes"], ["no"]], Empty=[])
    book["Lists"].sheet_state = "hidden"
    assert [text for _, _, text in blocks(book)] == ["Plan", "Plant sixty trees."]


def test_a_formula_that_was_never_computed_shows_nothing() -> None:
    assert texts(HEAD, ("Dredge", "Council", 2031), ("Sum", None, "=SUM(C2:C2)")) == [
        "Action: Dredge | Lead: Council | Deadline: 2031",
        "Action: Sum",
    ]


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (datetime.datetime(2031, 5, 2), "dd.mm.yyyy", "2031-05-02"),
        (datetime.datetime(2031, 5, 2), "mmm yyyy", "2031-05"),
        (datetime.datetime(2031, 5, 2), "yyyy", "2031"),
        (datetime.datetime(2031, 5, 2, 9, 30), "General", "2031-05-02 09:30"),
        (datetime.time(9, 30), "h:mm", "09:30"),
        (0.25, "0%", "25%"),
        (0.255, "0.0%", "25.5%"),
        (1500000, "#,##0", "1,500,000"),
        (1500000.5, '#,##0.00 "€"', "€1,500,000.50"),
        (2000, "[$CHF] #,##0", "CHF 2,000"),
        (0.1 + 0.2, "General", "0.3"),
        (2031.0, "General", "2031"),
        (True, "General", "yes"),
        ("#REF!", "General", ""),
    ],
)
def test_values_are_shown_as_a_reader_sees_them(value: object, format: str, expected: str) -> None:
    assert shown(value, format) == expected


def test_of_a_huge_sheet_the_beginning_is_read_and_the_rest_is_named() -> None:
    rows = [("Vessel", "Year"), *((f"Vessel {number}", 2031) for number in range(MOST_ROWS + 5))]
    read_rows = texts(*rows)
    assert read_rows[-2] == f"Vessel: Vessel {MOST_ROWS - 2} | Year: 2031"
    assert read_rows[-1] == "[This sheet is longer; only its first 10,000 rows were read.]"


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    book = workbook(Plan=[["Plant sixty trees."]])
    book["Plan"]["XFD1048576"] = "far"
    assert [text for _, _, text in blocks(book)] == ["Plan", "Plant sixty trees."]
