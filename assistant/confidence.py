"""Confidence: how sure it is that the evidence answers the question at all."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.relevance import Rated
from index import Evidence

CONFIDENT = 0.0  # below it the documents count as silent


def confidence(question: Question, evidence: Sequence[Evidence], rated: Sequence[Rated]) -> float:
    """0 to 1, from the best statements: their meaning, and the question's telling words they hold."""
    if not evidence or not rated:
        return 0.0
    best = rated[0]
    return min(max(0.5 * best.meaning + 0.5 * (best.words + best.surroundings), 0.0), 1.0)
