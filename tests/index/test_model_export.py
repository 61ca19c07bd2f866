"""What can be compiled is, and checked; what cannot be is refused with the reason."""

from __future__ import annotations

import pytest

from index import SentenceTransformerEncoder
from index.compiled_encoder import CompiledEncoder
from index.compiled_model import CompiledModel
from index.model_export import export
from index.model_source import ModelSource
from index.sentence_transformer_encoder import load_model
from processor import keeps_small_integers

TEXTS = ["Oaks.", "The port authority electrifies all quays. " * 30]


@pytest.mark.skipif(
    not keeps_small_integers(), reason="8 bits overflow on this processor: models stay float32"
)
def test_the_default_model_is_kept_in_eight_bits(model_cache, encoder):
    encoder.encode_queries(["x"])
    (folder,) = (path for path in (model_cache / "encoders").iterdir() if path.is_dir())
    model = CompiledModel.read(folder)
    assert model.arithmetic.startswith("int8")
    assert (model.dimension, model.query_prompt, model.document_prompt) == (384, "", "")
    assert min(model.cosines) >= 0.99


@pytest.mark.parametrize(
    ("architecture", "pooling"),
    [("bert", "cls"), ("distilbert", "mean"), ("mpnet", "mean"), ("roberta", "cls")],
)
def test_architectures_and_poolings(architecture, pooling, tmp_path, write_model):
    source = ModelSource(
        str(write_model(tmp_path / "model", architecture=architecture, pooling=pooling))
    )
    folder = tmp_path / "compiled"
    folder.mkdir()
    export(load_model(source), "fingerprint", folder)
    model = CompiledModel.read(folder)
    assert model.refused == ""
    ours = CompiledEncoder("tiny", folder, model).encode_documents(TEXTS)
    theirs = SentenceTransformerEncoder(source.name).encode_documents(TEXTS)
    assert (ours * theirs).sum(axis=1).min() > 0.99


def test_a_model_of_an_unknown_architecture_is_refused_with_the_reason(tmp_path, write_model):
    folder = tmp_path / "compiled"
    folder.mkdir()
    source = ModelSource(str(write_model(tmp_path / "model", architecture="albert")))
    export(load_model(source), "fingerprint", folder)
    assert "albert" in CompiledModel.read(folder).refused
