"""PageView: what the source panel fetches: a page's image and text, the quote's place, the file."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from assistant import Assistant
from ingest import Document, ReadingLimits
from ingest.errors import OutsideFolder
from ingest.inside import find_inside, open_inside
from ingest.limits import MEGABYTE
from ingest.page_renderer import PagePart, PageRenderer
from ui.errors import KNOWN_ERRORS, sentence
from ui.language import _
from ui.opened_file import OpenedFile
from ui.source import page_html
from ui.told import told

_CACHE = 64 * MEGABYTE
_WAITING = 16  # requests for a page at a time; more are told to come again
_LONGEST_PATH = 1_000
_HASH = r"^[0-9a-f]{64}$"
# A file is somebody else's: whatever it holds, it runs nothing here and asks nobody.
_FILE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"

WIDTHS = (800, 1200, 1800, 2400)  # pixels: few, so that pages are found in the cache again
DocumentPath = Annotated[str, Query(alias="document", min_length=1, max_length=_LONGEST_PATH)]
Number = Annotated[int, Query(ge=1, le=100_000)]
Version = Annotated[str, Query(pattern=_HASH)]
Offset = Annotated[int, Query(ge=0, le=1 << 40)]


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page for the panel; without ``image`` there is text alone, and ``remark`` says why."""

    page: int
    pages: int
    label: str | None
    text: str  # HTML, everything from the document escaped
    image: str = ""  # address, to which a width is added
    ratio: float = 0.0  # height through width
    marks: tuple[tuple[float, float, float, float], ...] = ()  # left, top, width, height in percent
    remark: str = ""


class PageView:
    """Serves pages and files of indexed documents, and of nothing else."""

    def __init__(
        self, assistant: Assistant, folder: Path | None, limits: ReadingLimits | None = None
    ) -> None:
        """``folder`` holds the documents; with None there is their text alone."""
        self._assistant = assistant
        self._folder = folder.resolve() if folder is not None else None
        self._renderer = PageRenderer(limits)
        self._cache = _ImageCache(_CACHE)
        self._waiting = threading.BoundedSemaphore(_WAITING)
        self.router = APIRouter(prefix="/source", include_in_schema=False)
        self.router.add_api_route("/view", self.view, response_model=PageShown)
        self.router.add_api_route("/page", self.image, response_class=Response)
        self.router.add_api_route("/file", self.file, response_class=Response)

    def view(
        self, path: DocumentPath, page: Number, version: Version, start: Offset = 0, end: Offset = 0
    ) -> PageShown:
        """A page with the part of ``[start, end)`` that stands on it."""
        document = self._document(path)
        if not document.paged or page > len(document.pages):
            raise HTTPException(404, _("{path} has no page {page}.", path=path, page=page))
        leaf = document.pages[page - 1]
        if document.content_hash != version:
            remark = _("This document has changed since the answer was given.")
            return PageShown(page, len(document.pages), leaf.label, "", remark=remark)
        text = str(page_html(document, page, start, end))
        shown = PageShown(page, len(document.pages), leaf.label, text)
        location = self._location(document)
        if location is None:
            remark = _("The file is not where it was: this is the indexed text.")
            return _without_image(shown, remark)
        quote = document.text[max(start, leaf.start) : min(end, leaf.end)].strip()
        position = (start - leaf.start) / max(leaf.end - leaf.start, 1) if quote else 0.0
        with _Turn(self._waiting):
            drawn = self._renderer.render(
                PagePart(path, location, version, page, quote=quote, position=max(position, 0.0))
            )
        if drawn.changed:
            remark = _("The file has changed since it was indexed: this is the indexed text.")
            return _without_image(shown, remark)
        if drawn.error or not drawn.width:
            remark = " ".join(filter(None, (told(drawn.error), _("This is the indexed text."))))
            return _without_image(shown, remark)
        remark = ""
        if quote and not drawn.marks:
            remark = _("The words were not found on the picture of the page; see them under Text.")
        query = urlencode({"document": path, "page": page, "version": version})
        return PageShown(
            page,
            len(document.pages),
            leaf.label,
            text,
            f"source/page?{query}",
            drawn.height / drawn.width,
            tuple((100 * a, 100 * b, 100 * (c - a), 100 * (d - b)) for a, b, c, d in drawn.marks),
            remark,
        )

    def image(
        self,
        request: Request,
        path: DocumentPath,
        page: Number,
        version: Version,
        width: int = WIDTHS[1],
    ) -> Response:
        """The picture of a page, as WebP."""
        if width not in WIDTHS:
            raise HTTPException(422, f"Pages are drawn {', '.join(map(str, WIDTHS))} pixels wide.")
        document = self._document(path)
        location = self._location(document)
        if document.content_hash != version or location is None or page > len(document.pages):
            raise HTTPException(404, _("{path} has no such page any more.", path=path))
        tag = f'"{version[:24]}-{page}-{width}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        image = self._cache.get(tag)
        if image is None:
            with _Turn(self._waiting):
                drawn = self._renderer.render(PagePart(path, location, version, page, width))
            if not drawn.image:
                changed = _("{path} has changed since.", path=path)
                raise HTTPException(404, told(drawn.error) or changed)
            image = drawn.image
            self._cache.put(tag, image)
        return Response(image, media_type="image/webp", headers=headers)

    def file(self, path: DocumentPath) -> Response:
        """The file itself: a PDF to look at, everything else to keep."""
        document = self._document(path)
        is_pdf = document.format == "pdf"
        gone = _("{path} is not in the folder any more.", path=path)
        try:
            if self._folder is None or self._location(document) is None:
                raise FileNotFoundError(path)
            descriptor = open_inside(self._folder, path)
        except (OSError, OutsideFolder) as error:
            raise HTTPException(404, gone) from error
        return OpenedFile(
            descriptor,
            self._folder / path,
            media_type="application/pdf" if is_pdf else "application/octet-stream",
            filename=PurePosixPath(path).name,
            content_disposition_type="inline" if is_pdf else "attachment",
            headers={
                "Content-Security-Policy": _PDF_POLICY if is_pdf else _FILE_POLICY,
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-cache",
            },
        )

    def _document(self, path: str) -> Document:
        try:
            return self._assistant.document(path)
        except KNOWN_ERRORS as error:
            raise HTTPException(404, told(sentence(error))) from error

    def _location(self, document: Document) -> Path | None:
        """Where its file stands; None where it does not, or not inside the folder."""
        return None if self._folder is None else find_inside(self._folder, document.path)


class _Turn:
    """Waiting for the one process that draws, among not too many."""

    def __init__(self, waiting: threading.BoundedSemaphore) -> None:
        self._waiting = waiting

    def __enter__(self) -> None:
        if not self._waiting.acquire(blocking=False):
            raise HTTPException(503, _("Many pages are being drawn; try again in a moment."))

    def __exit__(self, *_: object) -> None:
        self._waiting.release()


class _ImageCache:
    """The latest images, of at most ``largest`` bytes together."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._lock = threading.Lock()
        self._images: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, tag: str) -> bytes | None:
        with self._lock:
            if tag in self._images:
                self._images.move_to_end(tag)
            return self._images.get(tag)

    def put(self, tag: str, image: bytes) -> None:
        with self._lock:
            self._size += len(image) - len(self._images.pop(tag, b""))
            self._images[tag] = image
            while self._size > self._largest:
                _tag, oldest = self._images.popitem(last=False)
                self._size -= len(oldest)


def _without_image(shown: PageShown, remark: str) -> PageShown:
    return PageShown(shown.page, shown.pages, shown.label, shown.text, remark=remark)
