"""LangChain's embeddings plug in by a setting or as an object; what is wrong with them is said."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from index import EncoderUnavailable, LocalStore, Retriever, open_encoder, sync
from index.encoder import names_embeddings

MODULE = """
from langchain_core.embeddings import DeterministicFakeEmbedding

READY = DeterministicFakeEmbedding(size=6)

def eight():
    return DeterministicFakeEmbedding(size=8)

def words():
    return "no embeddings"

def broken():
    raise ConnectionError("no route to the lighthouse")
"""


class Given(Embeddings):
    """Returns what the test gave it, and notes what it was asked."""

    def __init__(self, vectors):
        self.vectors = vectors
        self.asked = []

    def embed_documents(self, texts):
        self.asked.append(texts)
        return self.vectors

    def embed_query(self, text):
        return self.embed_documents([text])[0]


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "norvale_embeddings.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "langchain:norvale_embeddings:"
    sys.modules.pop("norvale_embeddings", None)


@pytest.mark.parametrize(("name", "dimension"), [("eight", 8), ("READY", 6)])
def test_a_function_or_an_object_of_your_own_is_named_by_the_setting(module, name, dimension):
    encoder = open_encoder(module + name)
    assert encoder.name == module + name
    vectors = encoder.encode_documents(["oaks", "beeches", "oaks"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension) == (3, dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_an_index_is_made_and_searched_with_embeddings_given_from_python(folder, index_dir):
    encoder = open_encoder(DeterministicFakeEmbedding(size=12))
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        assert store.encoder_name == encoder.name
        assert encoder.name.endswith(":DeterministicFakeEmbedding")
        assert Retriever(store, encoder).search("oaks and beeches")


def test_the_dimension_is_learnt_without_texts(module):
    encoder = open_encoder(module + "eight")
    assert encoder.encode_documents([]).shape == encoder.encode_queries([]).shape == (0, 8)
    assert encoder.dimension == 8


def test_many_texts_go_out_in_several_calls_with_word_of_progress(module):
    done = []
    open_encoder(module + "eight").encode_documents([f"text {n}" for n in range(150)], done.append)
    assert done == [64, 128, 150]


def test_objects_of_different_models_have_different_names():
    first, second = Given([[1.0]]), Given([[1.0]])
    first.model, second.model = "small", "large"
    assert open_encoder(first).name != open_encoder(second).name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "cannot be imported"),
        ("words", "makes a str and not LangChain embeddings"),
        ("broken", "no route to the lighthouse"),
    ],
)
def test_what_makes_no_embeddings_is_said(module, name, said):
    with pytest.raises(EncoderUnavailable, match=said) as caught:
        open_encoder(module + name).encode_queries(["x"])
    assert module + name in str(caught.value)


@pytest.mark.parametrize("setting", ["langchain:only_a_module", "langchain:no.such.module:Name"])
def test_a_name_that_leads_nowhere_is_said(setting):
    with pytest.raises(EncoderUnavailable, match="langchain:"):
        open_encoder(setting).encode_queries(["x"])


def test_a_missing_package_comes_with_the_command_that_installs_it(monkeypatch):
    with pytest.raises(EncoderUnavailable, match=r"pip install langchain-cohere$"):
        open_encoder("cohere:embed-1").encode_queries(["x"])
    monkeypatch.setitem(sys.modules, "langchain.embeddings", None)  # as where it is not installed
    with pytest.raises(EncoderUnavailable, match=r"pip install langchain langchain-norvale-cloud"):
        open_encoder("norvale_cloud:embed-1").encode_queries(["x"])


@pytest.mark.parametrize(
    "vectors",
    [[[0.0, 0.0]], [[float("nan"), 1.0]], [[]], [[1.0], [1.0]], [["a"]], None, [[[1.0]]]],
    ids=["zero", "not a number", "empty", "too many", "words", "nothing", "nested"],
)
def test_vectors_that_are_none_are_refused(vectors):
    with pytest.raises(EncoderUnavailable, match="does not work"):
        open_encoder(Given(vectors)).encode_documents(["x"])


def test_vectors_that_change_their_length_are_refused():
    given = Given([[1.0, 0.0]])
    encoder = open_encoder(given)
    encoder.encode_documents(["x"])
    given.vectors = [[1.0, 0.0, 0.0]]
    with pytest.raises(EncoderUnavailable, match="3 dimensions came after some of 2"):
        encoder.encode_documents(["y"])


def test_half_a_surrogate_pair_is_not_sent():
    given = Given([[1.0]])
    open_encoder(given).encode_documents(["a\ud800b"])
    assert given.asked == [["a?b"]]


def test_a_folder_with_a_colon_in_its_name_is_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert names_embeddings("ollama:embed")
    (tmp_path / "ollama:embed").mkdir()
    assert not names_embeddings("ollama:embed")
    assert not names_embeddings("sentence-transformers/all-MiniLM-L6-v2")
    assert not names_embeddings("/models/a:b")
