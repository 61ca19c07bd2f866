"""State, KnownFile, StoredPassage: the rows of the catalog."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.document import PageCounts, Passage
from ingest.file_mark import FileMark


@dataclass(frozen=True, slots=True)
class State:
    """What an index says about itself."""

    generation: int = 0  # 0: nothing was synced yet
    encoder: str = ""
    weights: str = ""  # fingerprint of the encoder's model; empty where it is not known
    arithmetic: str = ""  # by which its vectors were computed; several: joined by " and "
    dimension: int = 0
    text_pipeline: int = 0
    folder: str = ""  # what was synced last
    layout: int = 0  # version of the search files
    # search file -> XXH3, bytes, time of the last change in nanoseconds
    files: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the catalog remembers of a file: a document, or a failure to read one."""

    path: str
    content_hash: str  # empty where the file could not even be opened
    format: str
    size: int  # bytes
    mark: FileMark
    pages: int = 0
    passages: int = 0
    failed: bool = False
    reason: str = ""
    remedy: str = ""
    text_pipeline: int = 0  # that it was read with
    ocr: str = ""  # the engine that was tried; empty: none
    awaits_ocr: bool = False  # whether there are pages that only OCR can read
    limits: str = ""  # the limits that reading it broke
    page_counts: PageCounts = field(default_factory=PageCounts)


@dataclass(frozen=True, slots=True)
class ForgottenFile:
    """A file that is not to be read for as long as it is as it was."""

    path: str
    content_hash: str  # empty where the file could not even be opened
    size: int  # bytes
    mark: FileMark


@dataclass(frozen=True, slots=True)
class StoredPassage:
    id: int
    passage: Passage
    language: str | None
