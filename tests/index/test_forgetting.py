"""What was forgotten is not found and not read again, until its file changes or is remembered."""

from __future__ import annotations

import os

import pytest

from index import IndexMissing, LocalStore, Retriever, UnknownDocument, sync
from index.forgetting import forget, remember
from index.status import IndexStatus


def actions(report):
    return {outcome.path: outcome.action for outcome in report.outcomes}


def test_a_forgotten_document_is_not_found_any_more_and_nothing_is_embedded(
    folder, index_dir, encoder
):
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        held = store.snapshot()
        assert forget(index_dir, ["harbour.md"]) == ["harbour.md"]

        found = {item.passage.document for item in retriever.search("electrified quays")}
        assert found == {"forest.md", "library.txt"}
        before = retriever.search("electrified quays", snapshot=held)
        assert before[0].passage.document == "harbour.md"  # who reads keeps what he reads
    assert (folder / "harbour.md").exists()
    assert IndexStatus.of(index_dir).forgotten == ("harbour.md",)


@pytest.mark.parametrize("rebuild", [False, True])
def test_syncs_leave_a_forgotten_file_alone(folder, index_dir, counting, rebuild):
    sync(folder, index_dir, encoder=counting)
    forget(index_dir, ["harbour.md"])
    counting.texts.clear()
    os.utime(folder / "harbour.md", (1_000_000_000, 1_000_000_000))  # touched, not changed

    report = sync(folder, index_dir, encoder=counting, rebuild=rebuild, retry=True)

    assert actions(report)["harbour.md"] == "skipped"
    assert not any("quays" in text for text in counting.texts)
    assert IndexStatus.of(index_dir).forgotten == ("harbour.md",)


def test_a_forgotten_file_that_changes_is_read_again(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    forget(index_dir, ["harbour.md"])
    (folder / "harbour.md").write_text("# Harbour plan 2032\n\nThe quays get a new crane.\n")

    assert actions(sync(folder, index_dir, encoder=encoder))["harbour.md"] == "added"
    assert IndexStatus.of(index_dir).forgotten == ()


def test_a_remembered_file_is_read_by_the_next_sync(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    forget(index_dir, ["*.md"])
    assert remember(index_dir, ["forest.md"]) == ["forest.md"]

    report = actions(sync(folder, index_dir, encoder=encoder))
    assert (report["forest.md"], report["harbour.md"]) == ("added", "skipped")


def test_a_file_that_could_not_be_read_can_be_forgotten_too(folder, index_dir, encoder):
    (folder / "empty.txt").write_text("")
    generation = sync(folder, index_dir, encoder=encoder).generation
    forget(index_dir, ["empty.txt"])

    report = sync(folder, index_dir, encoder=encoder, retry=True)
    assert (report.failed, report.skipped, report.generation) == (0, 1, generation)


def test_everything_can_be_forgotten(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    forget(index_dir, ["*"])
    with LocalStore.open(index_dir) as store:
        assert Retriever(store, encoder).search("electrified quays") == []
    assert sync(folder, index_dir, encoder=encoder).skipped == 3


def test_what_is_not_there_cannot_be_forgotten_or_remembered(folder, index_dir, encoder):
    with pytest.raises(IndexMissing):
        forget(index_dir, ["harbour.md"])
    assert not index_dir.exists()
    sync(folder, index_dir, encoder=encoder)
    with pytest.raises(UnknownDocument, match=r"Did you mean harbour\.md"):
        forget(index_dir, ["habour.md"])
    with pytest.raises(UnknownDocument, match=r"harbour\.md"):
        remember(index_dir, ["harbour.md"])
    assert sync(folder, index_dir, encoder=encoder).unchanged == 3
