"""The benchmark of incremental syncs, in short: an index that grew equals one built at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edited_folder import QUESTIONS, EditedFolder
from incremental import run
from index import sync
from search_results import answers, difference


@pytest.mark.parametrize("seed", range(1001, 1009))
def test_after_any_edits_the_index_answers_as_one_that_was_built_at_once(tmp_path, encoder, seed):
    actions, different = run(tmp_path, seed, encoder)
    assert different == ""
    assert actions["unchanged"]


def test_another_score_or_order_is_a_difference(tmp_path, encoder):
    sync(EditedFolder(tmp_path / "documents", seed=1).folder, tmp_path / "index", encoder=encoder)
    found = answers(tmp_path / "index", encoder, QUESTIONS[:2])
    assert difference(found, found) == ""
    assert "rank 1" in difference(found, [found[0], found[1][::-1]])
    other = [replace(found[0][0], score=found[0][0].score + 0.002), *found[0][1:]]
    assert "question 0, rank 1" in difference(found, [other, found[1]])
    assert "10 passages against 9" in difference(found, [found[0], found[1][:-1]])
