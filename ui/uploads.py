"""Uploads: takes files into the documents' folder and out of it, and trusts no name or content."""

from __future__ import annotations

import filecmp
import os
import re
import stat
import tempfile
import threading
import unicodedata
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.errors import FolderError, OutsideFolder, UnreadableDocument
from ingest.folder import SUFFIXES, format_of, scan, unsupported
from ingest.inside import remove_inside
from ingest.leftovers import sweep_leftovers
from ingest.limits import MEGABYTE
from ingest.readers.encoding import text_of
from ingest.readers.signature import check_name, kind_of
from ingest.samples import SAMPLES
from ui.language import _, number
from ui.told import told

LARGEST = 100 * MEGABYTE
MOST = 10_000  # documents, unless the settings say otherwise
_CHUNK = MEGABYTE
_BESIDE = ".upload-"  # what is still being written
_LONGEST_NAME = 180  # bytes of UTF-8, which leaves room for " (2)" and for what indexers append
_MOST_OF_A_NAME = 999  # files of one name
_TEXTUAL = {"csv", "html", "markdown", "rst", "text"}
_PDF_WITHIN = 1024  # bytes: readers take a PDF that begins a little later than it should
_UNSAFE = re.compile(r'[<>:"/\\|?*]+')
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names of devices


class UploadRefused(Exception):
    """A file was not taken or not removed: what, why, and what to do; nothing was changed."""


class AlreadyThere(UploadRefused):
    """The very same content stands in the folder under that name."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _("{path} is there already, with the same content. Nothing was changed.", path=path)
        )
        self.path = path


def uploads_to(folder: Path | None, most: int) -> Uploads | None:
    """None where there is no folder; the samples are the program's own, and stay as they are."""
    return None if folder is None or folder == SAMPLES else Uploads(folder, most=most)


