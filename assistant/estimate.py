"""Estimate: a mean over questions with its 95 % confidence interval, and the sign test of two runs.

A question file is a sample of what people ask: a figure of it says only so much about the next
question, and a difference between two runs may be luck.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_CONFIDENCE = 0.95
_RESAMPLES = 2_000  # Efron and Tibshirani, An Introduction to the Bootstrap, 1993, ask for 1,000


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of ``count`` values; in 95 of 100 cases the true one is from ``low`` to ``high``."""

    mean: float
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Wilson's interval where every value is 0 or 1, the bootstrap's elsewhere.

        The bootstrap has no width where all values are alike, and nine right answers out of nine
        are no proof of the tenth: Wilson's interval knows that.
        """
        if set(values) <= {0.0, 1.0}:
            return cls.of_share(sum(values), len(values))
        return cls.of_mean(values)

    @classmethod
    def of_share(cls, hits: float, count: int) -> Self:
        """Wilson's score interval of a share (JASA 22, 1927), which holds for few questions too."""
        z = statistics.NormalDist().inv_cdf((1 + _CONFIDENCE) / 2)
        share = hits / count
        middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        spread = math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
        half = spread * z / (1 + z * z / count)
        # At 0 and at 1 the ends are exact; the arithmetic may miss them by a rounding error.
        low = 0.0 if hits == 0 else middle - half
        high = 1.0 if hits == count else middle + half
        return cls(share, low, high, count)

    @classmethod
    def of_mean(cls, values: Sequence[float]) -> Self:
        """The percentile bootstrap's interval (Efron, Annals of Statistics 7, 1979).

        Its chance is fixed: the same values have the same interval.
        """
        import numpy as np

        sample = np.asarray(values, dtype=np.float64)
        drawn = np.random.default_rng(0).integers(0, len(sample), (_RESAMPLES, len(sample)))
        tails = [(1 - _CONFIDENCE) / 2, (1 + _CONFIDENCE) / 2]
        low, high = np.quantile(sample[drawn].mean(axis=1), tails)
        return cls(statistics.fmean(values), float(low), float(high), len(values))

    def to_dict(self) -> dict[str, float]:
        """Plain values, rounded to three places, ready for JSON."""
        return {
            "mean": round(self.mean, 3),
            "low": round(self.low, 3),
            "high": round(self.high, 3),
            "count": self.count,
        }


def sign_test(gained: int, lost: int) -> float:
    """How likely so one-sided a change is, or a more one-sided one, were it luck: 0 to 1.

    The exact two-sided sign test (Dixon and Mood, JASA 41, 1946). For questions that are right or
    wrong it is McNemar's exact test.
    """
    changed = gained + lost
    tail = sum(math.comb(changed, fewer) for fewer in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << changed))
