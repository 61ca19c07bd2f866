"""Remaining: how long the rest of a list of files will probably take."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ingest import SourceFile

_EACH = 20_000  # bytes that a file weighs on top of its own, for what every file costs
_SECONDS_TO_JUDGE = 2.0  # before that, an estimate jumps about


class Remaining:
    """Weighs files by their size, and time by what the files so far have taken."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._total = sum(file.size + _EACH for file in files)
        self._done = 0
        self._started = time.perf_counter()

    def done(self, file: SourceFile) -> None:
        self._done += file.size + _EACH

    @property
    def seconds(self) -> float | None:
        """None while it is too early to say."""
        spent = time.perf_counter() - self._started
        if not self._done or spent < _SECONDS_TO_JUDGE:
            return None
        return spent * (self._total - self._done) / self._done
