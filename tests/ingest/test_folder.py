"""What scan() sees of a folder."""

import hashlib
import os
import sys

import pytest

from disks import mounted_within
from ingest import FolderError, UnsupportedFormat, read, scan
from ingest.folder import unsupported


def test_files_come_sorted_with_forward_slashes(tmp_path):
    (tmp_path / "b äö").mkdir()
    (tmp_path / "b äö" / "two.pdf").write_bytes(b"2")
    (tmp_path / "a.md").write_bytes(b"one")
    files = scan(tmp_path)
    assert [(file.path, file.size) for file in files] == [("a.md", 3), ("b äö/two.pdf", 1)]
    assert files[0].content_hash() == hashlib.sha256(b"one").hexdigest()


def test_files_without_a_reader_are_listed_as_such(tmp_path):
    (tmp_path / "budget.xls").write_bytes(b"x")
    assert [file.supported for file in scan(tmp_path)] == [False]


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [("budget.xls", ".xlsx"), ("Plan.DOC", ".docx"), ("talk.ppt", ".pptx"), ("book.mobi", ".epub")],
)
def test_a_relative_of_what_is_read_is_told_what_to_be_saved_as(name, saved_as):
    suffix = name[name.index(".") :].lower()
    error = unsupported(name)
    assert error.reason == f"{suffix} files are not read"
    assert error.remedy == f"Open it, save it as {saved_as} or PDF."
    with pytest.raises(UnsupportedFormat, match=error.remedy):
        read(name, b"x")


def test_of_any_other_kind_of_file_it_is_said_what_is_read():
    assert "PDF, Word, PowerPoint" in unsupported("photo.heic").remedy


def test_hidden_files_and_office_locks_are_passed_over(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.md").write_bytes(b"x")
    (tmp_path / ".hidden.md").write_bytes(b"x")
    (tmp_path / "~$report.docx").write_bytes(b"x")
    assert scan(tmp_path) == []


def test_links_are_followed_only_to_files_of_the_folder(tmp_path):
    (tmp_path / "outside.md").write_bytes(b"secret")
    (tmp_path / "others").mkdir()
    folder = tmp_path / "folder"
    (folder / "part").mkdir(parents=True)
    (folder / "inside.md").write_bytes(b"x")
    (folder / "twin.md").symlink_to(folder / "inside.md")
    (folder / "out.md").symlink_to(tmp_path / "outside.md")
    (folder / "out").symlink_to(tmp_path / "others")
    (folder / "nowhere.md").symlink_to(folder / "gone.md")
    (folder / "circle.md").symlink_to(folder / "circle.md")
    (folder / "part" / "up").symlink_to(folder)

    files = {file.path: file for file in scan(folder)}

    assert {path: file.reason for path, file in files.items()} == {
        "circle.md": "a link that leads nowhere",
        "inside.md": "",
        "nowhere.md": "a link that leads nowhere",
        "out": "a link that leads out of the folder",
        "out.md": "a link that leads out of the folder",
        "part/up": "a link to a folder, which is read where it stands",
        "twin.md": "",
    }
    assert [path for path, file in files.items() if file.supported] == ["inside.md", "twin.md"]
    assert all(bool(file.reason) == bool(file.remedy) for file in files.values())


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_is_listed_and_not_to_be_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (file,) = scan(tmp_path)
    assert not file.supported
    assert "no file" in file.reason


def test_a_missing_folder_and_a_file_are_told_apart(tmp_path):
    with pytest.raises(FolderError, match="no such folder"):
        scan(tmp_path / "none")
    file = tmp_path / "a.md"
    file.write_bytes(b"x")
    with pytest.raises(FolderError, match="this is a file"):
        scan(file)


def test_a_folder_that_cannot_be_opened_does_not_pass_for_an_empty_one(tmp_path, closing):
    (tmp_path / "a.md").write_bytes(b"x")
    (tmp_path / "shut").mkdir()
    closing(tmp_path / "shut")
    document, shut = scan(tmp_path)
    assert document.supported
    assert (shut.path, shut.closed, shut.supported) == ("shut", True, False)
    assert shut.reason == "this folder cannot be opened (Permission denied)"
    assert "permissions" in shut.remedy


def test_where_the_folder_itself_cannot_be_opened_nothing_is_listed(tmp_path, closing):
    closing(tmp_path)
    with pytest.raises(FolderError, match=r"cannot be opened \(Permission denied\)"):
        scan(tmp_path)


def test_a_folder_that_may_be_listed_and_not_entered_hides_no_other(tmp_path, monkeypatch):
    (tmp_path / "part" / "below").mkdir(parents=True)
    (tmp_path / "part" / "a.md").write_bytes(b"x")
    (tmp_path / "b.md").write_bytes(b"x")
    look = os.stat

    def refuse(path, *arguments, **options):
        if "part/" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "lstat", refuse)
    files = {file.path: file for file in scan(tmp_path)}
    assert sorted(files) == ["b.md", "part/a.md", "part/below"]
    assert files["part/below"].closed
    assert files["part/a.md"].size == 0  # whoever reads it says what is wrong


def test_folders_without_end_are_looked_into_to_a_depth_and_no_further(tmp_path):
    (tmp_path / "a.md").write_bytes(b"x")
    place = tmp_path
    for _ in range(101):
        place /= "d"
        place.mkdir()
    (place.parent / "deep.md").write_bytes(b"x")
    (place / "deeper.md").write_bytes(b"x")
    first, end, deep = scan(tmp_path)
    assert (first.path, deep.path) == ("a.md", f"{'d/' * 100}deep.md")
    assert (end.path, end.closed) == ("/".join("d" * 101), True)
    assert end.reason == "more than 100 folders deep"


def test_a_folder_that_holds_itself_is_listed_once(tmp_path):
    with mounted_within(tmp_path):
        loop, document = sorted(scan(tmp_path), key=lambda file: file.path, reverse=True)
    assert (loop.path, loop.reason) == ("part/up", "a folder that holds itself")
    assert document.path == "a.md"


def test_what_stands_in_the_index_is_left(tmp_path):
    index = tmp_path / "index"
    index.mkdir()
    (index / "notes.md").write_bytes(b"x")
    (tmp_path / "a.md").write_bytes(b"x")
    (tmp_path / "in.md").symlink_to(index / "notes.md")
    (tmp_path / "circle.md").symlink_to("circle.md")
    assert [file.path for file in scan(tmp_path, leave=index)] == ["a.md", "circle.md"]
    assert scan(tmp_path, leave=tmp_path) == []
