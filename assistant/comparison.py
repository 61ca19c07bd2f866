"""Comparison: two runs over the same questions, each question held against itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from assistant.estimate import Estimate, sign_test
from assistant.judgement import judge
from assistant.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """One figure over the questions to which it applies in both runs."""

    before: float
    now: float
    difference: Estimate  # of now minus before


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that both runs asked: (before, now)."""

    pairs: tuple[tuple[Record, Record], ...]

    @classmethod
    def of(cls, before: Sequence[Record], now: Sequence[Record]) -> Self:
        earlier = {record.question.id: record for record in before}
        return cls(
            tuple(
                (earlier[record.question.id], record)
                for record in now
                if record.question.id in earlier
            )
        )

    @property
    def gained(self) -> list[tuple[Record, Record]]:
        """Wrong before, right now."""
        return [(before, now) for before, now in self.pairs if now.right and not before.right]

    @property
    def lost(self) -> list[tuple[Record, Record]]:
        """Right before, wrong now."""
        return [(before, now) for before, now in self.pairs if before.right and not now.right]

    @property
    def chance(self) -> float:
        """How likely so one-sided a change of right and wrong is, were it luck: 0 to 1."""
        return sign_test(len(self.gained), len(self.lost))

    @property
    def changes(self) -> dict[str, Change]:
        """Each figure before and now.

        The bootstrap draws questions with both their answers: how hard a question is falls out.
        """
        values: dict[str, list[tuple[float, float]]] = {}
        for name, before, now in self._judged():
            values.setdefault(name, []).append((before, now))
        return {
            name: Change(
                sum(before for before, _ in each) / len(each),
                sum(now for _, now in each) / len(each),
                Estimate.of_mean([now - before for before, now in each]),
            )
            for name, each in values.items()
        }

    def _judged(self) -> Iterator[tuple[str, float, float]]:
        for before, now in self.pairs:
            earlier = dict(judge(before))
            for name, value in judge(now):
                if name in earlier:
                    yield name, earlier[name], value

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "questions": len(self.pairs),
            "gained": [now.question.id for _, now in self.gained],
            "lost": [now.question.id for _, now in self.lost],
            "sign_test": round(self.chance, 4),
            "figures": {
                name: {
                    "before": round(change.before, 3),
                    "now": round(change.now, 3),
                    "difference": change.difference.to_dict(),
                }
                for name, change in self.changes.items()
            },
        }
