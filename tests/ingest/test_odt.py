"""An OpenDocument text is read as it is printed: numbers, notes and boxes in, deletions out."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest import ProtectedDocument, read

OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{name}="{OPEN_DOCUMENT}:{long}:1.0"'
    for name, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "meta": "meta",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
    }.items()
)
STYLES = """
  <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard">
    <style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="P2" style:family="paragraph" style:parent-style-name="Title"/>
  <style:style style:name="T1" style:family="text">
    <style:text-properties fo:font-weight="bold"/></style:style>
  <text:list-style style:name="L1">
    <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
    <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
    <text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>
  </text:list-style>
  <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
"""


def odt(body: str, **parts: str) -> bytes:
    """An OpenDocument text with the given XML in its body; other parts by name, "meta.xml"."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, part in {"content.xml": content, **parts}.items():
            archive.writestr(name, part)
    return file.getvalue()


def blocks(body: str) -> list[tuple[str, int, str]]:
    document = read("plan.odt", odt(body))
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def texts(body: str) -> list[str]:
    return [text for _, _, text in blocks(body)]


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(style: str, *contents: str) -> str:
    inside = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named}>{inside}</text:list>"


def row(*cells: str) -> str:
    inside = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def test_headings_are_known_by_level_by_style_and_by_being_bold() -> None:
    body = p("The harbour of Norvale", "P2") + '<text:h text:outline-level="2">Goals</text:h>'
    body += p("Water", "P1") + p('<text:span text:style-name="T1">Trees</text:span>')
    body += p("We plant trees.", "P1") + p('Some <text:span text:style-name="T1">bold</text:span>')
    assert blocks(body) == [
        ("heading", 1, "The harbour of Norvale"),
        ("heading", 2, "Goals"),
        ("heading", 3, "Water"),
        ("heading", 3, "Trees"),
        ("paragraph", 0, "We plant trees."),
        ("paragraph", 0, "Some bold"),
    ]


def test_numbers_are_those_that_are_printed() -> None:
    deepest = items("", p("by hand"))
    nested = items("", p("the basin"), p("the lock") + deepest)
    body = items("L1", p("Dredge") + nested, p("Plant") + p("soon"))
    assert blocks(body + items("L2", p("Oak")) + items("L1", p("Anew"))) == [
        ("list_item", 0, "1. Dredge"),
        ("list_item", 1, "a) the basin"),
        ("list_item", 1, "b) the lock"),
        ("list_item", 2, "1.b.1 by hand"),
        ("list_item", 0, "2. Plant"),
        ("list_item", 0, "soon"),
        ("list_item", 0, "Oak"),
        ("list_item", 0, "1. Anew"),
    ]


def test_notes_and_boxes_follow_their_paragraph_and_spaces_stay() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    note += f"{p('Counted in May.')}</text:note-body></text:note>"
    box = f"<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box></draw:frame>"
    body = p(f'Sixty<text:s text:c="3"/>trees{note} stand<text:line-break/>here.{box}') + p("End.")
    assert texts(body) == ["Sixty trees stand here.", "In the box.", "Counted in May.", "End."]


def test_what_was_deleted_remarked_or_generated_is_not_read() -> None:
    body = f"<text:tracked-changes><text:changed-region>{p('Gone.')}</text:changed-region>"
    body += "</text:tracked-changes><text:table-of-content><text:index-body>"
    body += f"{p('Goals 4')}</text:index-body></text:table-of-content>"
    body += p(f"Trees<office:annotation>{p('Really?')}</office:annotation> grow.")
    assert texts(f"<text:section>{body}</text:section>") == ["Trees grow."]


def test_rows_carry_their_heads_and_merged_cells_stand_once() -> None:
    head = f"<table:table-header-rows>{row(p('Park'), p('Tree'))}</table:table-header-rows>"
    first = f"""<table:table-row><table:table-cell table:number-rows-spanned="2">{p("East")}
      </table:table-cell><table:table-cell>{p("Oak")}</table:table-cell></table:table-row>"""
    second = f"""<table:table-row><table:covered-table-cell/><table:table-cell>{p("Elm")}
      </table:table-cell></table:table-row>"""
    wide = f"""<table:table-row><table:table-cell table:number-columns-spanned="2">
      {p("All in May")}</table:table-cell><table:covered-table-cell/></table:table-row>"""
    assert texts(f"<table:table>{head}{first}{second}{wide}</table:table>") == [
        "Park: East | Tree: Oak",
        "Tree: Elm",
        "All in May",
    ]
    bold = row(p("Park", "P1"), p("Tree", "P1"))
    assert texts(f"<table:table>{bold}{row(p('West'), p('Ash'))}</table:table>") == [
        "Park: West | Tree: Ash"
    ]


def test_cells_repeated_without_end_are_bounded() -> None:
    cell = (
        f'<table:table-cell table:number-columns-repeated="999999999">{p("x")}</table:table-cell>'
    )
    row_text = texts(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")[0]
    assert len(row_text) < 1000


def test_tables_and_lists_nested_without_end_do_not_exhaust_the_reader() -> None:
    body = p("at the bottom")
    for _ in range(400):
        body = items("L1", p("Down") + body)
    assert texts(body)[0] == "1. Down"
    for _ in range(400):
        body = f"<table:table>{row(body, p(''))}</table:table>"
    assert texts(p("On top.") + body)[0] == "On top."


def test_the_file_says_its_title_language_and_date() -> None:
    meta = f"""<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">
      <office:meta><dc:title>The harbour of Norvale</dc:title><dc:language>nn-NO</dc:language>
      <dc:date>2031-05-02T10:00:00</dc:date></office:meta></office:document-meta>"""
    document = read("plan.odt", odt(p("Trees."), **{"meta.xml": meta}))
    assert (document.title, document.language, document.date) == (
        "The harbour of Norvale",
        "nn",
        "2031-05-02",
    )


def test_a_file_encrypted_by_its_program_needs_its_password() -> None:
    manifest = f"""<manifest:manifest {NAMESPACES}><manifest:file-entry>
      <manifest:encryption-data/></manifest:file-entry></manifest:manifest>"""
    with pytest.raises(ProtectedDocument, match="needs a password"):
        read("plan.odt", odt(p("Trees."), **{"META-INF/manifest.xml": manifest}))
