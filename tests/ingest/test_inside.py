"""A stored path opens and deletes what stands in its folder, and never what a link leads to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest.errors import OutsideFolder
from ingest.inside import find_inside, is_document_path, open_inside, remove_inside
from ingest.opening import read_content

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes links")
OUTWARDS = ["", ".", "..", "../near.md", "a/../../near.md", "/near.md", "a//b.md", "a/", "x\0.md"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents, and beside their folder others of the same names."""
    for place, words in (("documents", b"ours"), ("other", b"theirs")):
        (tmp_path / place / "plans").mkdir(parents=True)
        (tmp_path / place / "plans" / "a.md").write_bytes(words)
        (tmp_path / place / "near.md").write_bytes(words)
    return tmp_path / "documents"


def opened(folder: Path, path: str) -> bytes:
    with os.fdopen(open_inside(folder, path), "rb") as file:
        return file.read()


def replaced_by_link(location: Path, target: Path) -> None:
    location.rename(location.with_name(f"{location.name} before"))
    location.symlink_to(target)


@pytest.mark.parametrize("path", OUTWARDS)
def test_a_path_that_is_no_documents_is_refused_with_its_name(folder: Path, path: str) -> None:
    assert not is_document_path(path)
    for action in (open_inside, remove_inside):
        with pytest.raises(OutsideFolder, match="leads out of the folder") as refused:
            action(folder, path)
        assert refused.value.path == path
    assert find_inside(folder, path) is None


def test_hidden_files_are_no_documents(folder: Path) -> None:
    (folder / ".keys").mkdir()
    (folder / ".keys" / "a.md").write_bytes(b"hidden")
    for path in (".keys/a.md", "plans/~$a.md"):
        with pytest.raises(OutsideFolder):
            open_inside(folder, path)


def test_what_stands_in_the_folder_is_opened_and_deleted(folder: Path) -> None:
    (folder / "named.md").symlink_to(folder / "plans" / "a.md")
    assert opened(folder, "plans/a.md") == opened(folder, "named.md") == b"ours"
    assert find_inside(folder, "named.md") == folder / "named.md"
    with pytest.raises(OutsideFolder, match="a link, which is not followed"):
        remove_inside(folder, "named.md")
    remove_inside(folder, "plans/a.md")
    assert find_inside(folder, "plans/a.md") is None


@pytest.mark.parametrize("link", ["plans", "plans/a.md"])
def test_a_link_outwards_is_not_followed(folder: Path, link: str) -> None:
    replaced_by_link(folder / link, folder.parent / "other" / link)
    for action in (open_inside, remove_inside):
        with pytest.raises(OutsideFolder):
            action(folder, "plans/a.md")
    with pytest.raises(OutsideFolder):
        read_content("plans/a.md", folder / "plans" / "a.md", 100)
    assert (folder.parent / "other" / "plans" / "a.md").read_bytes() == b"theirs"


@pytest.mark.parametrize("action", [opened, remove_inside])
@pytest.mark.parametrize("link", ["plans", "plans/a.md"])
def test_a_link_that_is_put_there_after_looking_is_not_followed_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch, action, link: str
) -> None:
    plain = os.open
    calls: list[str] = []

    def open_and_meddle(path, flags, *arguments, **named):
        if not calls:
            replaced_by_link(folder / link, folder.parent / "other" / link)
        calls.append(str(path))
        return plain(path, flags, *arguments, **named)

    monkeypatch.setattr("ingest.inside.os.open", open_and_meddle)
    with pytest.raises((OSError, OutsideFolder)):
        action(folder, "plans/a.md")
    assert (folder.parent / "other" / "plans" / "a.md").read_bytes() == b"theirs"
