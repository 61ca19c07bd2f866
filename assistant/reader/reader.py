"""Reader: a question and texts -> where in each text the answer stands, and how likely it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np

# The score of a text without a single token. The logits of readers trained as in SQuAD 2 lie
# within about 12 of zero, so that hardly any span scores less.
LOWEST = -25.0
LONGEST = 30  # tokens of an answer, as in BERT's run_squad.py


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text that answers."""

    start: int  # offset of its first character
    end: int  # offset after its last one
    score: float  # start + end logit less the no-answer's; above 0: rather this than no answer


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one text, token by token, in the order of the text.

    All scores are already less what the same window of the text gives to "no answer" (the logits
    of its first token: Devlin et al., 2019, section 4.3). So the scores of different windows and
    texts can be compared, and those of a span are added up without further ado.
    """

    starts: np.ndarray  # int32 [n], offset of each token's first character, ascending
    ends: np.ndarray  # int32 [n], offset after its last one, ascending
    start_scores: np.ndarray  # float32 [n], start logit less the first token's start logit
    end_scores: np.ndarray  # float32 [n], end logit less the first token's end logit
    no_answer: float  # start + end logit of the first token; of several windows the least

    def best(self, start: int = 0, end: int | None = None, longest: int = LONGEST) -> Span | None:
        """The best span of at most ``longest`` tokens wholly inside the characters [start, end).

        Of equals the first and shortest. None where not one token stands wholly inside.
        """
        import numpy as np

        first = int(np.searchsorted(self.starts, start, side="left"))
        last = len(self.ends) if end is None else int(np.searchsorted(self.ends, end, side="right"))
        count, longest = last - first, min(longest, last - first)
        if longest < 1:
            return None
        beyond: np.ndarray = np.full(longest - 1, -np.inf, dtype=np.float32)
        following = np.lib.stride_tricks.sliding_window_view(
            np.concatenate([self.end_scores[first:last], beyond]), longest
        )
        nearest = following.argmax(axis=1)  # the best end for each start, in tokens after it
        scores = self.start_scores[first:last] + following[np.arange(count), nearest]
        begin = int(scores.argmax())
        return Span(
            int(self.starts[first + begin]),
            int(self.ends[first + begin + int(nearest[begin])]),
            float(scores[begin]),
        )

    def score(self, start: int = 0, end: int | None = None) -> float:
        """How well the characters [start, end) answer: the best span's score, at least LOWEST."""
        best = self.best(start, end)
        return LOWEST if best is None else max(best.score, LOWEST)


class Reader(Protocol):
    """A cross-encoder over question and text with a span head. Safe across threads."""

    @property
    def name(self) -> str:
        """What the settings call it; known without loading the model."""
        ...

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in their order.

        A long question is cut, a long text read in overlapping windows. Raises
        ReaderModelUnavailable, at the first text, where the model cannot be loaded.
        """
        ...
