"""A model is compiled once, checked, and kept; where it cannot be, its own library runs it."""

from __future__ import annotations

import json
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index import EncoderUnavailable, SentenceTransformerEncoder
from index.compiled_model import CompiledModel, checksum
from index.local_encoder import LocalEncoder

TEXTS = ["The harbour.", "Rangers plant oaks on four thousand hectares. " * 20, "Qui décide ?"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, write_model):
    return write_model(
        tmp_path_factory.mktemp("models") / "tiny",
        prompts={"query": "question: ", "document": "passage: "},
    )


@pytest.fixture(scope="module")
def filled(tiny, tmp_path_factory):
    """A cache in which the tiny model is compiled."""
    cache = tmp_path_factory.mktemp("filled")
    LocalEncoder(str(tiny), cache).encode_queries(["x"])
    return cache


@pytest.fixture
def kept(filled, tmp_path):
    """The folder of the compiled model, in a copy of that cache."""
    shutil.copytree(filled / "encoders", tmp_path / "encoders")
    (folder,) = (path for path in (tmp_path / "encoders").iterdir() if path.is_dir())
    return folder


def compiled(folder):
    return CompiledModel.read(folder)


def notes(caplog):
    return [record.message for record in caplog.records if record.levelno == logging.WARNING]


def test_the_compiled_model_gives_the_vectors_of_sentence_transformers(tiny, tmp_path):
    encoder, reference = LocalEncoder(str(tiny), tmp_path), SentenceTransformerEncoder(str(tiny))
    for method in ("encode_documents", "encode_queries"):  # each with the model's own prompt
        ours, theirs = getattr(encoder, method)(TEXTS), getattr(reference, method)(TEXTS)
        assert (ours * theirs).sum(axis=1).min() > 0.99
    assert encoder.form.arithmetic.startswith("int8")
    assert encoder.form.weights == reference.form.weights != ""
    assert encoder.dimension == reference.dimension == 32


def test_prompts_tell_questions_from_documents(tiny, filled):
    encoder = LocalEncoder(str(tiny), filled)
    query, document = encoder.encode_queries(TEXTS[:1]), encoder.encode_documents(TEXTS[:1])
    assert not np.allclose(query, document, atol=0.01)


def test_what_was_compiled_once_is_used_the_next_time(tiny, filled):
    (manifest,) = filled.glob("encoders/*/manifest.json")
    before = manifest.stat().st_mtime_ns
    LocalEncoder(str(tiny), filled).encode_queries(["x"])
    assert manifest.stat().st_mtime_ns == before


def test_the_self_check_is_kept_beside_the_model(filled):
    (folder,) = (path for path in (filled / "encoders").iterdir() if path.is_dir())
    model = compiled(folder)
    assert len(model.cosines) > 20
    assert min(model.cosines) >= 0.99
    assert not list(folder.parent.glob("*.part"))


@pytest.mark.parametrize("harm", ["cut", "changed", "missing", "no manifest"])
def test_a_damaged_model_is_compiled_anew(harm, tiny, kept, caplog):
    graph = kept / "model.onnx"
    match harm:
        case "cut":
            graph.write_bytes(graph.read_bytes()[:1000])
        case "changed":
            content = bytearray(graph.read_bytes())
            content[len(content) // 2] ^= 255
            graph.write_bytes(content)
        case "missing":
            graph.unlink()
        case "no manifest":
            (kept / "manifest.json").write_text("{", encoding="utf-8")
    assert compiled(kept) is None
    encoder = LocalEncoder(str(tiny), kept.parents[1])
    assert encoder.form.arithmetic.startswith("int8")
    assert compiled(kept) is not None
    assert notes(caplog) == []


def test_what_a_killed_process_left_is_cleared_away(tiny, tmp_path, filled):
    (folder,) = (path for path in (filled / "encoders").iterdir() if path.is_dir())
    left = tmp_path / "encoders" / f"{folder.name}.part"
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half of it")
    assert LocalEncoder(str(tiny), tmp_path).form.arithmetic.startswith("int8")
    assert not left.exists()


def test_two_that_start_at_once_compile_one_after_the_other(tiny, tmp_path, caplog):
    encoders = [LocalEncoder(str(tiny), tmp_path) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda encoder: encoder.encode_queries(TEXTS), encoders)
    np.testing.assert_array_equal(first, second)
    assert [encoder.form.arithmetic[:4] for encoder in encoders] == ["int8", "int8"]
    assert notes(caplog) == []


def test_a_cache_that_cannot_be_written_costs_speed_and_one_note(tiny, tmp_path, caplog):
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    encoder = LocalEncoder(str(tiny), tmp_path / "cache")
    reference = SentenceTransformerEncoder(str(tiny))
    for _ in range(2):
        np.testing.assert_allclose(
            encoder.encode_queries(TEXTS), reference.encode_queries(TEXTS), atol=1e-6
        )
    assert encoder.form == reference.form
    (note,) = notes(caplog)
    assert "runs uncompiled" in note
    assert str(tmp_path / "cache") in note


def test_a_model_that_computes_otherwise_here_is_not_used(tiny, kept, caplog):
    # As from a cache that was filled on another processor.
    reference = np.load(kept / "check.npy")
    np.save(kept / "check.npy", -reference)
    manifest = json.loads((kept / "manifest.json").read_text("utf-8"))
    manifest["checksums"]["check.npy"] = checksum(kept / "check.npy")
    (kept / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    encoder = LocalEncoder(str(tiny), kept.parents[1])
    assert encoder.form.arithmetic == "float32"
    (note,) = notes(caplog)
    assert "on this processor" in note


def test_a_model_of_another_kind_is_refused_once_and_run_by_its_library(
    tmp_path, caplog, write_model
):
    model = write_model(tmp_path / "max", pooling="max")
    encoder = LocalEncoder(str(model), tmp_path / "cache")
    reference = SentenceTransformerEncoder(str(model)).encode_documents(TEXTS)
    np.testing.assert_allclose(encoder.encode_documents(TEXTS), reference, atol=1e-6)
    (manifest,) = tmp_path.glob("cache/encoders/*/manifest.json")
    assert "pooling is max" in compiled(manifest.parent).refused
    assert [path.name for path in manifest.parent.iterdir()] == ["manifest.json"]
    before = manifest.stat().st_mtime_ns
    assert LocalEncoder(str(model), tmp_path / "cache").form.arithmetic == "float32"
    assert manifest.stat().st_mtime_ns == before
    assert notes(caplog) == []  # nothing that a person could mend


def test_other_weights_in_the_same_folder_are_another_model(tiny, tmp_path, write_model):
    folder = shutil.copytree(tiny, tmp_path / "model")
    before = LocalEncoder(str(folder), tmp_path / "cache").encode_queries(TEXTS)
    shutil.rmtree(folder)
    write_model(folder, seed=1)
    encoder = LocalEncoder(str(folder), tmp_path / "cache")
    assert not np.allclose(encoder.encode_queries(TEXTS), before, atol=0.1)
    assert encoder.name == str(folder)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(EncoderUnavailable, match="does not exist"):
        LocalEncoder(str(tmp_path / "model"), tmp_path).encode_queries(["x"])


def test_who_waits_for_the_compiling_is_told_once(tiny, tmp_path):
    told = []
    LocalEncoder(str(tiny), tmp_path, told.append).encode_queries(["x"])
    assert len(told) == 1
    assert "once" in told[0]
    LocalEncoder(str(tiny), tmp_path, told.append).encode_queries(["x"])
    assert len(told) == 1
