"""ReaderWeights: a compiled reader as it is kept in a folder, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import ReaderModelUnavailable

GRAPH, TOKENIZER, MANIFEST = "model.onnx", "tokenizer.json", "manifest.json"
PACKAGED = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """What stands in the manifest."""

    base: str  # the model that the training began from
    revision: str  # which training made it
    tokens: int  # that it takes at a time: question, text and signs between them
    sha256: dict[str, str]  # file -> checksum

    @classmethod
    def read(cls, folder: Path) -> ReaderWeights:
        """What is kept there, checked. Raises ReaderModelUnavailable with the reason alone."""
        try:
            kept = cls(**json.loads((folder / MANIFEST).read_text("utf-8")))
            whole = {name: _sha256(folder / name) == kept.sha256[name] for name in _FILES}
        except FileNotFoundError as error:
            raise ReaderModelUnavailable(f"{error.filename} is missing") from error
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ReaderModelUnavailable(f"{folder / MANIFEST} cannot be used") from error
        for name, intact in whole.items():
            if not intact:
                raise ReaderModelUnavailable(f"{folder / name} is damaged")
        return kept

    @classmethod
    def write(cls, folder: Path, base: str, revision: str, tokens: int) -> ReaderWeights:
        """Write the manifest of the files in ``folder``, after them. Raises OSError."""
        kept = cls(base, revision, tokens, {name: _sha256(folder / name) for name in _FILES})
        (folder / MANIFEST).write_text(json.dumps(asdict(kept), indent=2) + "\n", "utf-8")
        return kept


_FILES = (GRAPH, TOKENIZER)


def is_compiled(folder: Path) -> bool:
    """Whether a folder holds a reader of this kind, be it whole or not."""
    return (folder / MANIFEST).is_file() and (folder / GRAPH).is_file()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
