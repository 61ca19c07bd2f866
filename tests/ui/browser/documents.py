"""The documents of the tests' chat besides the samples: one of each kind, some of them hostile."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pptx

from tests.ingest.drawing import Drawing

BULB = "The lamp of Skerry lighthouse is turned by a clockwork of seven weights."
LEFT, BASELINE, SIZE = 90.0, 300.0, 11.0  # points, from the upper left corner
# What each of them says, and a question for it.
ASKED = {
    "beacons.html": ("What does the beacon of Torvik burn?", "whale oil"),
    "pilots.docx": ("How many lanterns does the pilot cutter of Halmond carry?", "eleven lanterns"),
    "dredging.pptx": ("How many channels does the dredger of Vessby clear?", "four channels"),
    "buoys.xlsx": ("What is the colour of the buoy of Grense?", "violet"),
    "ropes.txt": ("How long are the mooring ropes of Ilsund?", "ninety fathoms"),
    "<img src=x onerror=stolen=1>.md": (
        "How often does the foghorn of Norvale sound?",
        "ninety seconds",
    ),
}
# A document that would like to be more than text; its keeper welcomes visitors on Tuesdays.
HOSTILE = (
    "# Visitors <img src=x onerror=window.stolen=1>\n\n"
    "The lighthouse keeper welcomes visitors on Tuesdays {{value}} ${window.stolen=1} "
    '`<script>window.stolen=1</script>` "onfocus=alert(1) and `![p](http://tracker.example/p)`.\n'
)
_FILLER = "Ships pass the northern reef by day and the keepers write down their names."


def write_documents(folder: Path) -> None:
    """Write them beside the samples."""
    (folder / "lighthouse.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "Skerry light.pdf").write_bytes(_lighthouse())
    (folder / "beacons.html").write_text(
        "<h1>Beacons</h1><script>window.stolen=1</script>"
        "<p>The beacon of Torvik burns whale oil from a copper tank.</p>",
        encoding="utf-8",
    )
    (folder / "<img src=x onerror=stolen=1>.md").write_text(
        "# Foghorns\n\nThe foghorn of Norvale sounds every ninety seconds.\n", encoding="utf-8"
    )
    (folder / "ropes.txt").write_text(
        "Mooring\n\nThe mooring ropes of Ilsund are ninety fathoms long.\n", encoding="utf-8"
    )
    (folder / "pilots.docx").write_bytes(_pilots())
    (folder / "dredging.pptx").write_bytes(_dredging())
    (folder / "buoys.xlsx").write_bytes(_buoys())


def _lighthouse() -> bytes:
    """Three pages; the second holds the words that are asked for, at a known place."""
    drawing = Drawing()
    for page in range(3):
        drawing.line(72, 90, f"Part {page + 1}", 18, bold=True)
        drawing.lines(72, 130, [_FILLER] * 6, SIZE)
        drawing.line(72, 500, f"This leaf speaks of {('anchors', 'ropes', 'sails')[page]} alone.")
        if page == 1:
            drawing.line(LEFT, BASELINE, BULB, SIZE)
        if page < 2:
            drawing.next_page()
    return drawing.bytes()


def _pilots() -> bytes:
    document = docx.Document()
    document.add_heading("Pilots", level=1)
    document.add_paragraph("The pilot cutter of Halmond carries eleven lanterns.")
    document.add_heading("Signals", level=2)
    document.add_paragraph("A white flag asks for a pilot.")
    return _saved(document)


def _dredging() -> bytes:
    show = pptx.Presentation()
    for title, text in (
        ("Dredging", "What is done for the depth of the fairway."),
        ("Channels", "The dredger of Vessby clears four channels each spring."),
    ):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = text
    return _saved(show)


def _buoys() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Buoys"
    for row in (("Buoy", "Colour"), ("Buoy of Grense", "violet"), ("Buoy of Lave", "orange")):
        book.active.append(row)
    return _saved(book)


def _saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
