"""DocumentView: what the Documents tab fetches and sends: a document's text, uploads, deletion."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from assistant import Assistant
from ingest import BlockKind, Document
from ingest.limits import MEGABYTE
from ui.background_sync import BackgroundSync
from ui.errors import KNOWN_ERRORS, sentence
from ui.language import _
from ui.source import block_html
from ui.told import told
from ui.uploads import AlreadyThere, UploadRefused, Uploads

_IN_MEMORY = 4 * MEGABYTE  # of an upload; what is larger waits on the disk
LONGEST = 1_000  # characters of a path or name
LONGEST_TEXT = 2_000_000  # characters that a browser is given of one document: some 700 pages


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What came of one upload or deletion."""

    path: str = ""
    refused: str = ""  # what, why, and what to do
    there: bool = False  # refused because the same content is there already


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document's outline and whole text, as HTML in which all that is the document's is inert."""

    title: str
    path: str
    outline: str
    text: str
    language: str  # of the two; empty where it is not known
    original: bool  # whether the file itself can be opened
    readable: bool  # whether it can be read again


LIBRARY = "/library"
UPLOAD = f"{LIBRARY}/upload"  # takes files, and so more bytes than other routes


def sent_by_our_page(x_strategy: Annotated[str, Header()] = "") -> None:
    """Other sites' pages can make a browser post here, but not with a header of ours."""
    if not x_strategy:
        raise HTTPException(403, "Send the header X-Strategy: 1.")


class DocumentView:
    """Serves the texts of indexed documents; takes and deletes files where there is a folder."""

    def __init__(
        self, assistant: Assistant, background: BackgroundSync | None, uploads: Uploads | None
    ) -> None:
        self._assistant = assistant
        self._background = background
        self._uploads = uploads
        self.router = APIRouter(prefix=LIBRARY, include_in_schema=False)
        self.router.add_api_route("/document", self.show, response_model=DocumentShown)
        ours = [Depends(sent_by_our_page)]
        for name, action in ((UPLOAD.removeprefix(LIBRARY), self.upload), ("/remove", self.remove)):
            self.router.add_api_route(
                name, action, methods=["POST"], response_model=FileTaken, dependencies=ours
            )

    def show(self, document: Annotated[str, Query(max_length=LONGEST)]) -> DocumentShown:
        try:
            found = self._assistant.document(document)
        except KNOWN_ERRORS as error:
            raise HTTPException(404, told(sentence(error))) from error
        return DocumentShown(
            found.title or found.path,
            found.path,
            str(outline_html(found)),
            str(whole_html(found)),
            found.language or "",
            self._uploads is not None,
            self._background is not None,
        )

    async def upload(
        self, request: Request, name: Annotated[str, Query(max_length=LONGEST)]
    ) -> FileTaken:
        """The body is the file's content."""
        uploads = self._able()
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
            size = 0
            async for chunk in request.stream():
                await run_in_threadpool(content.write, chunk)
                size += len(chunk)
                if size > uploads.largest:
                    break  # too much already, which ``store`` says
            content.seek(0)
            try:
                path = await run_in_threadpool(uploads.store, name, content)
            except AlreadyThere as error:
                return FileTaken(error.path, str(error), there=True)
            except UploadRefused as error:
                return FileTaken(refused=str(error))
        self._came()
        return FileTaken(path)

    def remove(self, document: Annotated[str, Query(max_length=LONGEST)]) -> FileTaken:
        try:
            self._able().remove(document)
        except UploadRefused as error:
            return FileTaken(refused=str(error))
        if self._background is not None:
            self._background.deletions.add(document)
        self._came()
        return FileTaken(document)

    def _came(self) -> None:
        """The folder has changed: its index follows, whatever becomes of the page."""
        if self._background is not None:
            self._background.request()

    def _able(self) -> Uploads:
        if self._uploads is None:
            reason = _("Start the chat with a folder to upload and delete documents.")
            raise HTTPException(409, reason)
        return self._uploads


def outline_html(document: Document) -> Markup:
    """The headings, each a link to its place in the text."""
    items = [
        Markup('<li class="level-{}"><a href="#at-{}">{}</a></li>').format(
            min(max(block.level, 1), 4), block.start, document.text[block.start : block.end]
        )
        for block in document.blocks
        if block.kind is BlockKind.HEADING and block.start < LONGEST_TEXT
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")


def whole_html(document: Document) -> Markup:
    """All blocks, with a line where a page begins; of a very long document the first ones."""
    return Markup("").join(_parts(document))


def _parts(document: Document) -> Iterator[Markup]:
    pages = iter(document.pages if document.paged else ())
    page = next(pages, None)
    for block in document.blocks:
        if block.start >= LONGEST_TEXT:
            said = _("The text goes on: all of it is searched, but only this much is shown here.")
            yield Markup('<p class="remark">{}</p>').format(said)
            return
        while page is not None and page.start <= block.start:
            label = f" ({page.label})" if page.label and page.label != str(page.number) else ""
            said = _("Page {number}", number=f"{page.number}{label}")
            yield Markup('<div class="divider">{}</div>').format(said)
            if page.reason:
                yield Markup('<p class="remark">{}</p>').format(told(page.reason))
            page = next(pages, None)
        words = document.text[block.start : block.end]
        place = Markup('<span id="at-{}"></span>').format(block.start)
        named = place if block.kind is BlockKind.HEADING else Markup("")
        yield block_html(block, named + words, words)
