"""Words of the normalised text are found on the page, however they are set there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from ingest.page_marks import marks, spans
from ingest.page_renderer import PagePart, PageRenderer
from tests.ingest.drawing import HEIGHT, WIDTH, Drawing

WORDS = "The lighthouse of Skerry burns whale oil"


def found(text: str, quote: str, position: float = 0.0) -> list[str]:
    return [text[start:end] for start, end in spans(text, quote, position)]


def test_a_word_parted_at_a_lines_end_is_found() -> None:
    page = "The light\ufffehouse burns whale\r\noil from a tank."
    assert found(page, "The lighthouse burns whale oil") == [
        "The light\ufffehouse burns whale\r\noil"
    ]


def test_ligatures_are_found() -> None:
    assert found("The o\ufb03ce of \ufb01shery.", "office of fishery.") == [
        "o\ufb03ce of \ufb01shery."
    ]


def test_of_several_places_the_nearest_is_taken() -> None:
    page = "Oil is burnt. " + "Nothing else. " * 30 + "Oil is burnt."
    (first,) = spans(page, "Oil is burnt.", 0.0)
    (last,) = spans(page, "Oil is burnt.", 0.98)
    assert first[0] == 0
    assert last[1] == len(page)


def test_a_quote_that_runs_over_columns_is_found_in_pieces() -> None:
    page = "The keepers write the names\nBetween them is more.\nof all ships in a book."
    quote = "The keepers write the names of all ships in a book."
    assert found(page, quote) == ["The keepers write the names", "of all ships in a book."]


def test_words_that_are_mostly_missing_are_not_marked() -> None:
    assert (
        found("Only the keepers write", "The keepers write the names of all ships in a book") == []
    )
    assert found("", "words") == []
    assert found("words", "— …") == []


@given(st.text(max_size=200), st.text(min_size=1, max_size=60))
def test_spans_lie_within_the_page(text: str, quote: str) -> None:
    for start, end in spans(text, quote):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_mark_stands_over_its_words_however_the_page_is_turned(rotation: int) -> None:
    drawing = Drawing()
    drawing.line(100, 200, WORDS, 12)
    pdf = pdfium.PdfDocument(drawing.bytes())
    page = pdf[0]
    page.set_rotation(rotation)
    (mark,) = marks(page, WORDS)
    left, top = 100 / WIDTH, (200 - 9) / HEIGHT
    right, bottom = (100 + stringWidth(WORDS, "Helvetica", 12)) / WIDTH, 200 / HEIGHT
    if rotation == 0:
        assert mark[0] == pytest.approx(left, abs=0.01)
        assert mark[2] == pytest.approx(right, abs=0.01)
        assert mark[1] < top + 0.005
        assert mark[3] > bottom
    elif rotation == 180:
        assert mark[0] == pytest.approx(1 - right, abs=0.01)
        assert mark[2] == pytest.approx(1 - left, abs=0.01)
    elif rotation == 90:
        assert 1 - bottom == pytest.approx((mark[0] + mark[2]) / 2, abs=0.02)
        assert mark[1] == pytest.approx(left, abs=0.02)
    else:
        assert bottom == pytest.approx((mark[0] + mark[2]) / 2, abs=0.02)
    page.close()
    pdf.close()


def test_the_renderer_draws_marks_and_says_what_is_wrong(tmp_path: Path) -> None:
    drawing = Drawing()
    drawing.line(100, 200, WORDS)
    data = drawing.bytes()
    location = tmp_path / "light.pdf"
    location.write_bytes(data)
    version = hashlib.sha256(data).hexdigest()
    renderer = PageRenderer()
    try:
        drawn = renderer.render(PagePart("light.pdf", location, version, 1, 800, WORDS))
        assert drawn.image[8:12] == b"WEBP"
        assert len(drawn.marks) == 1
        assert (drawn.pages, round(drawn.width), drawn.error) == (1, round(WIDTH), "")
        assert "no page 2" in renderer.render(PagePart("light.pdf", location, version, 2)).error
        assert renderer.render(PagePart("light.pdf", location, "0" * 64, 1)).changed
        location.write_bytes(b"%PDF-1.7 broken")
        assert (
            "could not be drawn"
            in renderer.render(PagePart("light.pdf", location, version, 1)).error
        )
        location.unlink()
        assert (
            "could not be drawn"
            in renderer.render(PagePart("light.pdf", location, version, 1)).error
        )
    finally:
        renderer.close()
