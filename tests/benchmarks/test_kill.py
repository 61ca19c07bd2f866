"""The benchmark of kills, in short; and that it would see an index that is neither old nor new."""

from __future__ import annotations

import sys

import pytest

from edited_folder import EditedFolder
from index import Encoder, sync
from kill import KillTrial

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


@pytest.fixture
def trial(tmp_path, encoder: Encoder) -> KillTrial:
    return KillTrial(tmp_path, encoder, seed=7)


def test_after_every_kill_the_index_is_the_old_generation_or_the_new(trial):
    trial.run(kills=8)
    assert trial.tally.wrong == []
    assert trial.tally.found.total() == trial.tally.kills.total() == 8


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_after_forty_kills_too(trial):
    trial.run(kills=40)
    assert trial.tally.wrong == []
    assert len({state for _, state in trial.tally.found}) == 2


def test_results_tell_two_generations_apart(trial, tmp_path, encoder):
    before = trial.results()
    assert before == trial.results()
    (tmp_path / "documents" / "tram.md").write_text("# Tram\n\nThe tram to the port is free.\n")
    sync(tmp_path / "documents", tmp_path / "index", encoder=encoder)
    assert trial.results() != before


def test_the_same_seed_makes_the_same_edits(tmp_path):
    folders = [EditedFolder(tmp_path / name, seed=3) for name in ("one", "other")]
    done = [folder.edit(30) for folder in folders]
    texts = [
        {
            path.relative_to(folder.folder): path.read_bytes()
            for path in folder.folder.rglob("*")
            if path.is_file()
        }
        for folder in folders
    ]
    assert done[0] == done[1]
    assert texts[0] == texts[1]
    assert set(done[0]) == {"add", "change", "rename", "delete", "spoil", "repair"}
