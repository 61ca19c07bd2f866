"""PDF: pages, headings, running lines, lists, and pages that cannot be read."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest import (
    BlockKind,
    DamagedDocument,
    EmptyDocument,
    PageStatus,
    ProtectedDocument,
    ScannedDocument,
    read,
)

LEFT, TOP, STEP = 72, 760, 14


def pdf(*pages, outline=(), encrypt=None, title=None):
    """A PDF; each page is a list of lines, a line a text or a tuple (text, size, bold)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages):
        y = TOP
        for line in lines:
            text, size, bold = line if isinstance(line, tuple) else (line, 10, False)
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(LEFT, y, text)
            y -= max(STEP, size * 1.4) if text else STEP
        for name, page in outline:
            if page == number:
                canvas.bookmarkPage(name)
                canvas.addOutlineEntry(name, name)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def texts(document, kind):
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


BODY = "The lighthouse authority keeps forty lamps along a coast of nine hundred miles, and"
MORE = "it inspects each of them twice in every year, in spring and again in late autumn."


def test_larger_type_makes_a_heading_and_lines_make_a_paragraph():
    document = read("a.pdf", pdf([("Keeping the lamps", 18, True), "", BODY, MORE]))
    assert texts(document, BlockKind.HEADING) == ["Keeping the lamps"]
    assert texts(document, BlockKind.PARAGRAPH) == [f"{BODY} {MORE}"]
    assert document.title == "Keeping the lamps"


def test_an_outline_entry_is_a_heading_whatever_its_type():
    page = ["Inspections", BODY, MORE, BODY, MORE]
    document = read("a.pdf", pdf(page, outline=[("Inspections", 0)]))
    assert texts(document, BlockKind.HEADING) == ["Inspections"]


def test_running_lines_go_and_printed_numbers_become_labels():
    names = ["ii", "iii", "1", "2", "3"]
    pages = [
        ["Lighthouse plan", "", f"Sheet {n} says: {BODY}", MORE, "", label]
        for n, label in enumerate(names)
    ]
    document = read("a.pdf", pdf(*pages))
    assert [page.label for page in document.pages] == names
    assert "Lighthouse plan" not in document.text
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert document.page_number_at(document.text.index("Sheet 3")) == 4


def test_bullets_are_list_items():
    lines = [
        BODY,
        "does three things:",
        "",
        "• paints towers",
        "• trims wicks and",
        "  cleans lenses",
        "• pays keepers",
    ]
    document = read("a.pdf", pdf(lines))
    assert texts(document, BlockKind.LIST_ITEM) == [
        "paints towers",
        "trims wicks and cleans lenses",
        "pays keepers",
    ]


def test_the_stated_title_wins_unless_it_is_a_file_name():
    page = [("Keeping the lamps", 18, True), "", BODY, MORE]
    assert read("a.pdf", pdf(page, title="Lamps for the coast")).title == "Lamps for the coast"
    assert (
        read("a.pdf", pdf(page, title="Microsoft Word - final3.doc")).title == "Keeping the lamps"
    )


def test_a_page_without_text_does_not_lose_the_document():
    canvas_image = pdf_with_image()
    document = read("a.pdf", canvas_image)
    assert [page.status for page in document.pages] == [
        PageStatus.TEXT,
        PageStatus.UNREADABLE,
        PageStatus.BLANK,
    ]
    assert "image" in document.pages[1].reason
    assert "nine hundred miles" in document.text


def pdf_with_image(with_text=True):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    if with_text:
        canvas.drawString(LEFT, TOP, BODY)
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 60), "navy")), 0, 0, 400, 400)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_scan_without_any_text_says_that_it_is_one():
    with pytest.raises(ScannedDocument, match=r"scan\.pdf: no text on its 2 pages: .*image"):
        read("scan.pdf", pdf_with_image(with_text=False))


def test_a_text_layer_that_is_not_words_is_not_read_as_words():
    signs = "q;7~(|]4^x{%_k@9=#&"
    garbage = [" ".join(signs[(n * i) % len(signs)] for n in range(40)) for i in range(1, 6)]
    document = read("a.pdf", pdf([BODY, MORE], garbage))
    assert [page.status for page in document.pages] == [PageStatus.TEXT, PageStatus.UNREADABLE]
    assert "not made of words" in document.pages[1].reason
    assert "q ;" not in document.text


def test_a_password_is_asked_for_by_name():
    locked = pdf([BODY], encrypt=StandardEncryption("open", canPrint=1))
    with pytest.raises(ProtectedDocument, match=r"locked\.pdf: needs a password"):
        read("locked.pdf", locked)


def test_what_is_no_pdf_says_so():
    with pytest.raises(DamagedDocument, match=r"fake\.pdf: is not a PDF"):
        read("fake.pdf", b"%PDF-1.7 nothing more")


def test_one_blank_page_is_counted_as_people_count():
    blank = io.BytesIO()
    canvas = Canvas(blank)
    canvas.showPage()
    canvas.save()
    with pytest.raises(EmptyDocument, match=r"no text on its only page: blank\."):
        read("blank.pdf", blank.getvalue())
