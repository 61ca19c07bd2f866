"""SyncReport: what a sync did with every file, and Progress: how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from index.records import KnownFile
from ingest.document import PageCounts
from ingest.exchange import ReadingProgress

Action = Literal["added", "updated", "moved", "unchanged", "deleted", "failed", "skipped"]
Stage = Literal["read", "embed", "write", "ocr"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is.

    In the stage "read", ``done`` of ``total`` files are behind it and ``path`` comes next. In
    "embed", ``done`` of the ``total`` passages of ``path`` are embedded. In "write", the search
    files of the new generation are being written. In "ocr", when all other documents can be
    searched already, ``done`` of the ``total`` documents with scanned pages are behind it.
    """

    stage: Stage
    done: int
    total: int
    path: str = ""
    pages: int = 0  # read so far in this stage
    seconds_left: float | None = None  # an estimate for this stage; None: too early to say
    reading: tuple[ReadingProgress, ...] = ()  # the files under way, which may be several
    queue: tuple[str, ...] = ()  # the paths of all files that this stage must read, in order
    read: int = 0  # of them are behind it


ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    path: str  # relative to the folder, with forward slashes
    action: Action
    format: str = ""  # "pdf", "docx", ...; empty where it is not known
    pages: int = 0  # 0 where the format has no pages
    passages: int = 0
    seconds: float = 0.0  # spent on this file in this sync
    reason: str = ""  # why it, or a part of it, failed or was skipped, for people
    remedy: str = ""  # what to do about it, for people
    moved_from: str = ""  # the path that it had before

    @classmethod
    def of(cls, known: KnownFile, action: Action) -> FileOutcome:
        """What became of a file, with what the catalog remembers of it."""
        return cls(
            path=known.path,
            action=action,
            format=known.format,
            pages=known.pages,
            passages=known.passages,
            reason=known.reason,
            remedy=known.remedy,
            page_counts=known.page_counts,
        )

    page_counts: PageCounts = field(default_factory=PageCounts)  # of ``pages``


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; every file of the folder is in ``outcomes``, sorted by path."""

    outcomes: tuple[FileOutcome, ...]
    generation: int  # of the index after the sync
    embedded: int  # passages that went through the encoder
    seconds: float
    rebuilt: bool = False  # whether the index, or its search files, were built anew
    made_private: int = 0  # files and folders of the index that others could read until now

    @property
    def added(self) -> int:
        return self.count("added")

    @property
    def updated(self) -> int:
        return self.count("updated")

    @property
    def moved(self) -> int:
        return self.count("moved")

    @property
    def unchanged(self) -> int:
        return self.count("unchanged")

    @property
    def deleted(self) -> int:
        return self.count("deleted")

    @property
    def failed(self) -> int:
        return self.count("failed")

    @property
    def skipped(self) -> int:
        return self.count("skipped")

    @property
    def changed(self) -> bool:
        """Whether the documents in the index are others than before."""
        return bool(self.added or self.updated or self.moved or self.deleted)

    def count(self, action: Action) -> int:
        return sum(outcome.action == action for outcome in self.outcomes)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        actions: tuple[Action, ...] = (
            "added",
            "updated",
            "moved",
            "unchanged",
            "deleted",
            "failed",
            "skipped",
        )
        return {
            "generation": self.generation,
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "rebuilt": self.rebuilt,
            "made_private": self.made_private,
            "changed": self.changed,
            **{action: self.count(action) for action in actions},
            "files": [asdict(outcome) for outcome in self.outcomes],
        }
