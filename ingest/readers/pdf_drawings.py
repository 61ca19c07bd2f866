"""PdfDrawings: the rules that are drawn on a page, and the places of its images."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.printed.word import Box
from ingest.readers.pdf_frame import PdfFrame

_MOST_OBJECTS = 20_000  # drawn things on a page; a map of more has no tables worth the time
_THIN = 2.5  # points: a rectangle as thin as this is a rule
_FORMS_DEEP = 2  # drawings within drawings that are followed

_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1, 0, 0, 1, 0, 0)


def drawn_on(page: pdfium.PdfPage, frame: PdfFrame) -> tuple[tuple[Box, ...], list[Box]]:
    """The rules: lines, thin rectangles and the edges of boxes; and where images stand."""
    rules: list[Box] = []
    images: list[Box] = []
    for kind, bounds, segments in _objects(page.raw, _PLAIN, 0):
        box = frame.box(*bounds)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            images.append(box)
        elif segments <= 2 or min(box.width, box.height) <= _THIN:
            if max(box.width, box.height) > _THIN and min(box.width, box.height) <= _THIN:
                rules.append(box)
        elif segments in (4, 5):
            rules += _edges(box)
    return tuple(rules), images


def _edges(box: Box) -> Iterator[Box]:
    yield Box(box.left, box.top, box.right, box.top)
    yield Box(box.left, box.bottom, box.right, box.bottom)
    yield Box(box.left, box.top, box.left, box.bottom)
    yield Box(box.right, box.top, box.right, box.bottom)


def _objects(
    holder: object, matrix: _Matrix, depth: int
) -> Iterator[tuple[int, tuple[float, float, float, float], int]]:
    """Kind, bounds on the page, and number of path segments of what is drawn."""
    in_form = depth > 0
    count = (pdfium_c.FPDFFormObj_CountObjects if in_form else pdfium_c.FPDFPage_CountObjects)(
        holder
    )
    get = pdfium_c.FPDFFormObj_GetObject if in_form else pdfium_c.FPDFPage_GetObject
    numbers = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(number) for number in numbers]
    for index in range(min(count, _MOST_OBJECTS)):
        item = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            if depth < _FORMS_DEEP:
                own = pdfium_c.FS_MATRIX()
                pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(own))
                inner = (own.a, own.b, own.c, own.d, own.e, own.f)
                yield from _objects(item, _times(inner, matrix), depth + 1)
        elif kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            is_path = kind == pdfium_c.FPDF_PAGEOBJ_PATH
            segments = pdfium_c.FPDFPath_CountSegments(item) if is_path else 0
            if segments > 5:
                continue  # a drawing, not a rule
            if pdfium_c.FPDFPageObj_GetBounds(item, *references):
                left, bottom, right, top = (number.value for number in numbers)
                yield kind, _placed(left, bottom, right, top, matrix), segments


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od,
        c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _placed(
    left: float, bottom: float, right: float, top: float, matrix: _Matrix
) -> tuple[float, float, float, float]:
    if matrix == _PLAIN:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)
