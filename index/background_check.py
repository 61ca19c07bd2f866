"""BackgroundCheck: search files of any size read whole, beside a chat, and mended."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import IndexingError
from index.snapshot import are_whole, mend

_FIRST_SECONDS = 20.0  # the first questions come before
_EVERY_SECONDS = 24 * 3600.0
_LOG = logging.getLogger(__name__)


class BackgroundCheck:
    """Use it as a context manager: it begins a while after entering, and ends at leaving.

    Small search files are checked at each opening; of large ones only size and time are, since
    to read them would keep the first question waiting. Whoever has the index open gets the mended
    files with the next call.
    """

    def __init__(
        self, index_dir: Path, *, first: float = _FIRST_SECONDS, every: float = _EVERY_SECONDS
    ) -> None:
        """``first`` and ``every``: seconds until the first check, and from one to the next."""
        self._index_dir = index_dir
        self._first = first
        self._every = every
        self._stop = threading.Event()
        # A daemon: to read some gigabytes shall not hold up the exit; mending is a transaction.
        self._thread = threading.Thread(target=self._run, name="check", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()

    def _run(self) -> None:
        wait = self._first
        while not self._stop.wait(wait):
            wait = self._every
            try:
                # First without keeping writers out, which reading takes too long for.
                if not are_whole(self._index_dir) and mend(self._index_dir, thorough=True):
                    _LOG.warning("%s: damaged search files were written anew", self._index_dir)
            except IndexingError as error:
                _LOG.warning("the search files could not be checked: %s", error)
