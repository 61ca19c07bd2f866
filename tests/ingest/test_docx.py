"""A Word document is read as it is printed: numbers, notes and boxes in, deletions out."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DamagedDocument, ProtectedDocument, UnreadableDocument
from ingest.readers.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BULLET = "\uf0b7"  # of the font Symbol
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STYLES = """
  <w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/>
    <w:basedOn w:val="Titre1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/>
    <w:basedOn w:val="Titre2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>
    <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/></w:style>"""


def levels(*formats: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (format, text) in enumerate(formats)
    )


NUMBERING = f"""
  <w:abstractNum w:abstractNumId="0">
    {levels(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%1.%3"))}</w:abstractNum>
  <w:abstractNum w:abstractNumId="1">{levels(("bullet", BULLET), ("bullet", "o"))}</w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="0"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def document(body: str, namespace: str = W) -> str:
    return f"<w:document xmlns:w='{namespace}' xmlns:mc='{MC}'><w:body>{body}</w:body></w:document>"


def docx(body: str, **parts: str) -> bytes:
    """A Word document with the given XML in its body; other parts by name, "docProps/core.xml"."""
    contents = {
        "word/document": document(body),
        "word/styles": f"<w:styles xmlns:w='{W}'>{STYLES}</w:styles>",
        "word/numbering": f"<w:numbering xmlns:w='{W}'>{NUMBERING}</w:numbering>",
        **parts,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(f"{name}.xml", content)
    return file.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def blocks(data: bytes) -> list[tuple[str, int, str]]:
    builder = read_docx("plan.docx", data).builder
    return [
        (block.kind.value, block.level, builder.text[block.start : block.end])
        for block in builder.blocks
    ]


def texts(body: str, **parts: str) -> list[str]:
    return [text for _, _, text in blocks(docx(body, **parts))]


def test_headings_are_known_in_every_language_of_word() -> None:
    body = p("Plan", style("Titre1")) + p("Goals", style("Titre2")) + p("Why", style("Kapitel"))
    body += p("How", style("Own")) + p("Who", '<w:outlineLvl w:val="0"/>') + p("We.")
    assert [level for _, level, _ in blocks(docx(body))] == [1, 2, 2, 3, 1, 0]


def test_a_short_bold_paragraph_is_a_heading_below_the_last_one() -> None:
    bold = p("Our goals", run="<w:b/>")
    body = p("Plan", style("Titre1")) + bold + p("We plant trees.", run="<w:b/>")
    assert blocks(docx(body))[1:] == [
        ("heading", 2, "Our goals"),
        ("paragraph", 0, "We plant trees."),
    ]


def test_numbers_are_those_that_word_prints() -> None:
    body = item("Soil", 1) + item("clay", 1, 1) + item("sand", 1, 1) + item("fine", 1, 2)
    body += item("Water", 1) + item("wells", 1, 1) + item("Air", 3) + item("Light", 3)
    assert blocks(docx(body)) == [
        ("list_item", 0, "1. Soil"),
        ("list_item", 1, "a) clay"),
        ("list_item", 1, "b) sand"),
        ("list_item", 2, "1.i fine"),
        ("list_item", 0, "2. Water"),
        ("list_item", 1, "a) wells"),
        ("list_item", 0, "1. Air"),
        ("list_item", 0, "2. Light"),
    ]


def test_bullets_are_dropped_whether_drawn_or_typed() -> None:
    body = item("Oak", 2) + item("Elm", 2, 1) + p("Ash", style("LB2")) + p("\u2022\tYew")
    assert blocks(docx(body)) == [
        ("list_item", 0, "Oak"),
        ("list_item", 1, "Elm"),
        ("list_item", 1, "Ash"),
        ("list_item", 0, "Yew"),
    ]


def test_tracked_insertions_stay_and_deletions_go() -> None:
    body = """<w:p><w:r><w:t xml:space="preserve">Plant </w:t></w:r>
      <w:del><w:r><w:delText>forty</w:delText></w:r></w:del>
      <w:ins><w:r><w:t xml:space="preserve">sixty </w:t></w:r></w:ins>
      <w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>
      <w:hyperlink><w:r><w:t>trees</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>now.</w:t></w:r></w:p>"""
    body += f"<w:del>{p('A paragraph that went.')}</w:del>"
    assert texts(body) == ["Plant sixty trees now."]


def test_what_is_not_printed_is_not_read() -> None:
    body = """<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>
      <w:r><w:t xml:space="preserve">Page 3</w:t></w:r>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>
      <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r>
      </w:sdtContent></w:sdt></w:p>"""
    assert texts(body + p("Goals ... 4", style("TM1"))) == ["Page 3"]


def test_notes_follow_the_paragraph_or_table_that_refers_to_them() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f"""<w:footnotes xmlns:w='{W}'>
      <w:footnote w:id="0" w:type="separator">{p("x")}</w:footnote>
      <w:footnote w:id="2">{p("Counted in May.")}</w:footnote></w:footnotes>"""
    sentence = f"<w:p><w:r><w:t>Sixty trees.</w:t></w:r>{note}</w:p>"
    after = p("They grow.")
    in_order = ["Sixty trees.", "Counted in May.", "They grow."]
    assert texts(sentence + after, **{"word/footnotes": notes}) == in_order
    rows = table(cell(sentence) + cell(p("Oak")), cell(p("Two")) + cell(p("Elm")))
    assert texts(rows + after, **{"word/footnotes": notes}) == [
        "Sixty trees. | Oak",
        "Two | Elm",
        "Counted in May.",
        "They grow.",
    ]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    body = f"""<w:p><w:r><w:t>Beside it.</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>
      <mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    assert texts(body) == ["Beside it.", "In the box."]


def test_table_rows_carry_the_heads_of_a_marked_or_bold_first_row() -> None:
    bold = cell(p("Tree", run="<w:b/>")) + cell(p("Height", run="<w:b/>"))
    marked = "<w:trPr><w:tblHeader/></w:trPr>" + cell(p("Tree")) + cell(p("Height"))
    row = cell(p("Oak")) + cell(p("30 m"))
    for head in (bold, marked):
        assert texts(table(head, row)) == ["Tree: Oak | Height: 30 m"]
    assert texts(table(row, row)) == ["Oak | 30 m", "Oak | 30 m"]


def test_merged_cells_stand_once_and_values_keep_their_heads() -> None:
    head = "".join(cell(p(text, run="<w:b/>")) for text in ("Park", "Tree", "Height"))
    first = cell(p("East"), '<w:vMerge w:val="restart"/>') + cell(p("Oak")) + cell(p("30 m"))
    second = cell(p(""), "<w:vMerge/>") + cell(p("Elm")) + cell(p("20 m"))
    wide = cell(p("All in May"), '<w:gridSpan w:val="3"/>')
    assert texts(table(head, first, second, wide)) == [
        "Park: East | Tree: Oak | Height: 30 m",
        "Tree: Elm | Height: 20 m",
        "All in May",
    ]


def test_tables_in_tables_are_read_and_frames_are_no_tables() -> None:
    inner = table(cell(p("Oak")) + cell(p("30 m")))
    assert texts(table(cell(p("Trees")) + cell(inner + p("")))) == ["Trees", "Oak | 30 m"]
    framed = table(cell(p("Goals", style("Titre1")) + p("We plant trees.")))
    assert [kind for kind, _, _ in blocks(docx(framed))] == ["heading", "paragraph"]


def test_a_row_that_was_deleted_is_not_read() -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + cell(p("Ash")) + cell(p("9 m"))
    assert texts(table(gone, cell(p("Oak")) + cell(p("30 m")))) == ["Oak | 30 m"]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Forest plan 2030", "Forest plan 2030"),
        ("Microsoft Word - plan.doc", None),
        ("Document1", None),
        ("plan v2 final.docx", None),
        ("", None),
    ],
)
def test_the_stated_title_is_used_unless_a_program_made_it(stated: str, title: str | None) -> None:
    core = f"""<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">
      <dc:title>{stated}</dc:title><dc:language>en-GB</dc:language>
      <t:created>2020-01-02T03:04:05Z</t:created><t:modified>2021-02-03T04:05:06Z</t:modified></c>"""
    reading = read_docx("plan.docx", docx(p("Trees."), **{"docProps/core": core}))
    assert (reading.title, reading.language, reading.date) == (title, "en", "2021-02-03")


def test_the_strict_flavour_of_the_standard_is_read() -> None:
    strict = document(p("Trees."), "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts("", **{"word/document": strict}) == ["Trees."]


def test_a_password_is_asked_for() -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(ProtectedDocument, match=r"plan\.docx: needs a password"):
        read_docx("plan.docx", locked)


def archive(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"just words", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
        (docx(p("Trees."))[:900], "broken Word document"),
        (archive(**{"xl/workbook.xml": "<a/>"}), "Excel workbook"),
        (archive(**{"a.txt": "words"}), "a packed file"),
        (archive(**{"word/a.xml": "<a/>"}), "no text part"),
        (docx("<w:p>"), "not sound XML"),
    ],
)
def test_what_is_no_word_document_is_said_clearly(data: bytes, reason: str) -> None:
    with pytest.raises(DamagedDocument, match=reason):
        read_docx("plan.docx", data)


def test_entities_are_never_expanded() -> None:
    declared = '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">'
    bomb = f"<!DOCTYPE d [{declared}]>{document(p('&b;&f;'))}"
    with pytest.raises(DamagedDocument):
        read_docx("plan.docx", docx("", **{"word/document": bomb}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(DamagedDocument, match="too much"):
        read_docx("plan.docx", docx("", **{"word/document": " " * (151 << 20)}))


def test_tables_nested_without_end_lose_no_words() -> None:
    body = p("at the bottom")
    for _ in range(300):
        body = table(cell(body) + cell(p("")))
    assert "at the bottom" in " ".join(texts(body))


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damage_is_an_unreadable_document_and_nothing_else(noise: bytes, place: int) -> None:
    data = docx(p("Trees.") + item("Oak", 1))
    for damaged in (noise, b"PK" + noise, data[:place] + noise + data[place + len(noise) :]):
        with contextlib.suppress(UnreadableDocument):
            read_docx("plan.docx", damaged)
