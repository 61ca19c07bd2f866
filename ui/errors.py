"""The errors that people may cause, and how each is said in one sentence."""

from __future__ import annotations

from assistant.errors import AssistantError
from index.errors import IndexingError
from ingest.errors import IngestError


class ServeError(Exception):
    """The chat cannot be served, for example because its port is taken."""


class OutputError(Exception):
    """A file that was asked for cannot be written."""


class ConversationsUnusable(Exception):
    """The file of conversations cannot be used, for example because a newer version made it."""


class UnknownConversation(Exception):
    """There is none with this id, it was deleted, or it is another user's and not shared."""

    def __init__(self) -> None:
        super().__init__("There is no such conversation, or it is not shared with you.")


KNOWN_ERRORS = (
    IngestError,
    IndexingError,
    AssistantError,
    ServeError,
    OutputError,
    ConversationsUnusable,
    UnknownConversation,
)


def sentence(error: BaseException) -> str:
    """The message on one line."""
    return " ".join(str(error).split())
