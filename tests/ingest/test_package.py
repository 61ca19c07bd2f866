"""Every zipped format is opened with the same suspicion, and complains in the same words."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
import pptx
import pytest

from ingest import DamagedDocument, EmptyDocument, ProtectedDocument, UnreadableDocument, read

SENTENCE = "The council of Norvale rebuilds the harbour by 2031."
MAIN = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "content.xml",
    ".epub": "OEBPS/book.opf",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
each_format = pytest.mark.parametrize("suffix", MAIN)
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = f"""<o:document-content xmlns:o="{OPEN_DOCUMENT}:office:1.0"
  xmlns:text="{OPEN_DOCUMENT}:text:1.0"><o:body><o:text><text:p>{SENTENCE}</text:p></o:text></o:body>
  </o:document-content>"""
CONTAINER = f"""<container xmlns="{OPEN_DOCUMENT}:container"><rootfiles>
  <rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
BOOK = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
  <item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
  <spine><itemref idref="one"/></spine></package>"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the given parts, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def packages() -> dict[str, bytes]:
    """A sound file of each zipped format by its ending, all with the same sentence."""
    word, show, book = docx.Document(), pptx.Presentation(), openpyxl.Workbook()
    word.add_paragraph(SENTENCE)
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = SENTENCE
    book.active.append(["Measure", "Year"])
    book.active.append([SENTENCE, 2031])
    made = {
        ".odt": zipped(
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": TEXT}
        ),
        ".epub": zipped(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": CONTAINER,
                "OEBPS/book.opf": BOOK,
                "OEBPS/one.xhtml": f"<html><body><p>{SENTENCE}</p></body></html>",
            }
        ),
    }
    for suffix, document in ((".docx", word), (".pptx", show), (".xlsx", book)):
        file = io.BytesIO()
        document.save(file)
        made[suffix] = file.getvalue()
    return made


@each_format
def test_a_sound_file_is_read_whatever_the_language_of_its_name(
    suffix: str, packages: dict[str, bytes]
) -> None:
    document = read(f"خطط/خطة الميناء 2031{suffix}", packages[suffix])
    assert SENTENCE in document.text
    assert document.format == suffix[1:]


@each_format
def test_fifty_megabytes_of_zeros_are_not_unpacked(suffix: str, packages: dict[str, bytes]) -> None:
    bomb = zipped({**parts_in(packages[suffix]), MAIN[suffix]: bytes(50 << 20)})
    assert len(bomb) < 1 << 20
    with pytest.raises(DamagedDocument, match=r"unpacks to 50 MB .* too much to be a text"):
        read(f"plan{suffix}", bomb)


@each_format
def test_what_is_not_text_may_be_as_large_as_it_likes(
    suffix: str, packages: dict[str, bytes]
) -> None:
    film = zipped({**parts_in(packages[suffix]), "media/film.bin": bytes(50 << 20)})
    assert SENTENCE in read(f"plan{suffix}", film).text


@each_format
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(
    suffix: str, encoding: str, packages: dict[str, bytes]
) -> None:
    parts = parts_in(packages[suffix])
    main = parts[MAIN[suffix]]
    text = main.decode()
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    entities = '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">'
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]>{body}'
    with pytest.raises(DamagedDocument, match="is not sound XML"):
        read(f"plan{suffix}", zipped({**parts, MAIN[suffix]: bomb.encode(encoding)}))


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/media/sheet1.png"])
def test_a_part_that_only_a_library_reads_is_held_to_the_same_rules(
    name: str, packages: dict[str, bytes]
) -> None:
    parts = parts_in(packages[".xlsx"])
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    for part in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[part] = parts[part].replace(b"xl/worksheets/sheet1.xml", name.encode())
    assert SENTENCE in read("plan.xlsx", zipped({**parts, name: sheet})).text
    declared = zipped({**parts, name: b'<!DOCTYPE x [<!ENTITY a "a">]>' + sheet})
    with pytest.raises(DamagedDocument, match="is not sound XML"):
        read("plan.xlsx", declared)
    swollen = zipped({**parts, name: b"<a>" + b" " * (50 << 20)})
    with pytest.raises(DamagedDocument, match="too much to be a text"):
        read("plan.xlsx", swollen)


