"""The picture of a PDF's page, and how much of the page is picture."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.page_image import layer, render


@pytest.fixture
def page():
    """A page drawn by the test; it is closed afterwards."""
    opened = []

    def draw(size=(600, 800), pictures=(), curves=0, rotation=0):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=size, invariant=True)
        picture = ImageReader(Image.new("L", (20, 20), 90))
        for left, bottom, width, height in pictures:
            canvas.drawImage(picture, left, bottom, width, height)
        for n in range(curves):
            canvas.bezier(n, 10, n, 20, n + 5, 20, n + 5, 10)
        canvas.showPage()
        canvas.save()
        pdf = pdfium.PdfDocument(buffer.getvalue())
        opened.append(pdf)
        pdf[0].set_rotation(rotation)
        return pdf[0]

    yield draw
    for pdf in opened:
        pdf.close()


def test_a_page_is_drawn_in_grey_at_two_hundred_dots_to_the_inch(page):
    image, scale = render(page((360, 720)))
    assert image.mode == "L"
    assert image.size == (1000, 2000)
    assert scale == pytest.approx(200 / 72)


def test_a_page_is_drawn_as_a_reader_sees_it(page):
    image, _ = render(page((360, 720), rotation=90))
    assert image.size == (2000, 1000)


def test_a_turned_page_is_covered_as_it_was_before(page):
    turned = page(pictures=[(0, 0, 600, 800)], rotation=90)
    assert layer(turned, "").image_share == pytest.approx(1)


def test_a_huge_page_is_drawn_more_coarsely(page):
    image, scale = render(page((14000, 14000)))
    assert image.width * image.height <= 12_100_000
    assert scale == pytest.approx(image.width / 14000, rel=0.01)


def test_images_are_counted_by_the_share_of_the_page_that_they_cover(page):
    assert layer(page(pictures=[(0, 0, 600, 400)]), "").image_share == pytest.approx(0.5)
    strips = [(0, top, 600, 100) for top in range(0, 800, 100)]
    assert layer(page(pictures=strips), "").image_share == pytest.approx(1)


def test_what_hangs_over_the_edge_of_the_page_does_not_count(page):
    assert layer(page(pictures=[(-300, -400, 600, 800)]), "").image_share == pytest.approx(0.25)
    assert layer(page(pictures=[(700, 900, 50, 50)]), "").image_share == 0


def test_drawn_outlines_are_counted(page):
    assert layer(page(curves=7), "").outlines == 7


def test_a_page_full_of_words_is_not_searched_for_images(page):
    searched = layer(page(pictures=[(0, 0, 600, 800)]), "lamp " * 100)
    assert (searched.image_share, searched.outlines) == (0, 0)
