"""The errors that people may cause, and how each is said in one sentence."""

from __future__ import annotations

from assistant.errors import AssistantError
from index.errors import IndexingError
from ingest.errors import IngestError


class ServeError(Exception):
    """The chat cannot be served, for example because its port is taken."""


class OutputError(Exception):
    """A file that was asked for cannot be written."""


KNOWN_ERRORS = (IngestError, IndexingError, AssistantError, ServeError, OutputError)


def sentence(error: BaseException) -> str:
    """The message on one line."""
    return " ".join(str(error).split())
