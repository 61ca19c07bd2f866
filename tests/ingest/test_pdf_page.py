"""The words of a PDF page: their place, size, weight and turn, and the rules beside them."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from drawing import HEIGHT, LEFT, WIDTH, Drawing
from ingest.printed.word import Box
from ingest.readers.pdf_frame import PdfFrame
from ingest.readers.pdf_page import read_page


def page_of(drawing):
    pdf = pdfium.PdfDocument(drawing.bytes())
    page = pdf[0]
    try:
        return read_page(page)
    finally:
        page.close()
        pdf.close()


def word_of(drawing):
    (word,) = page_of(drawing).words
    return word


def test_a_word_stands_on_its_baseline():
    drawing = Drawing()
    drawing.line(LEFT, 100, "Lamps", 20)
    word = word_of(drawing)
    assert (word.text, word.size, word.bold, word.turn) == ("Lamps", 20, False, 0)
    assert (round(word.box.left), word.box.top, word.box.bottom) == (LEFT, 85, 105)
    assert word.box.right == pytest.approx(
        LEFT + drawing.canvas.stringWidth("Lamps", "Helvetica", 20), abs=1
    )


def test_what_is_scaled_is_as_large_as_it_is_printed():
    drawing = Drawing()
    drawing.canvas.scale(20, 20)
    drawing.canvas.setFont("Helvetica", 1)
    drawing.canvas.drawString(5, 30, "Lamps")
    assert word_of(drawing).size == 20


def test_weight_is_told_by_the_font():
    drawing = Drawing()
    drawing.line(LEFT, 100, "Lamps", bold=True)
    assert word_of(drawing).bold


def test_a_raised_number_is_a_word_of_its_own():
    drawing = Drawing()
    drawing.line(LEFT, 100, "Lamps")
    drawing.line(LEFT + drawing.canvas.stringWidth("Lamps", "Helvetica", 10), 96, "12", 6)
    assert [(word.text, word.size) for word in page_of(drawing).words] == [("Lamps", 10), ("12", 6)]


def test_a_hyphen_at_the_end_of_a_line_is_a_soft_one():
    drawing = Drawing()
    drawing.lines(LEFT, 100, ["The light-", "house"])
    assert [word.text for word in page_of(drawing).words] == ["The", "light\u00ad", "house"]


def test_characters_beyond_the_first_plane_do_not_shift_those_after_them():
    drawing = Drawing()
    drawing.line(LEFT, 100, "\u2022 lamps")
    drawing.line(LEFT, 130, "oil")
    # What the font says that its bullet is: a sign of two places, in as many bytes as before.
    data = drawing.bytes().replace(b"<2022>", b"<D83DDCA1>")
    pdf = pdfium.PdfDocument(data.replace(b"/CMapType 2 def", b"/CMapType 2", 1))
    words = read_page(pdf[0]).words
    pdf.close()
    assert [word.text for word in words] == ["\U0001f4a1", "lamps", "oil"]
    assert [round(word.box.left) for word in words if word.text != "lamps"] == [LEFT, LEFT]


@pytest.mark.parametrize(("angle", "turn"), [(90, 1), (180, 2), (270, 3)])
def test_a_word_knows_how_it_is_turned_against_the_page(angle, turn):
    drawing = Drawing()
    drawing.lines(LEFT, 100, ["The lamps burn all night", "and so does the pipe"])
    drawing.canvas.translate(300, 300)
    drawing.canvas.rotate(angle)
    drawing.canvas.setFont("Helvetica", 9)
    drawing.canvas.drawString(0, 0, "Lamps")
    word = page_of(drawing).words[-1]
    assert (word.text, word.size, word.turn) == ("Lamps", 9, turn)


def test_a_page_of_turned_words_is_as_wide_as_it_reads():
    drawing = Drawing()
    drawing.canvas.rotate(90)
    drawing.canvas.setFont("Helvetica", 10)
    drawing.canvas.drawString(72, -100, "Lamps")
    page = page_of(drawing)
    assert (round(page.width), round(page.height)) == (round(HEIGHT), round(WIDTH))
    assert page.words[0].turn == 0
    assert (round(page.words[0].box.left), round(page.words[0].box.bottom)) == (72, 102)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (0, Box(10, 780, 40, 790)),
        (1, Box(10, 10, 20, 40)),
        (2, Box(560, 10, 590, 20)),
        (3, Box(780, 560, 790, 590)),
    ],
)
def test_the_frame_turns_places_to_where_they_are_read(turn, expected):
    frame = PdfFrame(0, 0, 600, 800, turn)
    assert frame.box(10, 10, 40, 20) == expected
    assert frame.box(0, 0, 600, 800) == Box(0, 0, frame.width, frame.height)


def test_places_are_counted_from_the_corner_of_the_crop_box():
    assert PdfFrame(50, 60, 550, 760, 0).box(50, 740, 80, 760) == Box(0, 0, 30, 20)


def test_lines_thin_boxes_and_the_edges_of_boxes_are_rules():
    drawing = Drawing()
    drawing.rule(100, 200, 300)
    drawing.canvas.rect(100, HEIGHT - 250, 200, 1, stroke=0, fill=1)
    drawing.box(100, 300, 200, 400)
    rules = page_of(drawing).rules
    flat = sorted(round(box.middle) for box in rules if box.width > box.height)
    upright = sorted(round(box.left) for box in rules if box.height > box.width)
    # The pen is a point wide, which the bounds of what it draws count in on all sides.
    assert flat == [200, 250, 299, 401]
    assert upright == [99, 201]


def test_drawings_are_no_rules():
    drawing = Drawing()
    path = drawing.canvas.beginPath()
    path.moveTo(100, 100)
    for step in range(8):
        path.lineTo(110 + 10 * step, 100 + step % 2)
    drawing.canvas.drawPath(path)
    drawing.canvas.circle(300, 300, 50)
    assert page_of(drawing).rules == ()


def test_rules_in_a_drawing_that_is_used_again_stand_where_it_is_put():
    drawing = Drawing()
    drawing.canvas.beginForm("ruler")
    drawing.canvas.line(0, 0, 200, 0)
    drawing.canvas.endForm()
    drawing.canvas.translate(100, HEIGHT - 300)
    drawing.canvas.doForm("ruler")
    (rule,) = page_of(drawing).rules
    assert (rule.left, rule.middle, rule.right) == pytest.approx((100, 300, 300), abs=1.5)


def test_images_cover_a_share_of_the_page():
    drawing = Drawing()
    image = io.BytesIO()
    Image.new("RGB", (9, 9), "navy").save(image, "png")
    drawing.canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT / 2)
    assert page_of(drawing).image_share == pytest.approx(0.5, abs=0.01)


def test_an_image_that_hangs_over_the_page_covers_what_is_seen_of_it():
    drawing = Drawing()
    image = io.BytesIO()
    Image.new("RGB", (9, 9), "navy").save(image, "png")
    drawing.canvas.drawImage(ImageReader(image), -WIDTH / 2, 0, WIDTH, HEIGHT)
    assert page_of(drawing).image_share == pytest.approx(0.5, abs=0.01)
