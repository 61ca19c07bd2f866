"""What can go wrong while answering: each error says what, and what to do next.

AssistantError
 ├─ QuestionError    the question is empty, or far too long
 ├─ SettingsError    an unknown setting, or a value that cannot be
 ├─ ChatModelUnavailable  a chat model that cannot be opened
 ├─ ReaderModelUnavailable  a reader or a reranker that cannot be opened
 ├─ UnknownPage      a page that the document does not have
 └─ QuestionFileError  an evaluation file that cannot be read
"""

from __future__ import annotations


class AssistantError(Exception):
    """Answering failed; the message is written for the person who asked."""


class QuestionError(AssistantError, ValueError):
    """The question is empty, or far too long."""


class SettingsError(AssistantError, ValueError):
    """An unknown setting, or a value that cannot be."""


class ChatModelUnavailable(AssistantError):
    """The chat model of the settings cannot be opened: no package, no key, no such model."""


class ReaderModelUnavailable(AssistantError):
    """The reader or the reranker cannot be opened: no such model, or one of another kind."""


class UnknownPage(AssistantError, LookupError):
    """A page that the document does not have."""


class QuestionFileError(AssistantError):
    """An evaluation file that cannot be read."""
