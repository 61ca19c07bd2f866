"""A text has one vector, whatever it is embedded with; threads and questions come in between."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.compiled_encoder import CompiledEncoder
from index.compiled_model import CompiledModel

TEXTS = [f"Chapter {n}. " + "The keepers trim the lamps at dusk. " * (n % 9) for n in range(40)]


@pytest.fixture(scope="module")
def compiled(encoder, model_cache):
    encoder.encode_queries(["x"])
    (folder,) = (path for path in (model_cache / "encoders").iterdir() if path.is_dir())
    return CompiledEncoder("default", folder, CompiledModel.read(folder))


def test_a_vector_does_not_depend_on_the_texts_beside_it(compiled):
    together = compiled.encode_documents(TEXTS)
    alone = np.concatenate([compiled.encode_documents([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)


def test_progress_counts_up_to_the_number_of_texts(compiled):
    done: list[int] = []
    compiled.encode_documents(TEXTS, done.append)
    assert done == [32, 40]


def test_eight_threads_get_the_vectors_that_one_gets(compiled):
    expected = compiled.encode_documents(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        for vectors in pool.map(lambda _: compiled.encode_documents(TEXTS), range(8)):
            np.testing.assert_array_equal(vectors, expected)


def test_a_question_is_answered_while_documents_are_embedded(compiled):
    first_batch, answered = threading.Event(), threading.Event()

    def hold(_done: int) -> None:
        first_batch.set()
        assert answered.wait(60)

    with ThreadPoolExecutor(1) as pool:
        indexing = pool.submit(compiled.encode_documents, TEXTS, hold)
        assert first_batch.wait(60)
        assert compiled.encode_queries(["Who trims the lamps?"]).shape == (1, 384)
        assert not indexing.done()
        answered.set()
        indexing.result()


def test_where_all_cores_have_their_work_no_more_threads_are_made(compiled, monkeypatch):
    monkeypatch.setattr(compiled, "_cores", 2)
    threads: set[str] = set()
    vector = compiled._vector

    def noted(text: str) -> np.ndarray:
        threads.add(threading.current_thread().name)
        return vector(text)

    def ask(_done: int) -> None:
        threads.clear()
        compiled.encode_documents(TEXTS[:8])
        assert threads == {threading.current_thread().name}

    monkeypatch.setattr(compiled, "_vector", noted)
    compiled.encode_documents(TEXTS[:8])
    assert threading.current_thread().name not in threads
    compiled.encode_documents(TEXTS[:8], ask)


def test_whoever_stops_the_progress_stops_the_work(compiled):
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compiled.encode_documents(TEXTS, stop)


def test_half_a_surrogate_pair_and_an_empty_text_have_vectors_too(compiled):
    vectors = compiled.encode_documents(["a \ud800 b", "", "x" * 100_000])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
