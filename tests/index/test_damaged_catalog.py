"""Wherever bytes of the catalog are damaged, that is said, with the command that mends it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from edited_folder import QUESTIONS, EditedFolder
from index import IndexDamaged, LocalStore, sync
from search_results import SearchResults


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """A folder that was edited since its last sync."""
    return EditedFolder(tmp_path_factory.mktemp("edited") / "documents", seed=1)


@pytest.fixture(scope="module")
def sound(edited, encoder, tmp_path_factory):
    index_dir = tmp_path_factory.mktemp("sound") / "index"
    sync(edited.folder, index_dir, encoder=encoder)
    edited.edit(5)
    return index_dir


@pytest.mark.parametrize("seed", range(8))
def test_damage_is_said_or_does_no_harm_and_a_rebuild_mends_it(
    edited, sound, encoder, tmp_path, seed
):
    chance = random.Random(seed)
    index_dir = shutil.copytree(sound, tmp_path / "index")
    data = bytearray((index_dir / "catalog.sqlite").read_bytes())
    start, length = chance.randrange(len(data)), chance.choice([1, 16, 512, 4096])
    data[start : start + length] = chance.randbytes(len(data[start : start + length]))
    (index_dir / "catalog.sqlite").write_bytes(data)
    vectors = list(encoder.encode_queries(QUESTIONS[:4]))

    # A changed letter is no damage that can be seen; but nothing else is raised than what says so.
    for action in (
        lambda: SearchResults.of(index_dir, QUESTIONS[:4], vectors),
        lambda: sync(edited.folder, index_dir, encoder=encoder),
    ):
        try:
            action()
        except IndexDamaged as error:
            said = str(error)
        else:
            continue
        assert "--rebuild" in said or "strategy check" in said
    sync(edited.folder, index_dir, encoder=encoder, rebuild=True)
    sync(edited.folder, tmp_path / "anew", encoder=encoder)
    mended, anew = (
        SearchResults.of(place, QUESTIONS[:4], vectors) for place in (index_dir, tmp_path / "anew")
    )
    assert (mended.documents, mended.texts) == (anew.documents, anew.texts)


@pytest.mark.parametrize(
    ("damage", "remedy"),
    [
        ("UPDATE documents SET structure = 'x'", "strategy check"),
        ("UPDATE passages SET section = '[1'", "--rebuild"),
        ("UPDATE passages SET vector = x'00' WHERE id = 2", "--rebuild"),
    ],
)
def test_rows_that_make_no_sense_are_damage(folder, index_dir, encoder, damage, remedy):
    sync(folder, index_dir, encoder=encoder)
    with closing(sqlite3.connect(index_dir / "catalog.sqlite")) as catalog, catalog:
        catalog.execute(damage)
    shutil.rmtree(next(index_dir.glob("generation-*")))  # so that all rows are needed
    (folder / "forest.md").rename(folder / "woods.md")

    with pytest.raises(IndexDamaged, match=remedy), LocalStore.open(index_dir) as store:
        store.document("forest.md")
    assert sync(folder, index_dir, encoder=encoder).failed == 0
    with LocalStore.open(index_dir) as store:
        assert "Rangers plant" in store.document("woods.md").text
        assert store.passage_count == len(store.lexical("oaks quays library", 9)) == 3
