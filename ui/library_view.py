"""LibraryView: what the Documents tab asks for while it is looked at: its state and its rows.

All of it is the server's: a tab that is closed changes nothing, and all tabs see the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query

from assistant import Assistant
from index import DocumentInfo
from ui.background_sync import BackgroundSync, SyncState
from ui.document_table import DocumentTable, Rows
from ui.document_view import LIBRARY, LONGEST, sent_by_our_page
from ui.errors import KNOWN_ERRORS, sentence
from ui.language import _
from ui.library import summary_html
from ui.sync_view import FileState, file_states, progress_html

RUNNING_SECONDS = 0.6  # between two looks while documents are being read
FOLLOWING_SECONDS = 2.0  # between two looks for changes that nobody on this page asked for
_MOST_ROWS = 5_000  # at once


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the tab shows above the table, and of the files under way."""

    version: str  # another one where the documents are others
    running: bool
    able: bool  # whether there can be a run
    again: float  # seconds after which it is worth another look
    label: str  # of the button that re-indexes
    files: list[FileState] = field(default_factory=list)
    progress: str | None = None  # HTML; None: as it was
    summary: str | None = None  # the same


class LibraryView:
    """Serves the state of the documents; begins runs where there is a folder."""

    def __init__(
        self,
        assistant: Assistant,
        background: BackgroundSync | None,
        *,
        followed: bool,
        removable: bool,
    ) -> None:
        """``followed``: runs begin by themselves; ``removable``: documents may be deleted."""
        self._assistant = assistant
        self._background = background
        self._followed = followed
        self._removable = removable
        self._table = DocumentTable()
        self.router = APIRouter(prefix=LIBRARY, include_in_schema=False)
        self.router.add_api_route("/state", self.state, response_model=LibraryState)
        self.router.add_api_route("/rows", self.rows, response_model=Rows)
        ours = [Depends(sent_by_our_page)]
        self.router.add_api_route("/again", self.again, methods=["POST"], dependencies=ours)

    def state(self, seen: Annotated[str, Query(max_length=100)] = "") -> LibraryState:
        """``seen`` is the version that the page shows."""
        background = self._background
        state = background.state if background else SyncState()
        version, documents = "", list[DocumentInfo]()
        try:
            version = self._version()
            documents = self._assistant.documents() if version != seen else []
        except KNOWN_ERRORS as error:
            state = SyncState(running=state.running, error=sentence(error))
        same = version == seen != ""
        return LibraryState(
            version=version,
            running=state.running,
            able=background is not None,
            again=RUNNING_SECONDS if state.running else FOLLOWING_SECONDS,
            label=_("Re-indexing…") if state.running else _("Re-index"),
            files=file_states(state, background.waiting if background else ()),
            # What the latest run did may be thousands of lines: not at every look.
            progress=None if same and not state.running else progress_html(state),
            summary=None if same else self._summary(documents),
        )

    def rows(
        self,
        words: Annotated[str, Query(max_length=LONGEST)] = "",
        count: Annotated[int, Query(ge=1, le=_MOST_ROWS)] = 200,
    ) -> Rows:
        """The first rows of the documents that hold all the words."""
        try:
            return self._table.rows(
                self._assistant.documents,
                self._version(),
                words,
                count,
                removable=self._removable,
                readable=self._background is not None,
            )
        except KNOWN_ERRORS:  # which ``state`` tells
            return Rows("", 0)

    def again(
        self,
        document: Annotated[str, Query(max_length=LONGEST)] = "",
        failed: bool = False,
    ) -> None:
        """Re-index one document, or what could not be read, or else all that has changed."""
        if self._background is None:
            raise HTTPException(409, _("Start the chat with a folder to re-index from here."))
        self._background.request([document] if document else (), retry=failed)

    def _version(self) -> str:
        runs = self._background.runs if self._background else 0
        return f"{self._assistant.generation}.{runs}"

    def _summary(self, documents: list[DocumentInfo]) -> str:
        background = self._background
        folder = background.folder if background else None
        change = background.last_change if background else None
        return summary_html(documents, folder, change, followed=self._followed)
