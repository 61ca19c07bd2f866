"""A presentation is read slide by slide: title, text, lists, tables, and what the speaker says."""

from __future__ import annotations

import io
from collections.abc import Callable

import pptx
import pytest
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from ingest import Document, PageStatus, read

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TITLE, CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6  # layouts of the library's own template


def document(*draw: Callable[[Presentation], None]) -> Document:
    show = pptx.Presentation()
    for step in draw:
        step(show)
    file = io.BytesIO()
    show.save(file)
    return read("harbour.pptx", file.getvalue())


def blocks(read_document: Document) -> list[tuple[int | None, str, int, str]]:
    return [
        (
            read_document.page_number_at(block.start),
            block.kind.value,
            block.level,
            read_document.text[block.start : block.end],
        )
        for block in read_document.blocks
    ]


def add(show: Presentation, layout: int, title: str = "") -> Slide:
    slide = show.slides.add_slide(show.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def content(show: Presentation, *lines: tuple[str, int], title: str = "Goals") -> Slide:
    slide = add(show, CONTENT, title)
    frame = slide.placeholders[1].text_frame
    for order, (text, level) in enumerate(lines):
        paragraph = frame.paragraphs[0] if order == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    return slide


def box(slide: Slide, text: str, top: float) -> None:
    slide.shapes.add_textbox(Cm(2), Cm(top), Cm(12), Cm(2)).text_frame.text = text


def test_a_slide_is_a_page_and_its_title_a_heading() -> None:
    def draw(show: Presentation) -> None:
        add(show, TITLE, "The harbour of Norvale").placeholders[1].text = "A strategy to 2040"
        add(show, BLANK)
        content(show, ("Dredge the basin", 0), ("by 2031", 1), ("Plant trees", 0))

    made = document(draw)
    assert blocks(made) == [
        (1, "heading", 1, "The harbour of Norvale"),
        (1, "paragraph", 0, "A strategy to 2040"),
        (3, "heading", 2, "Goals"),
        (3, "list_item", 0, "Dredge the basin"),
        (3, "list_item", 1, "by 2031"),
        (3, "list_item", 0, "Plant trees"),
    ]
    assert [page.status for page in made.pages] == [
        PageStatus.TEXT,
        PageStatus.BLANK,
        PageStatus.TEXT,
    ]
    assert made.title == "The harbour of Norvale"


def test_one_paragraph_in_the_place_for_content_is_a_statement() -> None:
    made = document(lambda show: content(show, ("The council pays half of the costs.", 0)))
    assert blocks(made)[1] == (1, "paragraph", 0, "The council pays half of the costs.")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("<a:buNone/>", ["paragraph Dredge", "paragraph Plant"]),
        ('<a:buAutoNum type="arabicPeriod"/>', ["list_item 1. Dredge", "list_item 2. Plant"]),
        (
            '<a:buAutoNum type="alphaLcParenR" startAt="3"/>',
            ["list_item c) Dredge", "list_item d) Plant"],
        ),
    ],
)
def test_bullets_and_numbers_are_those_that_are_drawn(properties: str, expected: list[str]) -> None:
    from lxml import etree

    def draw(show: Presentation) -> None:
        slide = content(show, ("Dredge", 0), ("Plant", 0))
        for paragraph in slide.placeholders[1].text_frame.paragraphs:
            bullet = etree.fromstring(properties.replace("/>", f' xmlns:a="{A}"/>'))
            paragraph._p.get_or_add_pPr().append(bullet)

    assert [f"{kind} {text}" for _, kind, _, text in blocks(document(draw))[1:]] == expected


def test_rows_of_a_table_carry_the_heads_and_merged_cells_stand_once() -> None:
    def draw(show: Presentation) -> None:
        slide = add(show, TITLE_ONLY, "Actions")
        table = slide.shapes.add_table(4, 3, Cm(2), Cm(5), Cm(20), Cm(5)).table
        rows = [
            ["Action", "Lead", "Deadline"],
            ["Dredge", "Harbour office", "2031"],
            ["", "Council", "2033"],
            ["All is reviewed in May", "", ""],
        ]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 2))

    assert [text for _, _, _, text in blocks(document(draw))[1:]] == [
        "Action: Dredge | Lead: Harbour office | Deadline: 2031",
        "Lead: Council | Deadline: 2033",
        "All is reviewed in May",
    ]


def test_what_the_speaker_says_follows_the_slide_and_is_marked() -> None:
    def draw(show: Presentation) -> None:
        slide = content(show, ("Dredge", 0), ("Plant", 0))
        slide.notes_slide.notes_text_frame.text = "Mention the flood.\nThen the money."

    assert [text for _, _, _, text in blocks(document(draw))[-2:]] == [
        "Notes: Mention the flood.",
        "Notes: Then the money.",
    ]


def test_a_slide_without_a_title_is_headed_by_a_short_text_at_its_top() -> None:
    def draw(show: Presentation) -> None:
        slide = add(show, BLANK)
        box(slide, "The council pays half of the costs.", top=8)
        box(slide, "Who pays", top=2)
        box(add(show, BLANK), "The town pays the other half of it.", top=2)

    assert [item[1:] for item in blocks(document(draw))] == [
        ("heading", 2, "Who pays"),
        ("paragraph", 0, "The council pays half of the costs."),
        ("paragraph", 0, "The town pays the other half of it."),
    ]


def test_groups_are_opened_and_what_stands_on_every_slide_is_passed_over() -> None:
    def draw(show: Presentation) -> None:
        slide = content(show, ("Dredge", 0), ("Plant", 0))
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Cm(2), Cm(2), Cm(5), Cm(1)).text_frame.text = "In the group."
        footer = next(
            shape for shape in show.slide_layouts[CONTENT].placeholders if "Footer" in shape.name
        )
        slide.shapes._spTree.append(footer._element)

    texts = [text for _, _, _, text in blocks(document(draw))]
    assert texts == ["Goals", "Dredge", "Plant", "In the group."]
