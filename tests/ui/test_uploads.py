"""Uploads: what is taken into the folder, under which name, and what is refused."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.drawing import Drawing
from ui.uploads import AlreadyThere, UploadRefused, Uploads, safe_name

PLAN = b"# Harbour plan\n\nTwelve quays get shore power by 2031.\n"


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    folder = tmp_path / "documents"
    folder.mkdir()
    return Uploads(folder, largest=10_000)


def store(uploads: Uploads, name: str, content: bytes = PLAN) -> str:
    return uploads.store(name, io.BytesIO(content))


def names(uploads: Uploads) -> list[str]:
    return sorted(path.name for path in uploads.folder.iterdir())


def test_a_file_is_stored_whole_under_its_name(uploads: Uploads) -> None:
    assert store(uploads, "Küstenplan 2031.md") == "Küstenplan 2031.md"
    assert names(uploads) == ["Küstenplan 2031.md"]
    assert (uploads.folder / "Küstenplan 2031.md").read_bytes() == PLAN


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/cron.d/plan.md", "plan.md"),
        ("C:\\Users\\me\\plan.md", "plan.md"),
        ("..\\plan.md", "plan.md"),
        (".plan.md", "plan.md"),
        ("~$plan.md", "plan.md"),
        ("plan\0\n\x1b[31m.md", "plan[31m.md"),
        ("\u202egnp.md", "gnp.md"),
        ("con.md", "_con.md"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("<img src=x onerror=alert(1)>.md", "_img src=x onerror=alert(1)_.md"),
        ("план гавани.md", "план гавани.md"),
        ("港口计划.pdf", "港口计划.pdf"),
        (".md", "document.md"),
        ("", "document"),
    ],
)
def test_a_name_is_made_safe_and_keeps_its_letters(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_no_name_leaves_the_folder_or_is_too_long(name: str) -> None:
    safe = safe_name(name + ".md")
    assert safe
    assert Path(safe).name == safe
    assert not safe.startswith((".", "~$"))
    assert len(safe.encode()) <= 200
    assert safe.endswith(".md")


def test_the_same_file_again_is_said_to_be_there(uploads: Uploads) -> None:
    store(uploads, "plan.md")
    with pytest.raises(AlreadyThere, match=r"plan\.md is there already"):
        store(uploads, "plan.md")
    assert names(uploads) == ["plan.md"]


def test_another_file_of_the_same_name_gets_a_number(uploads: Uploads) -> None:
    store(uploads, "plan.md")
    assert store(uploads, "plan.md", b"Another plan.") == "plan (2).md"
    assert store(uploads, "plan.md", b"A third one.") == "plan (3).md"
    assert (uploads.folder / "plan.md").read_bytes() == PLAN


def test_files_of_one_name_at_once_all_arrive(uploads: Uploads) -> None:
    contents = [f"Plan number {number}.".encode() for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        paths = list(threads.map(lambda content: store(uploads, "plan.md", content), contents))
    assert len(set(paths)) == 12
    assert {(uploads.folder / path).read_bytes() for path in paths} == set(contents)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("plan.exe", b"MZ", "no reader"),
        ("plan", b"words", "no reader"),
        ("plan.doc", b"words", "save it as .docx"),
        ("plan.pdf", b"PK\x03\x04 and so on", "under the name .pdf"),
        ("plan.pdf", b"just words", "no PDF file"),
        ("plan.docx", b"%PDF-1.7", "a PDF under the name .docx"),
        ("plan.txt", b"\x7fELF" + bytes(range(32)) * 40, "something other than text"),
        ("plan.md", b"\x89PNG\r\n", "an image"),
        ("plan.md", b"", "empty"),
        ("plan.md", b"x" * 10_001, "may be uploaded"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(
    uploads: Uploads, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(UploadRefused, match=why):
        store(uploads, name, content)
    assert names(uploads) == []


def test_a_pdf_is_known_by_its_content(uploads: Uploads) -> None:
    drawing = Drawing()
    drawing.line(72, 100, "The lighthouse")
    assert store(uploads, "light.PDF", drawing.bytes()) == "light.PDF"


def test_a_folder_that_is_gone_is_a_sentence(uploads: Uploads) -> None:
    uploads.folder.rmdir()
    with pytest.raises(UploadRefused, match="could not be saved"):
        store(uploads, "plan.md")


def test_a_document_is_removed(uploads: Uploads) -> None:
    (uploads.folder / "north").mkdir()
    (uploads.folder / "north" / "plan.md").write_bytes(PLAN)
    uploads.remove("north/plan.md")
    assert list((uploads.folder / "north").iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "../secret.md",
        "north/../../secret.md",
        "/etc/passwd",
        "..\\secret.md",
        "secret.md\0",
        "gone.md",
        "north",
        "notes.exe",
        "link.md",
        "away/secret.md",
        "a" * 5000 + ".md",
    ],
)
def test_nothing_else_is_removed(uploads: Uploads, path: str) -> None:
    secret = uploads.folder.parent / "secret.md"
    secret.write_bytes(PLAN)
    (uploads.folder / "north").mkdir()
    (uploads.folder / "notes.exe").write_bytes(b"MZ")
    (uploads.folder / "link.md").symlink_to(secret)
    (uploads.folder / "away").symlink_to(uploads.folder.parent)
    before = names(uploads)
    with pytest.raises(UploadRefused):
        uploads.remove(path)
    assert secret.exists()
    assert names(uploads) == before


def test_there_may_be_only_so_many_documents(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "old.md").write_bytes(PLAN)
    (tmp_path / "picture.png").write_bytes(b"no document")
    uploads = Uploads(tmp_path, most=2)
    store(uploads, "first.md", b"One.")
    with pytest.raises(UploadRefused, match=r"there are 2 documents already.* most_documents"):
        store(uploads, "second.md", b"Two.")
    assert names(uploads) == ["first.md", "picture.png", "plans"]
    uploads.remove("plans/old.md")
    assert store(uploads, "second.md", b"Two.") == "second.md"


def test_many_at_once_are_no_more_than_there_may_be(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, most=5)

    def add(number: int) -> bool:
        try:
            store(uploads, f"{number}.md", b"Plan %d." % number)
        except UploadRefused:
            return False
        return True

    with ThreadPoolExecutor(12) as threads:
        assert sum(threads.map(add, range(12))) == 5
    assert len(names(uploads)) == 5
