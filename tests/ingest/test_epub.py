"""An e-book is read chapter by chapter in the order of its spine; nothing is fetched."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest import DamagedDocument, ProtectedDocument, read

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def epub(*chapters: str, spine: str = "", **parts: str) -> bytes:
    """An e-book of the given bodies, named c0, c1, ...; ``spine`` orders them: "c1 c0"."""
    names = [f"c{number}" for number in range(len(chapters))]
    items = "".join(
        f'<item id="{name}" href="text%20of/{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in names
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine.split() or names)
    book = f"""<package xmlns="http://www.idpf.org/2007/opf">
      <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title>The harbour of Norvale</dc:title>
      <dc:language>en-GB</dc:language><dc:date>2031-05-02</dc:date></metadata>
      <manifest>{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"
      properties="nav"/></manifest><spine><itemref idref="nav"/>{order}</spine></package>"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", book)
        archive.writestr("OEBPS/nav.xhtml", f"<html {XHTML}><body><p>Goals 1</p></body></html>")
        for name, chapter in zip(names, chapters, strict=True):
            archive.writestr(f"OEBPS/text of/{name}.xhtml", chapter)
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def chapter(body: str, head: str = "<title/>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN"'
        f' "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html {XHTML}><head>{head}</head>'
        f"<body>{body}</body></html>"
    )


def blocks(data: bytes) -> list[tuple[str, int, str]]:
    document = read("harbour.epub", data)
    return [
        (block.kind.value, block.level, document.text[block.start : block.end])
        for block in document.blocks
    ]


def test_chapters_come_in_the_order_of_the_spine_and_contents_are_passed_over() -> None:
    goals = chapter("<h1>Goals</h1><ul><li>Dredge</li><li>Plant</li></ul>")
    money = chapter("<h1>Money</h1><p>Four million crowns.</p>")
    assert blocks(epub(money, goals, spine="c1 c0")) == [
        ("heading", 1, "Goals"),
        ("list_item", 0, "Dredge"),
        ("list_item", 0, "Plant"),
        ("heading", 1, "Money"),
        ("paragraph", 0, "Four million crowns."),
    ]


def test_the_book_says_its_title_language_and_date() -> None:
    document = read("harbour.epub", epub(chapter("<p>Trees.</p>")))
    assert (document.title, document.language, document.date, document.paged) == (
        "The harbour of Norvale",
        "en",
        "2031-05-02",
        False,
    )


def test_elements_closed_in_their_first_tag_swallow_nothing() -> None:
    body = '<h1><a id="x"/>Goals</h1><div/><p>Dredge the <i class="a" />basin.<br/>Soon.</p>'
    head = '<title/><script src="http://norvale.example/x.js"/><style/>'
    assert [text for _, _, text in blocks(epub(chapter(body, head)))] == [
        "Goals",
        "Dredge the basin. Soon.",
    ]


def test_notes_are_read_where_they_stand_and_their_marks_are_not() -> None:
    body = """<p>Sixty trees<a epub:type="noteref" href="#n">1</a> stand
      <span epub:type="pagebreak" id="p4">4</span>here.</p>
      <aside epub:type="footnote" id="n"><p>Counted in May.</p></aside>"""
    assert [text for _, _, text in blocks(epub(chapter(body)))] == [
        "Sixty trees stand here.",
        "Counted in May.",
    ]


def test_locked_text_is_told_and_locked_fonts_are_no_matter() -> None:
    def lock(name: str) -> dict[str, str]:
        return {
            "META-INF/encryption.xml": '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
            f'<e:CipherReference URI="{name}"/></encryption>'
        }

    book = chapter("<p>Trees.</p>")
    assert blocks(epub(book, **lock("OEBPS/fonts/a.otf"))) == [("paragraph", 0, "Trees.")]
    with pytest.raises(ProtectedDocument, match="locked to its buyer"):
        read("harbour.epub", epub(book, **lock("OEBPS/text%20of/c0.xhtml")))


def test_a_zip_file_without_a_book_is_told_so() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(DamagedDocument, match="is a packed file"):
        read("harbour.epub", file.getvalue())