class Uploads:
    """The documents' folder as a place to put files; safe across threads."""

    def __init__(self, folder: Path, largest: int = LARGEST, most: int = MOST) -> None:
        """``largest``: bytes that a file may have; ``most``: documents up to which some come in."""
        self.folder = folder
        self.largest = largest
        self._most = most
        sweep_leftovers(folder, _BESIDE)
        self._lock = threading.Lock()  # from counting the documents to adding one

    def store(self, name: str, content: IO[bytes]) -> str:
        """Put a file into the folder; returns its path there.

        ``name`` may be anything: its path is dropped, and what no file should be called is
        replaced. Another file of that name stays, and this one gets a number. Raises
        AlreadyThere, and UploadRefused where it is too large, is not what its name says, or where
        there are as many documents as there may be.
        """
        safe = safe_name(name)
        if format_of(safe) is None:
            raise UploadRefused(_of(safe, unsupported(safe)))
        try:
            # Hidden, so that nobody indexes it before it is whole.
            handle, beside = tempfile.mkstemp(prefix=_BESIDE, dir=self.folder)
        except OSError as error:
            raise self._unwritable(safe, error) from error
        try:
            with os.fdopen(handle, "wb") as file:
                self._copy(safe, content, file)
            _check(safe, Path(beside))
            Path(beside).chmod(0o644)
            with self._lock:
                self._check_room(safe)
                return self._place(safe, Path(beside))
        except (OSError, FolderError) as error:
            raise self._unwritable(safe, error) from error
        finally:
            Path(beside).unlink(missing_ok=True)

    def _check_room(self, name: str) -> None:
        count = sum(file.supported for file in scan(self.folder))
        if count >= self._most:
            said = _(
                "{name}: there are {count} documents already, and no more may be uploaded. Delete "
                "some, copy it into the folder on the server, or raise the setting {setting}.",
                name=name,
                count=number(count),
                setting="most_documents",
            )
            raise UploadRefused(said)

    def remove(self, path: str) -> None:
        """Delete the document at ``path``, a regular file in the folder, reached by no link.

        Raises UploadRefused.
        """
        if format_of(path) is None:
            raise UploadRefused(
                _("{path}: this is no document. Choose one from the list.", path=path)
            )
        try:
            remove_inside(self.folder, path)
        except OutsideFolder as error:
            raise UploadRefused(_of(path, error)) from error
        except (FileNotFoundError, NotADirectoryError) as error:
            said = _(
                "{path}: there is no such file in the folder any more. Re-index to bring the list "
                "up to date.",
                path=path,
            )
            raise UploadRefused(said) from error
        except OSError as error:
            said = _(
                "{path}: could not be deleted ({reason}). Check the permissions of its folder, "
                "and whether another program has it open.",
                path=path,
                reason=error.strerror or error,
            )
            raise UploadRefused(said) from error

    def _copy(self, name: str, content: IO[bytes], file: IO[bytes]) -> None:
        size = 0
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > self.largest:
                said = _(
                    "{name}: it has more than the {most} MB that may be uploaded. Split it, or "
                    "copy it into the folder on the server.",
                    name=name,
                    most=number(self.largest / MEGABYTE),
                )
                raise UploadRefused(said)
            file.write(chunk)
        if not size:
            raise UploadRefused(
                _("{name}: the file is empty. Save it again and upload that.", name=name)
            )
        file.flush()
        os.fsync(file.fileno())

    def _place(self, name: str, beside: Path) -> str:
        """Give the file its name, or the first of "name (2).pdf" and so on that is free."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        for count in range(1, _MOST_OF_A_NAME + 1):
            numbered = name if count == 1 else f"{stem} ({count}){suffix}"
            target = self.folder / numbered
            try:
                # Taking the name first is what keeps two uploads at once from one overwriting
                # the other: a rename alone asks nobody.
                os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
            except FileExistsError:
                regular = stat.S_ISREG(target.lstat().st_mode)
                if regular and filecmp.cmp(beside, target, shallow=False):
                    raise AlreadyThere(numbered) from None
                continue
            beside.replace(target)
            return numbered
        raise UploadRefused(
            _("{name}: there are too many files of this name. Give it another one.", name=name)
        )

    def _unwritable(self, name: str, error: OSError | FolderError) -> UploadRefused:
        said = _(
            "{name}: could not be saved ({reason}). Check that the folder of the documents is "
            "there, may be written to, and has room left.",
            name=name,
            reason=getattr(error, "strerror", None) or error,
        )
        return UploadRefused(said)


def safe_name(name: str) -> str:
    """A name that is one on every system; letters of all scripts stay as they are.

    "../../etc/Küsten: Plan?.pdf" becomes "Küsten_ Plan_.pdf".
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char) not in _INVISIBLE)
    name = _UNSAFE.sub("_", " ".join(name.split())).strip(". ").lstrip("~$. ")
    if "." + name.lower() in SUFFIXES:
        name = f"document.{name}"  # all of it was an ending
    if _RESERVED.match(name):
        name = f"_{name}"
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix) if suffix else name
    room = max(_LONGEST_NAME - len(suffix.encode()), 1)
    if len(stem.encode()) > room:
        stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{stem}{suffix}" or "document"


def _check(name: str, location: Path) -> None:
    """Raises UploadRefused where the content is not of the format that the name promises."""
    data = location.read_bytes()
    format = format_of(name)
    try:
        check_name(name, data)
        if format in _TEXTUAL:
            text_of(name, data)
    except UnreadableDocument as error:
        raise UploadRefused(_of(name, error)) from error
    recognised = kind_of(data) is not None or (format == "pdf" and b"%PDF-" in data[:_PDF_WITHIN])
    if format not in _TEXTUAL and not recognised:
        said = _(
            "{name}: this is no {format} file, whatever its name says. Open it to see what it is, "
            "and save it anew.",
            name=name,
            format=PurePosixPath(name).suffix[1:].upper(),
        )
        raise UploadRefused(said)


def _of(name: str, error: UnreadableDocument) -> str:
    """What the error says of this file."""
    reason = f"{told(error.reason)}. {told(error.remedy)}"
    return _("{path}: {reason}", path=name, reason=reason)
