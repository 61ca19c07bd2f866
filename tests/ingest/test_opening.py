"""Only a regular file, of bounded size, that rests while it is read, gives its content."""

from __future__ import annotations

import hashlib
import os
import sys

import pytest

from ingest import OversizedDocument, UnopenedDocument
from ingest.opening import read_content


def test_the_content_comes_with_its_hash_and_its_time(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(b"The ferry leaves at noon.")
    content = read_content("a.md", file, 100)
    assert content.data == b"The ferry leaves at noon."
    assert content.content_hash == hashlib.sha256(content.data).hexdigest()
    assert (content.size, content.mtime_ns) == (25, file.stat().st_mtime_ns)


def test_a_file_above_the_limit_is_not_read(tmp_path):
    file = tmp_path / "a.md"
    with file.open("wb") as opened:
        opened.truncate(3 << 30)  # a hole: it takes no room on the disk
    with pytest.raises(OversizedDocument, match=r"3,072 MB .* 500 MB.*`reading_file_mb`"):
        read_content("a.md", file, 500 << 20)


def test_a_file_that_is_gone_or_no_file_any_more_says_so(tmp_path):
    with pytest.raises(UnopenedDocument, match="cannot be opened"):
        read_content("a.md", tmp_path / "a.md", 100)
    with pytest.raises(UnopenedDocument, match="cannot be opened"):
        read_content("a.md", tmp_path, 100)


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(UnopenedDocument, match="no regular file"):
        read_content("a.md", tmp_path / "a.md", 100)


@pytest.mark.parametrize("changes", [1, 9])
def test_a_file_that_changes_while_it_is_read_is_read_once_more(tmp_path, monkeypatch, changes):
    file = tmp_path / "a.md"
    file.write_bytes(b"The ferry leaves at noon")
    look = os.fstat
    looks = []

    def look_and_append(descriptor):
        """Others write between the two looks at the file."""
        state = look(descriptor)
        if len(looks) < changes:
            looks.append(state)
            with file.open("ab") as opened:
                opened.write(b", or later")
        return state

    monkeypatch.setattr(os, "fstat", look_and_append)
    if changes == 1:
        assert read_content("a.md", file, 1000).data == b"The ferry leaves at noon, or later"
    else:
        with pytest.raises(UnopenedDocument, match="being written"):
            read_content("a.md", file, 1000)
