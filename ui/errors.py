"""The errors that people may cause, and how each is said in one sentence."""

from __future__ import annotations

from assistant.errors import AssistantError
from index.errors import IndexingError
from ingest.errors import IngestError
from ui.language import _


class ServeError(Exception):
    """The chat cannot be served, for example because its port is taken."""


class OutputError(Exception):
    """A file that was asked for cannot be written."""


class ConversationsUnusable(Exception):
    """The file of conversations cannot be used, for example because a newer version made it."""


class UnknownConversation(Exception):
    """There is none with this id, it was deleted, or it is another user's and not shared."""

    def __init__(self) -> None:
        super().__init__(_("There is no such conversation, or it is not shared with you."))


class UserError(Exception):
    """A user's name or password that cannot be taken, or a user who is not known."""


class UsersUnusable(Exception):
    """The file of users cannot be read or changed."""


class LoginRefused(Exception):
    """A wrong name or password, or too many of them; or too many who log in at once."""

    def __init__(self, reason: str, seconds: int = 0, *, busy: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds  # to wait before the next try
        self.busy = busy  # nothing was wrong; the password was not even looked at


class TokenRefused(Exception):
    """A program's token does not cover what the program asked for."""


class TooBusy(Exception):
    """So many wait for their answer that one more would wait too long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many questions wait for their answer. Ask again in {seconds} s.")
        self.seconds = seconds  # after which there may be room


class MissingDocument(Exception):
    """A document that was asked for and is not in the index, or could not be read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: there is no such document, or it could not be read."
            " GET /api/documents lists all, with the reasons."
        )


class FolderAway(Exception):
    """The documents cannot be changed: the chat serves an index whose folder is not at hand."""

    def __init__(self) -> None:
        super().__init__(
            "The folder of the documents is not at hand, so none can be added or deleted."
            " Start the chat with it: strategy chat FOLDER"
        )


KNOWN_ERRORS = (
    IngestError,
    IndexingError,
    AssistantError,
    ServeError,
    OutputError,
    ConversationsUnusable,
    UnknownConversation,
    UserError,
    MissingDocument,
    FolderAway,
    TokenRefused,
    TooBusy,
    UsersUnusable,
)


def sentence(error: BaseException) -> str:
    """The message on one line."""
    return " ".join(str(error).split())
