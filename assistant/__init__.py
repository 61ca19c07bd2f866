"""Questions in, answers with checked citations out."""

import ingest.telemetry  # noqa: F401 - first: libraries read its switches when imported

# isort: split

from assistant.answer import Answer, Citation, History, Turn
from assistant.assistant import Assistant, answer
from assistant.errors import (
    AssistantError,
    ChatModelUnavailable,
    QuestionError,
    QuestionFileError,
    ReaderModelUnavailable,
    SettingsError,
    UnknownPage,
)
from assistant.evaluation import Evaluation, evaluate
from assistant.settings import Settings

__all__ = [
    "Answer",
    "Assistant",
    "AssistantError",
    "ChatModelUnavailable",
    "Citation",
    "Evaluation",
    "History",
    "QuestionError",
    "QuestionFileError",
    "ReaderModelUnavailable",
    "Settings",
    "SettingsError",
    "Turn",
    "UnknownPage",
    "answer",
    "evaluate",
]
