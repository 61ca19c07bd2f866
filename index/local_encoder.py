"""LocalEncoder: a model on this machine, compiled where it can be, else by its own library."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.compiled_encoder import CompiledEncoder
from index.compiled_model import CompiledModel, default_cache, folder_of
from index.encoder import Encoder, EncodingProgress, Notice, VectorForm
from index.model_source import ModelSource
from index.sentence_transformer_encoder import SentenceTransformerEncoder
from ingest.leftovers import remove_if_old

if TYPE_CHECKING:
    import numpy as np

_LOCK_SECONDS = 300  # for another process to finish compiling the same model
PREPARING = "Preparing the model (once; it takes about half a minute) ..."
_PROBED = 2  # sentences of the self-check that are repeated at each start: a few milliseconds
_LOG = logging.getLogger(__name__)


class LocalEncoder:
    """A sentence-transformers model in the quickest form that gives the same vectors.

    The first text compiles the model, if nobody has yet, and keeps it in ``cache``; from then on
    neither torch nor sentence-transformers is imported. Where compiling is not possible, or its
    self-check fails, sentence-transformers runs the model.

    ``notice`` gets a line before a model is compiled, which takes a while.

    Raises EncoderUnavailable at the first text where there is no such model.
    """

    def __init__(
        self,
        setting: str,
        cache: str | Path | None = None,
        notice: Notice | None = None,
    ) -> None:
        self._notice = notice
        self._source = ModelSource(setting)
        self._setting = setting
        self._cache = default_cache() if cache is None else Path(cache).expanduser()
        self.name = self._source.name
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None

    @property
    def form(self) -> VectorForm:
        return self._opened().form

    @property
    def dimension(self) -> int:
        return self._opened().dimension

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        return self._opened().encode_documents(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        return self._opened().encode_queries(texts)

    def _opened(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._compiled() or SentenceTransformerEncoder(self._setting)
            return self._encoder

    def _compiled(self) -> CompiledEncoder | None:
        """None where the model is not to be run compiled; a note then says why."""
        fingerprint = self._source.fingerprint()
        if not fingerprint:  # downloaded by sentence-transformers now, compiled the next time
            return None
        folder = folder_of(self._cache, fingerprint)
        model = CompiledModel.read(folder) or self._compile(fingerprint, folder)
        if model is None:
            return None
        if model.refused:
            _LOG.info("%s is not compiled: %s", self.name, model.refused)
            return None
        return self._checked(folder, model)

    def _checked(self, folder: Path, model: CompiledModel) -> CompiledEncoder | None:
        from index.model_export import is_like

        try:
            encoder = CompiledEncoder(self.name, folder, model)
            if is_like(encoder, folder, _PROBED):
                return encoder
            reason = "the compiled model gives other vectors on this processor"
        except Exception as error:  # onnxruntime and tokenizers have their own kinds
            reason = f"{type(error).__name__}: {error}"
        self._note(reason)
        return None

    def _compile(self, fingerprint: str, folder: Path) -> CompiledModel | None:
        """Compile the model into ``folder``, or wait for whoever is at it; None: not possible."""
        from filelock import FileLock, Timeout

        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{folder}.lock", timeout=_LOCK_SECONDS):
                model = CompiledModel.read(folder)  # of another process, meanwhile
                if model is None:
                    if self._notice is not None:
                        self._notice(PREPARING)
                    self._export(fingerprint, folder)
                    model = CompiledModel.read(folder)
                return model
        except Timeout:
            self._note("another process has been compiling it for too long")
        except (OSError, MemoryError, ImportError, NotImplementedError) as error:
            # The last: a file system without locks.
            self._note(str(error) or type(error).__name__)
        return None

    def _export(self, fingerprint: str, folder: Path) -> None:
        """Written beside and renamed: what stands in ``folder`` is whole. Raises OSError."""
        from index.model_export import export
        from index.sentence_transformer_encoder import load_model

        for other in folder.parent.glob("*.part"):  # of models that are not used any more
            remove_if_old(other)
        beside = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(beside, ignore_errors=True)  # of a process that was killed
        beside.mkdir()
        try:
            export(load_model(self._source), fingerprint, beside)
            shutil.rmtree(folder, ignore_errors=True)  # damaged
            beside.replace(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _note(self, reason: str) -> None:
        _LOG.warning(
            "The model %s runs uncompiled, which is slower (%s; compiled models are kept in %s).",
            self.name,
            reason,
            self._cache,
        )
