"""Rich text is read as it is printed: styles, numbers and notes in; headers and hidden text out."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import DamagedDocument, UnreadableDocument, read
from ingest.readers.rtf import read_rtf

FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial CYR;}{\f2\fcharset2 Symbol;}"
    r"{\f3\fcharset128 MS Mincho;}{\f4\fcharset238 Arial CE;}}"
)
STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0\b heading 1;}{\s2 heading 2;}{\s3 Title;}"
    r"{\s4 toc 1;}{\*\cs9 Default Paragraph Font;}}"
)


def rtf(body: str) -> bytes:
    head = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{{\colortbl;\red0;}}{STYLES}"
    return f"{head}\n{body}}}".encode("latin-1")


def blocks(body: str) -> list[tuple[str, int, str]]:
    builder = read_rtf("plan.rtf", rtf(body)).builder
    return [
        (block.kind.value, block.level, builder.text[block.start : block.end])
        for block in builder.blocks
    ]


def texts(body: str) -> list[str]:
    return [text for _, _, text in blocks(body)]


def test_headings_are_known_by_style_by_level_and_by_being_bold() -> None:
    body = r"\pard\plain\s3 The harbour\par\pard\plain\s1\b Goals\par\pard\plain\s2 Water\par"
    body += r"\pard\plain\outlinelevel2 Wells\par\pard\plain\b Trees\par\b0 We \b plant.\b0\par"
    assert blocks(body) == [
        ("heading", 1, "The harbour"),
        ("heading", 1, "Goals"),
        ("heading", 2, "Water"),
        ("heading", 3, "Wells"),
        ("heading", 4, "Trees"),
        ("paragraph", 0, "We plant."),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"caf\'e9 co\u251?te 5 \u8364\'80", "café coûte 5 €"),
        (r"\f1\'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
        (r"\f4 \'9aetrn\'fd", "šetrný"),
        (r"\f3\'8a\'43 is the sea", "海 is the sea"),
        (r"{\uc2\u8211\'96\'96}{\uc0\u233}t\u233?", "–été"),
        (r"\u-10179?\u-8704? trees", "\U0001f600 trees"),
        (r"\ldblquote so\rdblquote\~it\rquote s \{here\} 10\_km", "“so” it’s {here} 10-km"),
        ("na\u00efve", "naïve"),
    ],
)
def test_letters_of_all_code_pages_and_of_unicode(written: str, expected: str) -> None:
    assert texts(rf"\pard {written}\par") == [expected]


def test_lists_keep_their_numbers_and_depth_and_lose_their_bullets() -> None:
    body = r"\pard{\listtext\f2 \'b7\tab}\ls1\ilvl0 Oak\par{\listtext 2.\tab}\ilvl1 Elm\par"
    body += r"{\listtext\tab}Ash\par\pard{\*\pn\pnlvlblt{\pntxtb\'b7}}{\pntext\f2\'b7\tab}Yew\par"
    assert blocks(body) == [
        ("list_item", 0, "Oak"),
        ("list_item", 1, "2. Elm"),
        ("list_item", 1, "Ash"),
        ("list_item", 0, "Yew"),
    ]


def test_notes_and_boxes_follow_their_paragraph() -> None:
    note = r"{\super\chftn}{\footnote\pard\plain {\super\chftn} Counted in May.}"
    box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard In the box.\par}}}"
    assert texts(rf"\pard Sixty trees{note} stand here.{box}\par\pard They grow.\par") == [
        "Sixty trees stand here.",
        "In the box.",
        "Counted in May.",
        "They grow.",
    ]


def test_what_is_not_printed_is_not_read() -> None:
    body = r"{\header Norvale}{\footer 4}{\*\unknown\b secret}{\pict\pngblip 89504e47}"
    body += r"\pard\s4 Goals ... 4\par\pard{\v hidden}{\deleted gone }"
    link = r'{\*\fldinst HYPERLINK "http://norvale.example"}{\fldrslt the council}'
    body += rf"{{\field{link}}} pays.\par"
    assert texts(body) == ["the council pays."]


def test_binary_data_is_leapt_over() -> None:
    assert texts(r"\pard Before {\pict\bin5 }}{{\}after.\par") == ["Before after."]


def row(*cells: str, define: str = "", edges: tuple[int, ...] = ()) -> str:
    edges = edges or tuple(3000 * (number + 1) for number in range(len(cells)))
    defined = "".join(rf"\cellx{edge}" for edge in edges)
    inside = "".join(rf"\pard\intbl {cell}\cell" for cell in cells)
    return rf"\trowd{define}{defined}{inside}\row"


def test_rows_carry_the_heads_of_a_marked_or_bold_first_row() -> None:
    body = row("Dredge", "2031") + r"\pard After.\par"
    for head in (row("Action", "Deadline", define=r"\trhdr"), row(r"\b Action", r"Deadline\b0")):
        assert texts(head + body) == ["Action: Dredge | Deadline: 2031", "After."]
    assert texts(body) == ["Dredge | 2031", "After."]


def test_a_cell_over_several_columns_has_no_head_and_moves_none() -> None:
    body = row("Park", "Tree", "Height", define=r"\trhdr")
    body += row("East", "all of them", edges=(3000, 9010)) + row("West", "Oak", "30 m")
    assert texts(body) == ["Park: East | all of them", "Park: West | Tree: Oak | Height: 30 m"]


def test_the_file_says_its_title_and_date() -> None:
    info = r"{\info{\title The harbour of Norvale}{\author A}{\creatim\yr2031\mo5\dy2\hr9}}"
    document = read("plan.rtf", rtf(info + r"\pard Trees.\par"))
    assert (document.title, document.date) == ("The harbour of Norvale", "2031-05-02")


def test_another_kind_of_file_is_told_so() -> None:
    with pytest.raises(DamagedDocument, match=r"is no rich text \(\.rtf\)"):
        read("plan.rtf", b"The council decides.")


def test_groups_nested_without_end_do_not_exhaust_the_reader() -> None:
    assert texts(r"\pard " + "{" * 50_000 + "Deep." + "}" * 50_000 + r"\par") == ["Deep."]


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damage_is_an_unreadable_document_and_nothing_else(noise: bytes, place: int) -> None:
    data = rtf(row("Dredge", "2031") + r"\pard{\listtext 1.\tab}\ls1 Oak\u233?\par")
    for damaged in (b"{\\rtf1" + noise, data[:place] + noise + data[place:]):
        with contextlib.suppress(UnreadableDocument):
            read_rtf("plan.rtf", damaged)
