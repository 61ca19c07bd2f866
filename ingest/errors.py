"""What can go wrong while reading: each error says what, which file, and what to do next.

IngestError
 ├─ FolderError             the folder to index is missing, or is not a folder
 ├─ ReaderUnavailable       the process that reads documents cannot be started
 ├─ OcrFailed               an engine could not read one image of a page
 └─ UnreadableDocument      one file could not be read; the others go on
     ├─ UnsupportedFormat   no reader for this kind of file
     ├─ EmptyDocument       nothing in it, or no text in it
     ├─ ScannedDocument     no page has honest text; OCR may read it
     ├─ DamagedDocument     not what its name says, or broken
     ├─ ProtectedDocument   needs a password
     ├─ OversizedDocument   larger than the limit
     ├─ UnopenedDocument    the disk, its permissions or another program are in the way
     │   └─ OutsideFolder   its path, or a link on the way, leads out of the folder
     └─ ReadingStopped      needed more time or memory than the limit, or crashed its reader
"""

from __future__ import annotations


class IngestError(Exception):
    """Reading failed; the message is written for the person who started it."""


class FolderError(IngestError):
    """The folder to index is missing, or is not a folder."""


class ReaderUnavailable(IngestError):
    """The process that reads documents cannot be started: no document is to blame."""


class OcrFailed(IngestError):
    """An engine could not read one image of a page; the page goes unread, the others go on."""


class UnreadableDocument(IngestError):
    """One file could not be read."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path = path
        self.reason = reason
        self.remedy = remedy


class UnsupportedFormat(UnreadableDocument):
    """No reader for this kind of file."""


class EmptyDocument(UnreadableDocument):
    """Nothing in it, or no text in it."""


class ScannedDocument(UnreadableDocument):
    """No page has honest text; OCR may read it."""


class DamagedDocument(UnreadableDocument):
    """Not what its name says, or broken."""


class ProtectedDocument(UnreadableDocument):
    """Needs a password."""


class OversizedDocument(UnreadableDocument):
    """Larger than the limit; it is not opened."""


class UnopenedDocument(UnreadableDocument):
    """The disk, its permissions or another program are in the way; the document may be sound."""


class OutsideFolder(UnopenedDocument):
    """Its path, or a link on the way, leads out of the folder: nobody opens or deletes it."""


class ReadingStopped(UnreadableDocument):
    """Needed more time or memory than the limit, or crashed its reader."""
