"""Meaning: cosines of any encoder on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index import DEFAULT_MODEL, Encoder

if TYPE_CHECKING:
    import numpy as np

# Nothing that one of them says has to do with another.
_UNRELATED = (
    "Who leads the harbour board?",
    "The soup is eaten cold in summer.",
    "Rainfall in the mountains rose by a tenth.",
    "How many schools teach the violin?",
    "A keeper repairs the lamp every night.",
    "Trade in salt was free of duty until 1809.",
    "The orchestra moved into the old tram depot.",
    "Which vaccine do calves get first?",
)
_DEFAULT = 0.05  # the mean cosine of these by the default encoder: the scale is the one it has
_measured: WeakKeyDictionary[Encoder, float] = WeakKeyDictionary()


def on_one_scale(cosines: np.ndarray, encoder: Encoder) -> np.ndarray:
    """Cosines float32 [n] of questions and statements, as the default encoder would spread them.

    Encoders differ in what they give to texts that have nothing to do with each other: 0.05 the
    default one, 0.7 those of the E5 family. What counts is how far above that a cosine is.
    """
    floor = _unrelated(encoder)
    scaled: np.ndarray = _DEFAULT + (1 - _DEFAULT) * (cosines - floor) / (1 - floor)
    return scaled


def _unrelated(encoder: Encoder) -> float:
    """The mean cosine of two texts that have nothing to do with each other; measured once."""
    if encoder.name == DEFAULT_MODEL:
        return _DEFAULT
    if encoder not in _measured:
        import numpy as np

        cosines = encoder.encode_queries(_UNRELATED) @ encoder.encode_documents(_UNRELATED).T
        apart = ~np.eye(len(_UNRELATED), dtype=bool)
        _measured[encoder] = min(float(cosines[apart].mean()), 0.99)
    return _measured[encoder]
