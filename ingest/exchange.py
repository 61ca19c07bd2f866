"""What a reading process is asked and what it answers: length-prefixed JSON, never pickle."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, astuple, dataclass, fields
from typing import IO, Any

from ingest import errors
from ingest.document import Document, Passage
from ingest.errors import UnreadableDocument
from ingest.file_mark import NO_MARK, FileMark
from ingest.limits import MEGABYTE
from ingest.structure import (
    blocks_from_json,
    pages_from_json,
    stated_from_json,
    structure_to_json,
)

_ERRORS = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, UnreadableDocument)
}
_ANSWER_SHARE = 8  # of the memory for reading: who takes the answer unpacks it several times over
_LENGTH = struct.Struct(">Q")
_STRUCTURE = {"pages", "blocks", "stated"}  # of a document, in one string
_SHARED = {"document", "content_hash", "title", "text"}  # of a passage: its document has them


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """Read one file."""

    path: str  # relative to the indexed folder
    location: str
    largest: int  # bytes
    seconds: int  # of processor time
    page_seconds: int  # the same, anew for each page that OCR reads
    ocr: str | None = None  # name of the engine; None: without OCR

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, message: dict[str, Any]) -> ReadingRequest:
        return cls(**message)


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far a file is that is being read."""

    path: str
    page: int = 0  # that is being read, from 1; 0 where it is not known
    pages: int = 0  # of how many; with OCR, of those that only it can read


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of reading one file: a document and its passages, or an error."""

    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    error: UnreadableDocument | None = None
    content_hash: str = ""  # empty where the file was not read to its end
    size: int = 0  # bytes
    mark: FileMark = NO_MARK
    seconds: float = 0.0  # from the request to the answer

    def to_json(self) -> dict[str, Any]:
        message: dict[str, Any] = {
            "content_hash": self.content_hash,
            "size": self.size,
            "mark": astuple(self.mark),
        }
        if self.error is not None:
            kind = type(self.error).__name__
            message["error"] = [kind, self.error.reason, self.error.remedy]
        if self.document is not None:
            message["document"] = _values(self.document, _STRUCTURE)
            message["structure"] = structure_to_json(self.document)
            message["passages"] = [_values(passage, _SHARED) for passage in self.passages]
        return message

    @classmethod
    def from_json(cls, path: str, message: dict[str, Any], seconds: float = 0.0) -> FileReading:
        """Raises KeyError, TypeError, ValueError, IndexError where the message makes no sense."""
        known = {name: message[name] for name in ("content_hash", "size")}
        known["mark"] = FileMark(*message["mark"])
        if "error" in message:
            kind, reason, remedy = message["error"]
            return cls(error=_ERRORS[kind](path, reason, remedy), seconds=seconds, **known)
        values = {**message["document"], "path": path}
        structure, text = message["structure"], values["text"]
        document = Document(
            **values,
            pages=pages_from_json(structure, text),
            blocks=blocks_from_json(structure),
            stated=stated_from_json(structure),
        )
        passages = tuple(_passage(document, values) for values in message["passages"])
        return cls(document, passages, seconds=seconds, **known)


def largest_answer(memory_mb: int) -> int:
    """Bytes that a document may have as an answer."""
    return memory_mb * MEGABYTE // _ANSWER_SHARE


def write_frame(stream: IO[bytes], message: dict[str, Any], largest: int = MEGABYTE) -> None:
    """Raises ValueError, before anything is written, where it has more than ``largest`` bytes."""
    body = json.dumps(message, separators=(",", ":")).encode()
    if len(body) > largest:
        raise ValueError(f"a message of {len(body)} bytes")
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes], largest: int = MEGABYTE) -> dict[str, Any] | None:
    """The next message; None where the other side is gone.

    Raises ValueError where it has more than ``largest`` bytes, or is no message.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > largest:
        raise ValueError(f"a message of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        return None
    message = json.loads(body)
    if not isinstance(message, dict):
        raise ValueError("a message that is no object")
    return message


def _values(record: Document | Passage, left_out: set[str]) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)
        if field.name not in left_out
    }


def _passage(document: Document, values: dict[str, Any]) -> Passage:
    return Passage(
        document=document.path,
        content_hash=document.content_hash,
        title=document.title,
        text=document.text[values["start"] : values["end"]],
        **{**values, "section": tuple(values["section"])},
    )
