"""Errand: what Python asks the page's script to do, as JSON."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class File:
    """A file to be saved by the browser."""

    name: str
    kind: str  # media type
    content: bytes


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done; whatever is left out stays as it is."""

    conversation: str | None = None  # the one shown from now on; "": a new one
    title: str = ""  # its title
    limits: tuple[str, ...] | None = None  # the documents that it searches
    own: bool = True  # False: it can only be read
    by: str = ""  # whose it is, where it is not the reader's
    asked: bool = False  # a question was asked: bring it into view
    busy: bool | None = None  # whether an answer is under way
    follow: bool = False  # its latest answer is under way
    revising: bool | None = None  # whether the next question replaces the latest
    question: str | None = None  # what is to stand in the text box
    type: bool = False  # the person goes on typing
    text: str = ""  # for the clipboard
    file: File | None = None
    number: int = field(default_factory=time.monotonic_ns)  # two alike are two errands

    def to_json(self) -> str:
        plain = asdict(self)
        if self.file is not None:
            plain["file"]["content"] = base64.b64encode(self.file.content).decode()
        return json.dumps(plain)
