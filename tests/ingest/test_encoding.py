"""Bytes become text: the mark, UTF-8, UTF-16, then the older encodings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import DamagedDocument, read
from ingest.readers.encoding import decode, text_of

# NUL excepted: after the mark of UTF-16 it makes the mark of UTF-32.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"))
FRENCH = "Les collectivités réduiront d’un tiers leurs dépenses d’énergie – d’ici à 2030."
RUSSIAN = "Город сократит потребление энергии на треть к две тысячи тридцатому году. " * 8


@given(TEXT)
def test_utf8_comes_back_as_it_was_with_and_without_mark(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
    if "\0" not in text:
        assert decode(text.encode()) == text


@given(TEXT)
def test_utf16_with_its_mark_comes_back_as_it_was(text: str) -> None:
    assert decode("\ufeff".encode("utf-16-le") + text.encode("utf-16-le")) == text
    assert decode("\ufeff".encode("utf-16-be") + text.encode("utf-16-be")) == text


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_no_bytes_are_too_strange(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared), str)


@pytest.mark.parametrize(
    "encoding",
    ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252", "mac_roman"],
)
def test_french_is_read_in_any_encoding_that_programs_write(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_other_scripts_are_told_by_their_letters(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


def test_a_declared_encoding_is_believed_unless_the_bytes_are_utf8() -> None:
    assert decode("Žilina šetří".encode("cp1250"), "windows-1250") == "Žilina šetří"
    assert decode("Žilina šetří".encode(), "windows-1250") == "Žilina šetří"
    assert decode("“so”".encode("cp1252"), "iso-8859-1") == "“so”"
    assert decode("café".encode("cp1252"), "no-such-encoding") == "café"


def test_a_stray_byte_does_not_spoil_the_rest() -> None:
    assert decode((FRENCH * 3).encode() + b" \x93fin\x94") == FRENCH * 3 + " “fin”"


@pytest.mark.parametrize("name", ["plan.txt", "plan.md", "plan.html"])
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "is a PDF"),
        (b"PK\x03\x04" + bytes(range(256)), "packed file"),
        (b"{\\rtf1\\ansi The council leads.}", "rich text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "an image"),
        (bytes(range(1, 32)) * 40, "other than text"),
    ],
)
def test_another_kind_of_file_is_not_read_as_text(name: str, data: bytes, what: str) -> None:
    with pytest.raises(DamagedDocument, match=rf"{what}.* under the name \{Path(name).suffix}\. "):
        read(name, data)


def test_a_few_stray_control_characters_are_no_reason_to_refuse_a_text() -> None:
    assert text_of("plan.txt", b"The council leads.\x00 " * 40 + b"\x01").startswith("The council")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gb18030"])
def test_a_script_of_many_signs_is_told_too(encoding: str) -> None:
    chinese = "全市能源消耗将减少三分之一，到二零三零年实现目标。\n" * 4
    assert decode(chinese.encode(encoding)) == chinese
