"""A plan says what a sync would do, reads no document, and changes nothing."""

from __future__ import annotations

import pytest

from index import EncoderMismatch, SentenceTransformerEncoder, sync
from index.forgetting import forget
from index.plan import plan
from ingest import ReadingLimits

LIMITS = ReadingLimits()


def planned(folder, index_dir, encoder, **options):
    report = plan(folder, index_dir, encoder=encoder, limits=LIMITS, **options)
    return {
        outcome.path: (outcome.action, outcome.moved_from)[: 1 + bool(outcome.moved_from)]
        for outcome in report.outcomes
    }


def state_of(place):
    return {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}


def test_without_an_index_everything_would_be_added_and_none_is_made(folder, index_dir, encoder):
    (folder / "table.xyz").write_text("1")
    assert planned(folder, index_dir, encoder) == {
        "forest.md": ("added",),
        "harbour.md": ("added",),
        "library.txt": ("added",),
        "table.xyz": ("skipped",),
    }
    assert not index_dir.exists()


def test_changes_are_told_and_the_index_stays_as_it_is(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    before, asked = state_of(index_dir), len(counting.texts)
    (folder / "harbour.md").write_text("# Harbour plan 2032\n\nA new crane for the quays.\n")
    (folder / "forest.md").rename(folder / "woods.md")
    (folder / "library.txt").unlink()
    (folder / "new.md").write_text("# Beacons\n\nForty lamps along the coast.\n")

    assert planned(folder, index_dir, counting) == {
        "harbour.md": ("updated",),
        "library.txt": ("deleted",),
        "new.md": ("added",),
        "woods.md": ("moved", "forest.md"),
    }
    catalog = {path: time for path, time in state_of(index_dir).items() if "-shm" not in path.name}
    assert catalog == {path: time for path, time in before.items() if "-shm" not in path.name}
    assert len(counting.texts) == asked


def test_a_plan_is_what_the_sync_then_does(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    forget(index_dir, ["library.txt"])
    (folder / "harbour.md").unlink()
    (folder / "new.md").write_text("# Beacons\n\nForty lamps along the coast.\n")
    expected = planned(folder, index_dir, encoder)

    report = sync(folder, index_dir, encoder=encoder)

    assert expected == {outcome.path: (outcome.action,) for outcome in report.outcomes}
    assert set(planned(folder, index_dir, encoder).values()) == {("unchanged",), ("skipped",)}


def test_a_rebuild_would_read_everything_but_what_was_forgotten(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    forget(index_dir, ["library.txt"])
    assert planned(folder, index_dir, encoder, rebuild=True) == {
        "forest.md": ("updated",),
        "harbour.md": ("updated",),
        "library.txt": ("skipped",),
    }


def test_what_a_sync_would_refuse_a_plan_refuses(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with pytest.raises(EncoderMismatch):
        planned(folder, index_dir, SentenceTransformerEncoder("some/other-model"))
