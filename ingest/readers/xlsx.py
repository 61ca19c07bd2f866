"""XLSX: each visible sheet under its name; formulas as the values that were last computed."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ingest.builder import DocumentBuilder, normalise
from ingest.document import BlockKind
from ingest.readers.office import OfficePackage
from ingest.readers.reading import Reading
from ingest.readers.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, Value

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.workbook import Workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_SHEETS = 200
_ROWS_LOOKED_AT = 5 * MOST_ROWS  # with the empty ones between
_DECIMALS = re.compile(r"\.(0+)")
_CURRENCY = re.compile(r"[$€£¥](?!-)|\[\$([^\]-]+)")
# What a format shows beside the number, and must not be taken for letters of a date.
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_xlsx(path: str, data: bytes) -> Reading:
    """Read an Excel workbook; its sheets are sections.

    Raises ProtectedDocument or DamagedDocument.
    """
    package = OfficePackage(path, data, "Excel workbook", "xl/workbook.xml", f"{_MAIN}workbook")
    package.check_office_xml()
    builder = DocumentBuilder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which show no text
            _write(_opened(data), builder)
    except Exception as error:  # whatever openpyxl trips over in a broken part
        raise package.damaged(f"is a broken Excel workbook ({type(error).__name__})") from error
    stated = package.properties()
    return Reading(builder, stated.title, stated.language, stated.date)


def _opened(data: bytes) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _write(workbook: Workbook, builder: DocumentBuilder) -> None:
    for worksheet in workbook.worksheets[:_MOST_SHEETS]:
        if worksheet.sheet_state != "visible":
            continue  # lists behind a form, and what its author put out of sight
        rows = worksheet.iter_rows(max_row=_ROWS_LOOKED_AT, max_col=MOST_COLUMNS)
        sheet = Sheet(map(_values, rows))
        if sheet:
            builder.add(BlockKind.HEADING, worksheet.title, 1)
            sheet.write(builder, level=2)


def _values(row: tuple[Cell | MergedCell | ReadOnlyCell, ...]) -> list[Value]:
    return list(_without_empty_end(row))


def _without_empty_end(row: tuple[Cell | MergedCell | ReadOnlyCell, ...]) -> Iterator[Value]:
    end = len(row)
    while end and row[end - 1].value is None:
        end -= 1
    for cell in row[:end]:
        text = "" if cell.value is None else normalise(shown(cell.value, cell.number_format))
        yield Value(text, bool(text and cell.font is not None and cell.font.b))


def shown(value: object, format: str = "General") -> str:
    """A value as a reader sees it: dates in ISO 8601, numbers with their sign of percent or money.

    Errors such as "#REF!" show nothing.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        has_time = value.time() != time()
        return value.isoformat(" ", "minutes") if has_time else _date(value.date(), format)
    if isinstance(value, date):
        return _date(value, format)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, format)
    text = str(value)
    return (
        "" if re.fullmatch(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!)", text) else text
    )


def _date(value: date, format: str) -> str:
    """As precise as its format shows it: "2031", "2031-05", "2031-05-12"."""
    letters = _QUOTED.sub("", format).lower()
    if "y" in letters and "d" not in letters:
        return value.isoformat()[: 7 if "m" in letters else 4]
    return value.isoformat()


def _number(value: float, format: str) -> str:
    section = format.split(";")[0]
    plain = _QUOTED.sub("", section)
    decimals = _DECIMALS.search(plain)
    if "%" in plain:
        return f"{_rounded(value * 100, decimals)}%"
    text = _rounded(value, decimals, "," if "#,#" in plain or "0,0" in plain else "")
    if currency := _CURRENCY.search(section):
        sign = currency[1] or currency[0]
        return f"{sign} {text}" if sign.isalpha() else f"{sign}{text}"
    return text


def _rounded(value: float, decimals: re.Match[str] | None, group: str = "") -> str:
    """At least as precise as its format shows it, at most with ten figures."""
    if decimals is not None:
        return format(value, f"{group}.{len(decimals[1])}f")
    if value == int(value) and abs(value) < 1e15:
        return format(int(value), group)
    return format(value, f"{group}.10g")
