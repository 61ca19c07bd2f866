"""Cosines of any encoder on the scale of the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.meaning import calibration, on_one_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index import Encoder


class Crowded:
    """The default encoder, with all its texts moved near to each other, as E5 has them."""

    name = "crowded"

    def __init__(self, encoder: Encoder) -> None:
        self.calls = 0
        self._encoder = encoder
        self.form = encoder.form
        self.dimension = encoder.dimension + 1

    def encode_documents(self, texts: Sequence[str], _progress: object = None) -> np.ndarray:
        self.calls += 1
        own = self._encoder.encode_documents(texts)
        shared = np.full((len(texts), 1), 1.5, dtype=np.float32)
        vectors = np.concatenate([own, shared], axis=1)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_documents(texts)


def test_the_default_encoder_is_left_as_it_is(encoder: Encoder) -> None:
    cosines = np.array([-0.1, 0.2, 1.0], dtype=np.float32)
    assert on_one_scale(cosines, encoder) == pytest.approx(cosines, abs=1e-6)


def test_a_crowded_encoder_is_spread_out(encoder: Encoder) -> None:
    crowded = Crowded(encoder)
    texts = ["Who leads the port?", "The port is led by Ada.", "Peat is cut in May."]
    plain = encoder.encode_queries(texts[:1]) @ encoder.encode_documents(texts[1:]).T
    near = crowded.encode_queries(texts[:1]) @ crowded.encode_documents(texts[1:]).T
    assert near.min() > 0.6
    assert on_one_scale(near[0], crowded) == pytest.approx(plain[0], abs=0.1)


def test_an_encoder_is_measured_once(encoder: Encoder) -> None:
    crowded = Crowded(encoder)
    for _ in range(3):
        on_one_scale(np.zeros(1, dtype=np.float32), crowded)
    assert crowded.calls == 4  # what is unrelated, and what is said in two languages


def test_an_english_encoder_is_known_to_be_one(encoder: Encoder) -> None:
    assert not calibration(encoder).multilingual
    assert not calibration(Crowded(encoder)).multilingual
