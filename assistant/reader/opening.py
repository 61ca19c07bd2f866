"""Which reader and which reranker the settings name, and whether they can be used."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ReaderModelUnavailable
from assistant.reader.compiled_reader import CompiledReader
from assistant.reader.reader import Reader
from assistant.reader.reranker import CrossEncoderReranker, Reranker
from assistant.reader.transformers_reader import TransformersReader
from assistant.reader.weights import PACKAGED, is_compiled

DEFAULT_READER = "strategy-reader"  # the one that the package carries
NO_MODEL = "none"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether the model of a setting is used, told without loading it."""

    setting: str  # "reader" or "reranker"
    name: str
    used: bool
    reason: str = ""  # why not, where it was meant to be

    def __str__(self) -> str:
        if self.reason:
            return f"no {self.setting}: {self.reason}"
        return f"{self.setting} {self.name if self.used else NO_MODEL}"


def open_reader(setting: str = DEFAULT_READER) -> Reader | None:
    """The reader that a setting names; its weights are loaded with the first text.

    - ``strategy-reader``: the one that the package carries. None where it is missing or damaged:
      answers are made without; the log and `strategy status` say so.
    - ``none``: None.
    - a folder with a compiled reader, as tests/training/export_reader.py writes it.
    - any other folder, or a name on the Hugging Face hub: a model of transformers for question
      answering, as ``deepset/tinyroberta-squad2``.

    Raises ReaderModelUnavailable where a reader that somebody named cannot be used.
    """
    try:
        return _reader(setting)
    except ReaderModelUnavailable as error:
        if setting != DEFAULT_READER:
            raise
        _LOG.info("Answers are made without a reader: %s", error)
        return None


def open_reranker(setting: str = NO_MODEL) -> Reranker | None:
    """The reranker that a setting names; None for ``none``.

    Raises ReaderModelUnavailable where it cannot be used.
    """
    return None if setting == NO_MODEL else CrossEncoderReranker(setting)


def reader_state(setting: str) -> ModelState:
    """Whether the reader of a setting is used."""
    try:
        return ModelState("reader", setting, _reader(setting) is not None)
    except ReaderModelUnavailable as error:
        return ModelState("reader", setting, False, str(error))


def reranker_state(setting: str) -> ModelState:
    """Whether the reranker of a setting is used."""
    try:
        return ModelState("reranker", setting, open_reranker(setting) is not None)
    except ReaderModelUnavailable as error:
        return ModelState("reranker", setting, False, str(error))


def _reader(setting: str) -> Reader | None:
    """Raises ReaderModelUnavailable."""
    if setting == NO_MODEL:
        return None
    if setting == DEFAULT_READER:
        try:
            return CompiledReader(setting, PACKAGED)
        except ReaderModelUnavailable as error:
            raise ReaderModelUnavailable(
                f"the reader that the package carries cannot be used ({error}). "
                "Install strategy-assistant again, or set `reader` to none."
            ) from error
    folder = Path(setting).expanduser()
    if is_compiled(folder):
        try:
            return CompiledReader(setting, folder)
        except ReaderModelUnavailable as error:
            raise ReaderModelUnavailable(
                f"The setting `reader` names {setting}, which cannot be used ({error}). "
                "Export it again, or set `reader` to none."
            ) from error
    return TransformersReader(setting)
