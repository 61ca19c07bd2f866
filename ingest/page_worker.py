"""The process that draws pages of untrusted PDFs: `python -m ingest.page_worker MEMORY_MB ...`.

It confines itself before it sees the first file. It keeps the latest file open, since who looks at
one page looks at the next. See ``ingest.page_renderer`` for the other side.
"""

from __future__ import annotations

import base64
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from ingest.errors import UnreadableDocument
from ingest.exchange import largest_answer, read_frame, write_frame
from ingest.handover import Handover
from ingest.limits import OUT_OF_MEMORY, allow_processor_seconds
from ingest.opening import read_opened
from ingest.page_marks import marks
from ingest.worker import begin

_MOST_PIXELS = 16_000_000
_QUALITY = 82  # of WebP: letters have no fringes, and a page takes 60 to 200 kB
_EFFORT = 2  # of 6; a page is encoded in a tenth of a second


@dataclass(frozen=True, slots=True)
class _OpenFile:
    state: tuple[int, ...]  # place on the disk, size and time: whether a file is still this one
    content_hash: str
    pdf: pdfium.PdfDocument


def main() -> None:
    post = begin()
    opened: _OpenFile | None = None
    while (request := read_frame(post.requests)) is not None:
        allow_processor_seconds(int(request["seconds"]))
        try:
            opened = _open(request, post.files, opened)
            answer = _answer(request, opened)
        except (OSError, UnreadableDocument, pdfium.PdfiumError) as error:
            answer = {"error": str(error)}
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        write_frame(post.answers, answer, largest_answer(post.memory_mb))


def _open(request: dict[str, Any], files: Handover, opened: _OpenFile | None) -> _OpenFile:
    file = files.take(request["path"], Path(request["location"]))
    try:
        found = os.fstat(file)
        state = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if opened is not None:
            if opened.state == state:
                return opened
            opened.pdf.close()
        content = read_opened(request["path"], file, int(request["largest"]))
    finally:
        os.close(file)
    return _OpenFile(state, content.content_hash, pdfium.PdfDocument(content.data))


def _answer(request: dict[str, Any], opened: _OpenFile) -> dict[str, Any]:
    answer: dict[str, Any] = {"content_hash": opened.content_hash, "pages": len(opened.pdf)}
    number = int(request["page"])
    if opened.content_hash != request["content_hash"] or not 1 <= number <= len(opened.pdf):
        return answer
    page = opened.pdf[number - 1]
    try:
        answer["size"] = page.get_size()
        if request.get("width"):
            answer["image"] = base64.b64encode(_image(page, int(request["width"]))).decode()
        if request.get("quote"):
            found = marks(page, request["quote"], float(request["position"]))
            answer["marks"] = [list(box) for box in found]
    finally:
        page.close()
    return answer


def _image(page: pdfium.PdfPage, width: int) -> bytes:
    """WebP, ``width`` pixels wide; a page of an absurd shape is drawn more coarsely."""
    wide, high = page.get_size()
    scale = min(width / max(wide, 1.0), (_MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale)
    try:
        written = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(written, "WEBP", quality=_QUALITY, method=_EFFORT)
        return written.getvalue()
    finally:
        bitmap.close()


if __name__ == "__main__":
    main()
