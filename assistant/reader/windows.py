"""Windows: a question and a text as the tokens that a model takes, and its scores put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.reader.reader import LOWEST, Reading

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Encoding, Tokenizer

MOST_CHARACTERS = 10_000  # of a text: passages have some 1,500; an endless line is none
MOST_WINDOWS = 16  # of a text: 10,000 Chinese characters would be 80
LEAST_TOKENS = 16  # that a model must take: fewer leave no room for a text
_QUESTION_TOKENS = 64  # as in BERT's run_squad.py


@dataclass(frozen=True, slots=True)
class Window:
    """A question with a stretch of a text, as a model takes it."""

    ids: list[int]
    type_ids: list[int]
    spans: np.ndarray  # int32 [m, 2], offsets of the text's tokens
    places: np.ndarray  # int64 [m], where they stand among the ids


@dataclass(frozen=True, slots=True)
class Logits:
    """What a model says of the tokens of one window, in the order of its ids."""

    start: np.ndarray  # float32 [tokens]
    end: np.ndarray  # float32 [tokens]


class PairTokenizer:
    """Cuts a long text into windows of ``most`` tokens, each with the whole question before it.

    A quarter of the tokens is the most that the question takes, and what two windows share.
    Threads may share it: nothing of the tokenizer is changed after it is made.
    """

    def __init__(self, tokenizer: Tokenizer, most: int) -> None:
        self.overlap = most // 4
        self._question_tokens = min(_QUESTION_TOKENS, most // 4)
        tokenizer.no_padding()
        tokenizer.enable_truncation(most, stride=self.overlap, strategy="only_second")
        self._tokenizer = tokenizer

    def shortened(self, question: str) -> str:
        """The beginning of a question that is too long, else all of it."""
        question = _text(question)
        # As the second of a pair: alone, this tokenizer would refuse it.
        spans = _spans(self._tokenizer.encode("", question))[0]
        if len(spans) <= self._question_tokens:
            return question
        return question[: int(spans[self._question_tokens - 1][1])]

    def windows(self, question: str, text: str) -> list[Window]:
        """Of a question that is ``shortened``; none where the text has no tokens."""
        whole = self._tokenizer.encode(question, _text(text[:MOST_CHARACTERS]))
        found = []
        for encoding in [whole, *whole.overflowing][:MOST_WINDOWS]:
            spans, places = _spans(encoding)
            if len(spans):
                found.append(Window(encoding.ids, encoding.type_ids, spans, places))
        return found

    def reading(self, windows: Sequence[Window], logits: Sequence[Logits]) -> Reading:
        """All windows of one text as one reading.

        Of a token that stands in two windows the scores of that one count in which it stands
        further from the edge: the words around it decide (the "max context" of run_squad.py).
        """
        import numpy as np

        spans, starts, ends = [], [], []
        for number, (window, told) in enumerate(zip(windows, logits, strict=True)):
            first = self.overlap - self.overlap // 2 if number else 0
            more = number + 1 < len(windows)
            last = len(window.places) - (self.overlap // 2 if more else 0)
            places = window.places[first:last]
            spans.append(window.spans[first:last])
            starts.append(told.start[places] - told.start[0])
            ends.append(told.end[places] - told.end[0])
        nothing: np.ndarray = np.zeros(0, dtype=np.float32)
        offsets = np.concatenate([*spans, np.zeros((0, 2), dtype=np.int32)])
        return Reading(
            offsets[:, 0],
            offsets[:, 1],
            _numbers(np.concatenate([*starts, nothing])),
            _numbers(np.concatenate([*ends, nothing])),
            min((float(told.start[0] + told.end[0]) for told in logits), default=0.0),
        )


def _spans(encoding: Encoding) -> tuple[np.ndarray, np.ndarray]:
    """The offsets of the second text's tokens, int32 [m, 2], and their places, int64 [m]."""
    import numpy as np

    second = np.array([each == 1 for each in encoding.sequence_ids], dtype=bool)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
    return offsets[second], np.flatnonzero(second)


def _text(text: str) -> str:
    """Half a surrogate pair, which JSON can hold, is no text to the tokenizers."""
    return text.encode(errors="replace").decode()


def _numbers(scores: np.ndarray) -> np.ndarray:
    """Damaged weights may give what is no number: then nothing is there."""
    import numpy as np

    return np.nan_to_num(scores.astype(np.float32), nan=LOWEST, posinf=LOWEST, neginf=LOWEST)
