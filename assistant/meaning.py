"""Meaning: what the cosines of an encoder are worth, and whether it knows several languages."""

from __future__ import annotations

from dataclasses import dataclass
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
# A question in one language, and its answer in another.
_ACROSS = {
    "Wer leitet die Hafenbehörde?": "The harbour board is led by a captain.",
    "Combien d'écoles enseignent le violon ?": "Geigenunterricht gibt es an vierzig Schulen.",
    "When is the lamp repaired?": "La lampe est réparée chaque nuit.",
    "¿Qué vacuna reciben primero los terneros?": "Calves are vaccinated against fever first.",
    "Dove si è trasferita l'orchestra?": "Das Orchester zog in das alte Straßenbahndepot.",
    "Hoeveel regende het in de bergen?": "Rainfall in the mountains rose by a tenth.",
}
_DEFAULT = 0.05  # the mean cosine of what is unrelated by the default encoder: its scale is kept


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured of an encoder."""

    floor: float  # mean cosine of two texts that have nothing to do with each other
    multilingual: bool  # whether it finds the answer to a question in another language


_measured: WeakKeyDictionary[Encoder, Calibration] = WeakKeyDictionary()


def on_one_scale(cosines: np.ndarray, encoder: Encoder) -> np.ndarray:
    """Cosines float32 [n] of questions and statements, as the default encoder would spread them.

    Encoders differ in what they give to texts that have nothing to do with each other: 0.05 the
    default one, 0.7 those of the E5 family. What counts is how far above that a cosine is.
    """
    floor = calibration(encoder).floor
    scaled: np.ndarray = _DEFAULT + (1 - _DEFAULT) * (cosines - floor) / (1 - floor)
    return scaled


def calibration(encoder: Encoder) -> Calibration:
    """What a few texts show of an encoder; measured once, known of the default one."""
    if encoder.name == DEFAULT_MODEL:
        return Calibration(_DEFAULT, multilingual=False)
    if encoder not in _measured:
        cosines = encoder.encode_queries(_UNRELATED) @ encoder.encode_documents(_UNRELATED).T
        apart = cosines.sum() - cosines.trace()
        floor = min(float(apart) / (cosines.size - len(_UNRELATED)), 0.99)
        asked = encoder.encode_queries(list(_ACROSS))
        nearest = (asked @ encoder.encode_documents(list(_ACROSS.values())).T).argmax(axis=1)
        known = all(place == found for place, found in enumerate(nearest.tolist()))
        _measured[encoder] = Calibration(floor, known)
    return _measured[encoder]
