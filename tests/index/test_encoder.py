"""The encoder embeds offline, loads nothing early, and says clearly what it cannot load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import DEFAULT_MODEL, EncoderUnavailable, SentenceTransformerEncoder, open_encoder

ROOT = Path(__file__).parents[2]


def test_vectors_have_unit_length_and_stand_in_the_order_of_the_texts(encoder):
    texts = ["A short text.", "The longest of these texts is this one. " * 9, "Budget of 2030."]
    done: list[int] = []
    vectors = encoder.encode_documents(texts, done.append)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_allclose(encoder.encode_documents([text])[0], vector, atol=1e-4)
    assert done == [3]


def test_what_is_alike_in_meaning_is_near(encoder):
    query = encoder.encode_queries(["How much money is there?"])[0]
    near, far = encoder.encode_documents(["The budget is two million.", "Oaks grow slowly."])
    assert query @ near > query @ far


def test_no_texts_make_no_vectors(encoder):
    assert encoder.encode_documents([]).shape == (0, 384)


def test_the_default_model_goes_by_its_full_and_its_short_name():
    assert SentenceTransformerEncoder("all-MiniLM-L6-v2").name == DEFAULT_MODEL
    assert SentenceTransformerEncoder().name == DEFAULT_MODEL
    assert open_encoder().name == open_encoder("all-MiniLM-L6-v2").name == DEFAULT_MODEL


def test_the_package_and_an_encoder_come_without_the_heavy_libraries():
    script = (
        "import sys, index\n"
        "index.SentenceTransformerEncoder().name, index.open_encoder().name\n"
        "heavy = {'torch', 'sentence_transformers', 'onnxruntime', 'faiss', 'tantivy'}\n"
        "print(sorted((heavy | {'langchain_core'}) & sys.modules.keys()))\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_folder_that_is_no_model_is_named(tmp_path):
    with pytest.raises(EncoderUnavailable, match="`encoder` names") as caught:
        SentenceTransformerEncoder(str(tmp_path)).encode_queries(["x"])
    assert str(tmp_path) in str(caught.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(EncoderUnavailable, match="does not exist"):
        SentenceTransformerEncoder(str(tmp_path / "model")).encode_queries(["x"])


def test_a_name_that_cannot_be_found_is_refused_in_one_sentence_with_the_way_out():
    with pytest.raises(EncoderUnavailable) as caught:
        SentenceTransformerEncoder("no such model/at all").encode_queries(["x"])
    assert "`encoder`" in str(caught.value)
    assert DEFAULT_MODEL in str(caught.value)
