"""What stands in a folder: the files to index, with their size, time and content hash."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from ingest.errors import FolderError, UnsupportedFormat
from ingest.file_mark import FileMark

SUFFIXES = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",  # with macros, which are never run
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".odt": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rst": "rst",
    ".txt": "text",
    ".text": "text",
}
READ = (
    "PDF, Word, PowerPoint, Excel, CSV, OpenDocument text, EPUB, RTF, HTML, Markdown, RST and text"
)
# Relatives of what is read, and what a person saves them as to have them read.
_SAVED_AS = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".dotx": ".docx",
    ".xls": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".numbers": ".xlsx",
    ".ppt": ".pptx",
    ".pps": ".pptx",
    ".odp": ".pptx",
    ".key": ".pptx",
    ".pages": ".docx",
    ".wpd": ".docx",
    ".fodt": ".odt",
    ".ott": ".odt",
    ".mht": ".html",
    ".mobi": ".epub",
    ".azw3": ".epub",
}

_COPY = "Put a copy of the document in its place to have it searched."
_REMOVE_LINK = "Remove the link, or leave it: it does no harm."
_OPEN_UP = "Check its permissions and its disk; what was read of it before is kept."
_MOVE_UP = "Move it further up; what was read of it before is kept."
_UNMOUNT = "Unmount it there, or leave it: it does no harm."
_DEEPEST = 100  # folders in folders; whoever nests so many has a program that runs wild
_Identity = tuple[int, int]  # of a folder on this machine: device and inode
_WORD_BREAK = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])|(?<=[A-Za-z])(?=\d{4})|[_\W]+")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the folder."""

    path: str  # relative to the folder, with forward slashes
    location: Path
    size: int  # bytes
    mtime_ns: int
    reason: str = ""  # why it is never opened, for people
    remedy: str = ""
    closed: bool = False  # a folder that cannot be looked into: what it holds is not known
    ctime_ns: int = 0  # see FileMark
    inode: int = -1

    @property
    def mark(self) -> FileMark:
        return FileMark(self.mtime_ns, self.ctime_ns, self.inode)

    @property
    def supported(self) -> bool:
        """Whether it may be opened and there is a reader for files of this name."""
        return not self.reason and format_of(self.path) is not None

    def leads_into(self, folder: Path) -> bool:
        """Whether it is a link to what stands in ``folder``, which is given resolved."""
        try:
            return self.location.resolve().is_relative_to(folder)
        except (OSError, RuntimeError):  # RuntimeError: links in a circle
            return False

    def content_hash(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        with self.location.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def format_of(path: str) -> str | None:
    """The format that a file's name promises; None where there is no reader for it."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower())


def unsupported(path: str) -> UnsupportedFormat:
    """The error for a file without a reader, with what to save it as."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _SAVED_AS:
        return UnsupportedFormat(
            path, f"{suffix} files are not read", f"Open it, save it as {_SAVED_AS[suffix]} or PDF."
        )
    return UnsupportedFormat(path, "no reader for this kind of file", f"Read are {READ}.")


def words_of_file_name(path: str) -> list[str]:
    """The words in a file's name: "Osk_2014-waterPlan.pdf" -> Osk, 2014, water, Plan."""
    return [word for word in _WORD_BREAK.split(PurePosixPath(path).stem) if word]


def scan(folder: Path, leave: Path | None = None) -> list[SourceFile]:
    """All files below ``folder``, sorted by path, but for those in the folder ``leave``.

    Hidden files and folders, and the lock files that office programs leave, are passed over.
    Links that lead out of the folder, to a folder or nowhere, and whatever is no file (a FIFO,
    a device), are listed with the reason why nobody may open them; so are folders in it that
    cannot be opened or lie too deep, as ``closed``: what stands there must not pass for deleted.

    Raises FolderError where the folder is missing, is not a folder, or cannot be opened.
    """
    if not folder.exists():
        raise FolderError(
            f"{folder}: no such folder. Check the path, or make it and put documents in."
        )
    if not folder.is_dir():
        raise FolderError(f"{folder}: this is a file. Give the folder that holds the documents.")
    root = folder.resolve()
    left = None if leave is None else leave.resolve()
    if left == root:
        return []
    return sorted(_files(root, left), key=lambda file: file.path)


def is_below(path: str, folders: Iterable[str]) -> bool:
    """Whether a path leads into one of the folders, which are relative to the same place."""
    return any(path.startswith(f"{folder}/") for folder in folders)


def _files(root: Path, leave: Path | None) -> Iterator[SourceFile]:
    """The files in no order; not by os.walk, which calls itself for each folder in a folder."""
    # Each with the identities of the folders above it.
    waiting: list[tuple[Path, tuple[_Identity, ...]]] = [(root, ())]
    while waiting:
        parent, above = waiting.pop()
        path = parent.relative_to(root).as_posix()
        if len(above) > _DEEPEST:
            yield _closed(path, parent, f"more than {_DEEPEST} folders deep", _MOVE_UP)
            continue
        try:
            state = parent.stat()
            with os.scandir(parent) as entries:
                found = list(entries)
        except OSError as error:
            if parent == root:
                raise _unopened(root, error) from error
            why = error.strerror or str(error)
            yield _closed(path, parent, f"this folder cannot be opened ({why})", _OPEN_UP)
            continue
        identity = state.st_dev, state.st_ino
        if state.st_ino and identity in above:
            yield SourceFile(path, parent, 0, -1, "a folder that holds itself", _UNMOUNT)
            continue
        for entry in found:
            location = parent / entry.name
            if entry.name.startswith((".", "~$")) or location == leave:
                continue
            if _is_folder(entry):
                waiting.append((location, (*above, identity)))
            else:
                file = _file(root, location)
                if leave is None or not file.leads_into(leave):
                    yield file


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, and no link to one: no link can lead us in a circle."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _closed(path: str, location: Path, reason: str, remedy: str) -> SourceFile:
    return SourceFile(path, location, 0, -1, reason, remedy, closed=True)


def _file(root: Path, location: Path) -> SourceFile:
    path = location.relative_to(root).as_posix()
    try:
        target = location.resolve()
        state = location.stat()
    except (OSError, RuntimeError):  # RuntimeError: links in a circle
        # Not Path.is_symlink, which raises where the folder may be listed and not entered.
        if os.path.islink(location):  # noqa: PTH114
            return SourceFile(path, location, 0, -1, "a link that leads nowhere", _REMOVE_LINK)
        # It was there a moment ago: whoever reads it says what is wrong.
        return SourceFile(path, location, 0, -1)
    if not target.is_relative_to(root):
        reason, remedy = "a link that leads out of the folder", _COPY
    elif stat.S_ISDIR(state.st_mode):
        reason, remedy = "a link to a folder, which is read where it stands", _REMOVE_LINK
    elif not stat.S_ISREG(state.st_mode):
        reason, remedy = "this is no file (a pipe, a socket or a device)", "Move it elsewhere."
    else:
        reason, remedy = "", ""
    return SourceFile(
        path, location, state.st_size, reason=reason, remedy=remedy, **asdict(FileMark.of(state))
    )


def _unopened(folder: Path, error: OSError) -> FolderError:
    return FolderError(
        f"{folder}: this folder cannot be opened ({error.strerror or error}). "
        "Check its permissions; nothing was changed."
    )
