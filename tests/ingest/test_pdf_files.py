"""PDF files that are not as they should be: turned, cropped, damaged, locked, cut off, misnamed."""

import re

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from drawing import HEIGHT, LEFT, MEASURE, WIDTH, Drawing, blocks
from ingest import (
    DamagedDocument,
    EmptyDocument,
    PageStatus,
    ProtectedDocument,
    UnsupportedFormat,
    read,
)

LAMPS = (
    "The harbour board of Norvale keeps forty lamps along the coast. Each lamp is lit at dusk and "
    "put out at dawn, and a keeper writes down every ship that passes while it burns."
)
OIL = (
    "Oil for the lamps comes from the mills of the inner valley, by cart as far as the river and "
    "then by barge. A barge takes nine days when the water is high."
)
GLASS = "The lenses were ground abroad and cannot be ground here."
HALF = (HEIGHT - 2 * LEFT - 20) / 2
WRITTEN = [("heading", "Lamps and oil"), ("paragraph", LAMPS), ("paragraph", OIL)]


def drawn_across(drawing):
    """Two columns under a heading, on paper that is wider than high."""
    drawing.line(LEFT, 80, "Lamps and oil", 18, bold=True)
    drawing.column(LEFT, 110, HALF, LAMPS)
    drawing.column(LEFT + HALF + 20, 110, HALF, OIL)


@pytest.mark.parametrize("turned", [True, False], ids=["page turned", "page as it lies"])
@pytest.mark.parametrize("angle", [90, 270])
def test_text_drawn_turned_is_read_upright(angle, turned):
    page = Drawing()
    if turned:
        # As it is shown: reportlab swaps the two for the file.
        page.canvas.setPageSize((HEIGHT, WIDTH))
        page.canvas.setPageRotation(angle)
    page.canvas.translate(*((WIDTH, 0) if angle == 90 else (0, HEIGHT)))
    page.canvas.rotate(angle)
    page.canvas.translate(0, WIDTH - HEIGHT)
    drawn_across(page)
    assert blocks(read("a.pdf", page.bytes())) == WRITTEN


def test_a_page_that_stands_on_its_head_is_read_upright():
    page = Drawing()
    page.canvas.setPageRotation(180)
    page.canvas.rotate(180)
    page.canvas.translate(-WIDTH, -HEIGHT)
    page.line(LEFT, 80, "Lamps and oil", 18, bold=True)
    below = page.column(LEFT, 110, MEASURE, LAMPS)
    page.column(LEFT, below + 10, MEASURE, OIL)
    assert blocks(read("a.pdf", page.bytes())) == WRITTEN


@pytest.mark.parametrize("angle", [90, 270])
def test_words_turned_against_the_page_stand_apart_from_its_text(angle):
    document = Drawing()
    document.column(LEFT, 80, MEASURE, f"{LAMPS} {OIL} {LAMPS} The keepers of the seven towers,")
    document.canvas.translate(40, HEIGHT - (160 if angle == 90 else 100))
    document.canvas.rotate(angle)
    document.line(0, HEIGHT, "Source: harbour board of Norvale", 7)
    document.next_page()
    document.column(LEFT, 80, MEASURE, "who are paid by the month, ask for a second boat.")
    assert blocks(read("a.pdf", document.bytes())) == [
        ("note", "Source: harbour board of Norvale"),
        (
            "paragraph",
            f"{LAMPS} {OIL} {LAMPS} The keepers of the seven towers, who are paid by the month, "
            "ask for a second boat.",
        ),
    ]


def test_a_running_title_that_climbs_the_edge_of_all_pages_is_gone():
    document = Drawing()
    for number in range(4):
        if number:
            document.next_page()
        document.column(LEFT, 80, MEASURE, f"In the year {1800 + 7 * number} nothing was mended.")
        document.canvas.translate(30, 300)
        document.canvas.rotate(90)
        document.line(0, HEIGHT, "The Lamp Plan of the harbour board", 7)
    assert "Lamp Plan" not in read("a.pdf", document.bytes()).text


def test_what_stands_outside_the_crop_box_is_not_on_the_page():
    page = Drawing()
    page.canvas.setCropBox((50, 50, WIDTH - 50, HEIGHT - 50))
    page.line(60, 30, "Printer's mark: plate 7, cyan")
    page.line(4, 400, "fold")
    page.column(LEFT, 80, MEASURE, LAMPS)
    page.line(LEFT, HEIGHT - 20, "norvale_final_3.indd")
    assert blocks(read("a.pdf", page.bytes())) == [("paragraph", LAMPS)]


