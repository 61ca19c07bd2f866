"""A sync of some files alone reads these again, and leaves all others as they are."""

from __future__ import annotations

import pytest

from index import LocalStore, UnknownDocument, sync


def actions(report):
    return {outcome.path: outcome.action for outcome in report.outcomes}


def listed(index_dir):
    with LocalStore.open(index_dir) as store:
        return {info.path: info.status for info in store.documents()}


def test_a_named_file_is_read_again_though_it_has_not_changed(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    counting.texts.clear()
    report = sync(folder, index_dir, encoder=counting, only=["harbour.md"])
    assert actions(report) == {"harbour.md": "updated"}
    assert counting.texts == []  # its passages came out the same


def test_what_else_has_changed_come_or_gone_waits(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "forest.md").write_text("# Forest\n\nRangers plant elms now.\n")
    (folder / "ferry.md").write_text("# Ferry\n\nThe ferry to Norvale leaves at dawn.\n")
    (folder / "library.txt").unlink()
    (folder / "harbour.md").write_text("# Harbour\n\nThirteen quays get shore power.\n")

    assert actions(sync(folder, index_dir, encoder=encoder, only=["h*.md"])) == {
        "harbour.md": "updated"
    }
    assert sorted(listed(index_dir)) == ["forest.md", "harbour.md", "library.txt"]
    with LocalStore.open(index_dir) as store:
        assert "oaks" in store.document("forest.md").text
        assert "Thirteen" in store.document("harbour.md").text

    assert actions(sync(folder, index_dir, encoder=encoder)) == {
        "ferry.md": "added",
        "forest.md": "updated",
        "harbour.md": "unchanged",
        "library.txt": "deleted",
    }


def test_a_copy_of_a_document_that_is_left_alone_is_no_move(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "copy.md").write_bytes((folder / "harbour.md").read_bytes())
    report = sync(folder, index_dir, encoder=encoder, only=["copy.md"])
    assert actions(report) == {"copy.md": "added"}
    assert "harbour.md" in listed(index_dir)


def test_a_named_file_that_broke_is_noted_and_the_others_stay(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "harbour.md").write_bytes(b"")
    report = sync(folder, index_dir, encoder=encoder, only=["harbour.md"])
    assert actions(report) == {"harbour.md": "failed"}
    assert listed(index_dir) == {
        "forest.md": "indexed",
        "harbour.md": "failed",
        "library.txt": "indexed",
    }


def test_a_name_that_no_file_has_changes_nothing(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with pytest.raises(UnknownDocument, match=r"harbor\.md: no such file .* mean harbour\.md\?"):
        sync(folder, index_dir, encoder=encoder, only=["forest.md", "harbor.md"])
    assert len(listed(index_dir)) == 3


def test_a_file_can_be_the_first_of_an_index(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder, only=["harbour.md"])
    assert listed(index_dir) == {"harbour.md": "indexed"}
    assert sync(folder, index_dir, encoder=encoder).added == 2