@each_format
@pytest.mark.parametrize("name", ["../../outside.xml", "/etc/outside.xml", "a/../../b.xml"])
def test_a_name_that_leads_out_of_the_file_is_refused(
    suffix: str, name: str, packages: dict[str, bytes]
) -> None:
    with pytest.raises(DamagedDocument, match="leads out of the file"):
        read(f"plan{suffix}", zipped({**parts_in(packages[suffix]), name: "<a/>"}))


@each_format
def test_a_password_is_asked_for(suffix: str, packages: dict[str, bytes]) -> None:
    locked = bytearray(packages[suffix])
    start = locked.find(b"PK\x01\x02")
    while start >= 0:  # the flag for "encrypted" of every entry in the directory
        locked[start + 8] |= 1
        start = locked.find(b"PK\x01\x02", start + 4)
    with pytest.raises(ProtectedDocument, match="needs a password"):
        read(f"plan{suffix}", bytes(locked))


@each_format
def test_nothing_and_less_than_all_of_a_file_are_told_apart(
    suffix: str, packages: dict[str, bytes]
) -> None:
    with pytest.raises(EmptyDocument, match="the file is empty"):
        read(f"plan{suffix}", b"")
    with pytest.raises(DamagedDocument, match="is a broken"):
        read(f"plan{suffix}", packages[suffix][:-40])
    with pytest.raises(DamagedDocument, match=r"is no .* save it as"):
        read(f"plan{suffix}", b"just words")


@pytest.mark.parametrize("named", MAIN)
@pytest.mark.parametrize("really", MAIN)
def test_one_format_under_the_name_of_another_is_told_what_it_is(
    named: str, really: str, packages: dict[str, bytes]
) -> None:
    if named == really:
        return
    with pytest.raises(
        DamagedDocument, match=rf"under the name \{named}\. .* the ending \{really}"
    ):
        read(f"plan{named}", packages[really])


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("WordDocument", r"an old Word file \(\.doc\)"),
        ("Workbook", r"an old Excel file \(\.xls\)"),
        ("PowerPoint Document", r"an old PowerPoint file \(\.ppt\)"),
        ("Something", "an old Office file"),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx"])
def test_an_old_office_file_under_a_new_name_is_told_so(
    suffix: str, stream: str, what: str
) -> None:
    with pytest.raises(DamagedDocument, match=rf"is {what} under the name \{suffix}"):
        read(f"plan{suffix}", OLE + bytes(600) + stream.encode("utf-16-le"))


def test_a_million_parts_are_too_many() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(50_001):
            archive.writestr(str(number), b"")
    with pytest.raises(DamagedDocument, match=r"holds 50,001 parts"):
        read("plan.docx", file.getvalue())


@each_format
def test_damage_is_an_unreadable_document_and_nothing_else(
    suffix: str, packages: dict[str, bytes]
) -> None:
    chance = random.Random(suffix)
    parts = parts_in(packages[suffix])
    names = [name for name in parts if name.endswith((".xml", ".opf", ".xhtml", ".rels"))]
    for _ in range(40):
        name = chance.choice(names)
        content = bytearray(parts[name])
        for _ in range(3):
            start = chance.randrange(len(content))
            content[start : start + chance.randrange(20)] = chance.randbytes(chance.randrange(8))
        with contextlib.suppress(UnreadableDocument):
            read(f"plan{suffix}", zipped({**parts, name: bytes(content)}))
        whole = bytearray(packages[suffix])
        whole[chance.randrange(len(whole))] = chance.randrange(256)
        with contextlib.suppress(UnreadableDocument):
            read(f"plan{suffix}", bytes(whole))