@pytest.mark.parametrize("shift", [0.0, 0.3])
def test_text_that_is_printed_twice_is_read_once(shift):
    page = Drawing()
    for offset in (0.0, shift):
        page.line(LEFT + offset, 80 + offset, "Lamps and oil", 18, bold=True)
    page.column(LEFT, 110, MEASURE, LAMPS)
    assert blocks(read("a.pdf", page.bytes())) == [
        ("heading", "Lamps and oil"),
        ("paragraph", LAMPS),
    ]


def three_pages(**settings):
    document = Drawing(**settings)
    for number, text in enumerate((LAMPS, OIL, GLASS)):
        if number:
            document.next_page()
        document.column(LEFT, 80, MEASURE, text)
    return document.bytes()


def test_an_empty_page_is_counted():
    document = Drawing()
    document.column(LEFT, 80, MEASURE, LAMPS)
    document.next_page()
    document.next_page()
    document.column(LEFT, 80, MEASURE, OIL)
    found = read("a.pdf", document.bytes())
    assert [page.status for page in found.pages] == [
        PageStatus.TEXT,
        PageStatus.BLANK,
        PageStatus.TEXT,
    ]
    assert found.page_number_at(found.text.index("inner valley")) == 3


def test_a_damaged_page_is_named_and_the_others_are_read():
    data = three_pages()
    kids = re.search(rb"/Kids \[ (\d+) 0 R (\d+) 0 R (\d+) 0 R", data)
    assert kids is not None
    number = kids[2]
    # The second page is no page any more.
    broken = re.sub(rb"\n%s 0 obj\n<<" % number, rb"\n%s 0 obj\n((" % number, data)
    assert broken != data
    found = read("a.pdf", broken)
    assert [page.status for page in found.pages] == [
        PageStatus.TEXT,
        PageStatus.UNREADABLE,
        PageStatus.TEXT,
    ]
    assert "damaged" in found.pages[1].reason
    assert blocks(found) == [("paragraph", LAMPS), ("paragraph", GLASS)]


def test_a_damaged_drawing_on_a_page_does_not_lose_the_document():
    data = three_pages()
    first = data.index(b"Oil for the lamps")
    broken = data[: first - 60] + b"\x00" * 50 + data[first - 10 :]
    found = read("a.pdf", broken)
    assert len(found.pages) == 3
    assert LAMPS in found.text
    assert GLASS in found.text


def test_a_file_that_anybody_may_open_is_read_though_it_is_encrypted():
    data = three_pages(encrypt=StandardEncryption("", ownerPassword="board", canCopy=0))
    assert b"/Encrypt" in data
    assert [text for _, text in blocks(read("a.pdf", data))] == [LAMPS, OIL, GLASS]


def test_a_file_with_a_password_asks_for_a_copy_without():
    data = three_pages(encrypt=StandardEncryption("dusk", ownerPassword="board"))
    with pytest.raises(ProtectedDocument, match=r"^a\.pdf: needs a password\. Save a copy without"):
        read("a.pdf", data)


def test_a_file_without_its_last_bytes_is_read():
    data = three_pages()
    found = read("a.pdf", data[: data.index(b"startxref")])
    assert [text for _, text in blocks(found)] == [LAMPS, OIL, GLASS]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_a_file_that_is_cut_off_is_called_broken(share):
    data = three_pages()
    with pytest.raises(DamagedDocument, match=r"^a\.pdf: is not a PDF, or a broken one\. Open it"):
        read("a.pdf", data[: int(share * len(data))])


def test_a_file_without_bytes_is_called_empty():
    with pytest.raises(EmptyDocument, match=r"^a\.pdf: the file is empty\."):
        read("a.pdf", b"")


@pytest.mark.parametrize("name", ["plan.pdfx", "plan", "plan.exe"])
def test_a_name_that_says_nothing_known_is_refused_with_those_that_are(name):
    with pytest.raises(UnsupportedFormat, match=r"no reader for this kind of file\. .*(?i:pdf)"):
        read(name, three_pages())


@pytest.mark.parametrize("name", ["plan.docx", "plan.txt", "plan.md", "plan.html"])
def test_a_pdf_by_another_name_is_not_read_as_what_it_is_called(name):
    with pytest.raises(DamagedDocument, match=re.escape(name)):
        read(name, three_pages())


def test_text_that_is_called_a_pdf_is_no_pdf():
    with pytest.raises(DamagedDocument, match="is not a PDF"):
        read("plan.pdf", LAMPS.encode())
