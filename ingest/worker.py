"""The process that reads untrusted files: `python -m ingest.worker MEMORY_MB ...`, see ``begin``.

It confines itself before it sees the first file, and reads one after the other until its input
ends. See ``ingest.reader_process`` for the other side.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ingest import ocr
from ingest.confinement import Confinement
from ingest.errors import ReadingStopped, UnreadableDocument
from ingest.exchange import (
    FileReading,
    ReadingRequest,
    largest_answer,
    read_frame,
    write_frame,
)
from ingest.handover import Handover
from ingest.limits import OUT_OF_MEMORY, allow_processor_seconds, confine
from ingest.opening import read_opened
from ingest.passages import split
from ingest.readers import read

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest.ocr import OcrEngine, OcrLine


_TELL_SECONDS = 0.2  # between two words of how far a file is


def main() -> None:
    # What is imported at the first document counts for none: a small limit of time is for reading.
    split(read("first.md", b"# Lamps\n\nForty lamps burn on the coast."))
    post = begin()
    memory_mb, answers = post.memory_mb, post.answers
    while (message := read_frame(post.requests)) is not None:
        request = ReadingRequest.from_json(message)
        try:
            reading = _read(request, post)
            try:
                write_frame(answers, {"reading": reading.to_json()}, largest_answer(memory_mb))
            except ValueError:
                refused = FileReading(error=_too_much(request.path))
                write_frame(answers, {"reading": refused.to_json()})
        except MemoryError:
            # What is left of the memory is in pieces; whoever asks next gets a new process.
            os._exit(OUT_OF_MEMORY)


@dataclass(frozen=True, slots=True)
class Post:
    """What a confined process works with."""

    memory_mb: int
    requests: IO[bytes]
    answers: IO[bytes]
    files: Handover


def begin() -> Post:
    """Confine this process for good, and say so: the first answer.

    Its arguments are MEMORY_MB, the descriptor by which files are handed over (-1: none), and the
    program that it may start, if any.
    """
    memory_mb, descriptor, *programs = sys.argv[1:]
    requests, answers = _pipes()
    confine(int(memory_mb))
    confinement = Confinement.enter(Path(programs[0]) if programs else None)
    write_frame(answers, {"ready": True, "confinement": asdict(confinement)})
    return Post(int(memory_mb), requests, answers, Handover.inherited(int(descriptor)))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Where requests come from and answers go; what a library prints goes nowhere instead."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _read(request: ReadingRequest, post: Post) -> FileReading:
    allow_processor_seconds(request.seconds)
    found = FileReading()
    try:
        file = post.files.take(request.path, Path(request.location))
        try:
            content = read_opened(request.path, file, request.largest)
        finally:
            os.close(file)
        found = FileReading(content_hash=content.content_hash, size=content.size, mark=content.mark)
        engine = None
        if request.ocr is not None:
            engine = _ReportingEngine(_engine(request.ocr), request.page_seconds, post.answers)
        document = read(request.path, content.data, engine, _Pages(post.answers).tell)
        passages = split(document)
        # Half a surrogate pair cannot be stored.
        f"{document.text}{document.title}{document.language}{document.date}".encode()
    except UnreadableDocument as error:
        return replace(found, error=error)
    except MemoryError:
        raise
    except Exception as error:  # a reader's mistake costs one document, not the folder
        return replace(
            found,
            error=UnreadableDocument(
                request.path,
                f"the reader failed ({type(error).__name__}: {error})",
                "Save it in another format, and report this with the file if you can.",
            ),
        )
    return replace(found, document=document, passages=passages)


@functools.cache
def _engine(name: str) -> OcrEngine:
    """Its models are loaded once for all files."""
    return ocr.open_engine(name)


def _too_much(path: str) -> ReadingStopped:
    return ReadingStopped(
        path,
        "it holds more text than can be taken",
        "Split the file, or raise `reading_memory_mb`.",
    )


class _Pages:
    """Tells which page is being read, not too often."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._due = time.monotonic() + _TELL_SECONDS

    def tell(self, page: int, pages: int) -> None:
        if time.monotonic() >= self._due:
            write_frame(self._answers, {"page": page, "pages": pages})
            self._due = time.monotonic() + _TELL_SECONDS


class _ReportingEngine:
    """An engine that tells after each page that it is alive, and has its time anew."""

    def __init__(self, engine: OcrEngine, seconds: int, answers: IO[bytes]) -> None:
        self._engine = engine
        self._seconds = seconds
        self._answers = answers

    @property
    def name(self) -> str:
        return self._engine.name

    def recognise(self, image: Image, languages: Sequence[str] = ()) -> list[OcrLine]:
        lines = self._engine.recognise(image, languages)
        write_frame(self._answers, {"recognised": 1})
        allow_processor_seconds(self._seconds)
        return lines


if __name__ == "__main__":
    main()
