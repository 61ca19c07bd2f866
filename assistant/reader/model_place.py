"""NamedModel: where the files of a reader or reranker are that a setting names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ReaderModelUnavailable

_HUB_TIMEOUT = 10.0  # seconds
_FILES = ("*.json", "*.txt", "*.model", "*.safetensors")  # no pickles, no copies for others


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model by a folder, or by its name on the Hugging Face hub."""

    setting: str  # "reader" or "reranker"
    name: str
    kind: str  # what it has to be, for people: "a transformers model for question answering"

    def folder(self) -> Path | None:
        """Where the files are; None while they have still to be downloaded.

        Raises ReaderModelUnavailable where the name is a path and there is no such folder.
        """
        local = Path(self.name).expanduser()
        if local.is_dir():
            return local.resolve()
        if local.is_absolute() or self.name.startswith((".", "~")):
            raise ReaderModelUnavailable(
                f"The setting `{self.setting}` names the folder {self.name}, which does not exist. "
                f"Check the path, or {self._otherwise}."
            )
        return _downloaded(self.name)

    def fetched(self) -> Path:
        """The folder, downloaded where need be. Raises ReaderModelUnavailable."""
        return self.folder() or self._download()

    def require_head(self, *heads: str) -> None:
        """Raise ReaderModelUnavailable where config.json says that it is another kind of model.

        What is still to be downloaded passes.
        """
        folder = self.folder()
        if folder is None:
            return
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            made = [str(name) for name in config.get("architectures") or ()]
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise self.unusable("its folder holds no readable config.json") from error
        if not any(head in name for head in heads for name in made):
            raise self.unusable(f"config.json calls it {made[0] if made else 'nothing'}")

    def unusable(self, reason: str | Exception) -> ReaderModelUnavailable:
        """The error that says so, in one sentence and what to do."""
        said = (str(reason).strip().splitlines() or [type(reason).__name__])[0].rstrip(".")
        return ReaderModelUnavailable(
            f"The setting `{self.setting}` names {self.name}, which cannot be used as {self.kind} "
            f"({said}). Check it, or {self._otherwise}."
        )

    @property
    def _otherwise(self) -> str:
        return f"set `{self.setting}` to none"

    def _download(self) -> Path:
        """One request decides, where the libraries would retry for a minute."""
        from huggingface_hub import HfApi, snapshot_download
        from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError
        from huggingface_hub.utils.tqdm import disable_progress_bars

        advice = (
            f"Set `{self.setting}` to the folder of such a model, fetch it where there is a "
            f"network with: hf download {self.name}, or {self._otherwise}."
        )
        try:
            HfApi().model_info(self.name, timeout=_HUB_TIMEOUT)
            disable_progress_bars()
            return Path(snapshot_download(self.name, allow_patterns=list(_FILES)))
        except (HFValidationError, RepositoryNotFoundError) as error:
            raise ReaderModelUnavailable(
                f"The setting `{self.setting}` names the model {self.name}, which is neither a "
                f"folder nor a model on the Hugging Face hub. {advice}"
            ) from error
        except Exception as error:  # offline mode, no route, proxy, time-out: each its own kind
            raise ReaderModelUnavailable(
                f"The setting `{self.setting}` names the model {self.name}, which is neither a "
                f"folder nor downloaded already, and the Hugging Face hub cannot be reached. "
                f"{advice}"
            ) from error


def _downloaded(name: str) -> Path | None:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception:  # no name that the hub could have, or not downloaded: each its own kind
        return None
