"""PageRenderer: pages of PDFs as images, with the boxes of words, from a confined process."""

from __future__ import annotations

import base64
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReaderUnavailable, UnopenedDocument
from ingest.limits import ReadingLimits
from ingest.page_marks import Mark
from ingest.reader_process import ReaderProcess

_COMMAND = (sys.executable, "-P", "-m", "ingest.page_worker")
_SECONDS = 20  # of processor time for one page
_WALL_SECONDS = 60.0
_IDLE_SECONDS = 60.0  # a process that was idle for so long is ended
_MOST_REQUESTS = 500  # libraries that leak, leak no longer than that


@dataclass(frozen=True, slots=True)
class PagePart:
    """What is wanted of one page."""

    path: str  # of the document, for messages
    location: Path
    content_hash: str  # that the file must have
    page: int  # from 1
    width: int = 0  # pixels of the image; 0: no image
    quote: str = ""  # words whose boxes are wanted
    position: float = 0.0  # 0 to 1: where in the page's text the quote begins


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page of a PDF as it is shown."""

    pages: int = 0  # of the file
    width: float = 0.0  # points
    height: float = 0.0
    image: bytes = b""  # WebP
    marks: tuple[Mark, ...] = ()  # of the quote's lines
    changed: bool = False  # the file is another one than was asked for; then all else is empty
    error: str = ""  # why there is no page, for people


class PageRenderer:
    """One process for all; it starts when a page is wanted. Safe across threads."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._lock = threading.Lock()  # one page at a time: pdfium has no threads
        self._process: ReaderProcess | None = None
        self._requests = 0
        self._timer: threading.Timer | None = None

    def render(self, part: PagePart) -> RenderedPage:
        """Never fails: what went wrong stands in ``error``."""
        request = {
            "path": part.path,
            "location": str(part.location),
            "content_hash": part.content_hash,
            "page": part.page,
            "width": part.width,
            "quote": part.quote,
            "position": part.position,
            "largest": self._limits.largest_file,
            "seconds": _SECONDS,
        }
        with self._lock:
            try:
                process = self._running()
                answer = process.ask(request, _WALL_SECONDS)
            except ReaderUnavailable as error:
                return RenderedPage(error=str(error))
            except UnopenedDocument as error:
                answer = {"error": str(error)}
            self._requests += 1
            self._rest()
        try:
            if answer is None:
                return RenderedPage(
                    error=f"Page {part.page} could not be drawn: it takes too much."
                )
            if "error" in answer:
                return RenderedPage(error=f"Page {part.page} could not be drawn: {answer['error']}")
            if answer["content_hash"] != part.content_hash:
                return RenderedPage(changed=True)
            if "size" not in answer:
                return RenderedPage(int(answer["pages"]), error=f"There is no page {part.page}.")
            width, height = map(float, answer["size"])
            left_top_right_bottom = [tuple(map(float, mark)) for mark in answer.get("marks", ())]
            return RenderedPage(
                int(answer["pages"]),
                width,
                height,
                base64.b64decode(answer.get("image", "")),
                tuple((a, b, c, d) for a, b, c, d in left_top_right_bottom),
            )
        except (KeyError, TypeError, ValueError):
            return RenderedPage(error=f"Page {part.page} could not be drawn.")

    def close(self) -> None:
        """End the process; the renderer can still be used."""
        with self._lock:
            self._end()

    def _running(self) -> ReaderProcess:
        if self._timer is not None:
            self._timer.cancel()
        if self._process is not None:
            if self._process.alive and self._requests < _MOST_REQUESTS:
                return self._process
            self._end()
        self._process, self._requests = ReaderProcess(self._limits, _COMMAND), 0
        return self._process

    def _rest(self) -> None:
        self._timer = threading.Timer(_IDLE_SECONDS, self.close)
        self._timer.daemon = True
        self._timer.start()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._process is not None:
            self._process.close()
            self._process = None
