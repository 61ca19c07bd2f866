"""What can go wrong with an index: each error says what, which index, and what to do next.

IndexingError
 ├─ NoDocuments         the folder holds nothing that can be read; the index is as it was
 ├─ OtherFolder         the index holds the documents of another folder
 ├─ IndexMissing        no index at that place yet
 ├─ IndexDamaged        the catalog cannot be read; it has to be built anew
 │   └─ DocumentDamaged  or what it holds of one document cannot be trusted
 ├─ IndexForeign        what stands there is not an index, or one of a newer version
 ├─ IndexBusy           somebody else is writing; waiting helps
 ├─ IndexUnwritable     no permission, or no room on the disk
 ├─ EncoderMismatch     the index was made by another encoder
 │   └─ WeightsMismatch  or by one of that name with other weights
 ├─ EncoderUnavailable  the model is missing, or is not what it should be
 ├─ IndexExists         what stands there was not asked to be replaced
 ├─ ArchiveUnusable     an exported index cannot be written, or is none
 └─ UnknownDocument     a search was limited to a document that is not in the index
"""

from __future__ import annotations

import shlex
from pathlib import Path


class IndexingError(Exception):
    """Indexing or searching failed; the message is written for the person who started it."""


class NoDocuments(IndexingError):
    """The folder holds nothing that can be read."""


class OtherFolder(IndexingError):
    """The index holds the documents of another folder, and this one has none of them."""

    def __init__(self, index_dir: Path, indexed: str, given: Path) -> None:
        super().__init__(
            f"{index_dir}: this index holds the documents of {indexed}, and none of them is in "
            f"{given}. Give that folder an index of its own, for example with --index "
            f"{_quoted(_beside(index_dir, given))}, or replace this one with: "
            f"strategy index {_quoted(given)} --index {_quoted(index_dir)} --rebuild"
        )


class IndexMissing(IndexingError):
    """No index at that place yet."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(
            f"{index_dir}: no index here yet. "
            f"Make it with: strategy index FOLDER --index {_quoted(index_dir)}"
        )
        self.index_dir = index_dir


class IndexDamaged(IndexingError):
    """The catalog cannot be read."""

    def __init__(self, index_dir: Path, reason: str) -> None:
        super().__init__(
            f"{index_dir}: this index is damaged ({reason}). "
            f"Build it anew with: {rebuild_command(index_dir)}"
        )


class DocumentDamaged(IndexDamaged):
    """What the catalog holds of one document is not what was written; the others are sound."""

    def __init__(self, index_dir: Path, path: str) -> None:
        IndexingError.__init__(
            self,
            f"{path}: what the index holds of this document is damaged, so nothing of it is "
            f"quoted. Read it again with: strategy check --index {_quoted(index_dir)}",
        )
        self.path = path


class IndexForeign(IndexingError):
    """What stands there is not an index, or one of a newer version."""


class IndexBusy(IndexingError):
    """Somebody else is writing."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(
            f"{index_dir}: another run is updating this index. "
            "Wait until it is done, then try again."
        )


class IndexUnwritable(IndexingError):
    """No permission, or no room on the disk."""

    def __init__(self, index_dir: Path, reason: str) -> None:
        super().__init__(
            f"{index_dir}: this index cannot be written ({reason}). Check the permissions and "
            "the room on the disk, or choose another place with --index."
        )


class EncoderMismatch(IndexingError):
    """The index was made by another encoder: its vectors mean nothing to this one."""

    def __init__(self, index_dir: Path, indexed: str, given: str) -> None:
        super().__init__(
            f"{index_dir}: this index was made by the encoder {indexed}, and the setting `encoder` "
            f"says {given}. Set `encoder` to {indexed}, or build the index anew with: "
            f"{rebuild_command(index_dir)}"
        )


class WeightsMismatch(EncoderMismatch):
    """The model has still the same name or folder, and is not the one that made the index."""

    def __init__(self, index_dir: Path, encoder: str) -> None:
        IndexingError.__init__(
            self,
            f"{index_dir}: the model {encoder} has been changed since it made this index. Put the "
            f"former one back, or build the index anew with: {rebuild_command(index_dir)}",
        )


class EncoderUnavailable(IndexingError):
    """The model is missing, or is not what it should be."""


class IndexExists(IndexingError):
    """Something would be written over that nobody asked to replace."""


class ArchiveUnusable(IndexingError):
    """A file that should hold an index cannot be written, or does not hold one."""


class UnknownDocument(IndexingError):
    """A search was limited to a document that is not in the index."""


def rebuild_command(index_dir: Path) -> str:
    """The command that builds an index anew."""
    return f"strategy index FOLDER --index {_quoted(index_dir)} --rebuild"


def _quoted(path: Path) -> str:
    """As a shell wants it: names with spaces are common."""
    return shlex.quote(str(path))


def _beside(index_dir: Path, folder: Path) -> Path:
    """A place for the index of another folder: "index-of-plans" beside "index"."""
    return index_dir.with_name(f"{index_dir.name}-of-{folder.resolve().name}")
