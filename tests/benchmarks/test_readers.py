"""The benchmark of readers, in short: they ask while a writer syncs, and see whole generations."""

from __future__ import annotations

from index import LocalStore, sync
from readers import Readers, run, write_bulletins


def test_readers_see_one_whole_generation_after_the_other(tmp_path, encoder):
    quiet, busy = run(tmp_path, encoder, readers=3, syncs=4, questions=12, seed=5)
    assert quiet.wrong + busy.wrong == []
    assert quiet.generations == {1}
    assert len(busy.generations) > 1


def test_bulletins_of_another_generation_are_seen_to_be_wrong(tmp_path, encoder):
    folder = tmp_path / "documents"
    folder.mkdir()
    write_bulletins(folder, 3)  # in the first generation
    sync(folder, tmp_path / "index", encoder=encoder)
    with LocalStore.open(tmp_path / "index") as store:
        asked = Readers(store, encoder, 1).ask_while(lambda asked: asked < 1)
    assert asked.wrong == ["generation 1 has the bulletins [3, 3]"]
