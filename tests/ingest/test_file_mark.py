"""A file is known again by its mark, and a mark that settles nothing is not relied upon."""

from __future__ import annotations

import os

import pytest

from ingest.file_mark import FileMark

SECOND = 1_000_000_000
KNOWN = FileMark(100 * SECOND, 100 * SECOND, 7)


@pytest.mark.parametrize(
    "other",
    [
        FileMark(101 * SECOND, 100 * SECOND, 7),
        FileMark(100 * SECOND, 101 * SECOND, 7),  # changed, and its time set back
        FileMark(100 * SECOND, 100 * SECOND, 8),  # another one in its place
    ],
)
def test_any_difference_wants_the_content_to_be_compared(other):
    assert KNOWN.fits(KNOWN)
    assert not other.fits(KNOWN)


def test_a_file_as_young_as_the_look_at_it_is_not_relied_upon():
    assert KNOWN.fits(KNOWN.settled(103 * SECOND))
    for moment in (99, 100, 101, 102):
        assert not KNOWN.fits(KNOWN.settled(moment * SECOND))
    # Written just now, its time set back: only the system's own time tells.
    assert not KNOWN.fits(FileMark(1, 100 * SECOND, 7).settled(101 * SECOND))


def test_numbers_that_a_share_makes_up_anew_are_not_asked_for_again():
    remembered = FileMark(KNOWN.mtime_ns, KNOWN.ctime_ns, 8).after(KNOWN)
    for inode in (9, 10):
        assert FileMark(KNOWN.mtime_ns, KNOWN.ctime_ns, inode).fits(remembered)
    touched = FileMark(KNOWN.mtime_ns, 200 * SECOND, 8)
    assert touched.after(KNOWN) == touched


def test_the_highest_numbers_of_file_systems_can_be_kept(tmp_path):
    state = tmp_path.stat()
    high = os.stat_result((state.st_mode, (1 << 64) - 1, *state[2:]))
    assert FileMark.of(high).inode < 1 << 63
