"""Vectors of other weights are refused; those of another arithmetic only make a note."""

from __future__ import annotations

import logging
import shutil

import pytest

from index import EncoderMismatch, LocalStore, Retriever, SentenceTransformerEncoder, sync
from index.encoder import VectorForm
from index.local_encoder import LocalEncoder
from processor import keeps_small_integers


def notes(caplog):
    return [record.message for record in caplog.records if record.levelno == logging.WARNING]


def arithmetic(index_dir):
    with LocalStore.open(index_dir) as store:
        return store.snapshot().state.arithmetic


@pytest.mark.skipif(
    not keeps_small_integers(), reason="8 bits overflow on this processor: models stay float32"
)
def test_an_index_searched_in_another_arithmetic_says_so_once(folder, index_dir, encoder, caplog):
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        Retriever(store, encoder).search("oaks")
        assert notes(caplog) == []
        by_library = Retriever(store, SentenceTransformerEncoder())
        assert by_library.search("oaks")[0].passage.document == "forest.md"
        by_library.search("quays")
    (note,) = notes(caplog)
    assert "int8-1" in note
    assert "--rebuild" in note


@pytest.mark.skipif(
    not keeps_small_integers(), reason="8 bits overflow on this processor: models stay float32"
)
def test_an_index_notes_all_arithmetics_that_its_vectors_come_from(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    assert arithmetic(index_dir) == "int8-1"
    (folder / "tram.txt").write_text("The tram runs every six minutes.")
    sync(folder, index_dir, encoder=SentenceTransformerEncoder())
    assert arithmetic(index_dir) == "float32 and int8-1"
    (folder / "tram.txt").unlink()
    sync(folder, index_dir, encoder=encoder, rebuild=True)
    assert arithmetic(index_dir) == "int8-1"


def test_a_model_that_was_exchanged_behind_its_name_is_refused(
    folder, index_dir, tmp_path, write_model
):
    model = write_model(tmp_path / "model")
    sync(folder, index_dir, encoder=LocalEncoder(str(model), tmp_path / "cache"))
    shutil.rmtree(model)
    write_model(model, seed=1)
    changed = LocalEncoder(str(model), tmp_path / "cache")

    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, changed)
        with pytest.raises(EncoderMismatch, match=r"has been changed.*--rebuild"):
            retriever.search("oaks")
    assert sync(folder, index_dir, encoder=changed).embedded == 0  # nothing new, nothing mixed
    (folder / "tram.txt").write_text("The tram runs every six minutes.")
    with pytest.raises(EncoderMismatch, match="has been changed"):
        sync(folder, index_dir, encoder=changed)
    sync(folder, index_dir, encoder=changed, rebuild=True)
    with LocalStore.open(index_dir) as store:
        assert Retriever(store, changed).search("oaks")


def test_a_form_that_is_not_known_is_not_compared():
    assert not VectorForm().differs("one")
    assert not VectorForm("one").differs("")
    assert VectorForm("one").differs("two")
