"""CompiledModel: a model compiled for onnxruntime, as it is kept in a folder of the cache."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

RECIPE = 1  # raise it whenever the same model would be compiled into something else
INT8 = f"int8-{RECIPE}"  # an arithmetic of its own: another recipe rounds otherwise
GRAPH, TOKENIZER, REFERENCE, MANIFEST = "model.onnx", "tokenizer.json", "check.npy", "manifest.json"


@dataclass(frozen=True, slots=True)
class CompiledModel:
    """What stands in a folder of the cache; ``arithmetic`` is empty for a model that was refused.

    A refusal is kept too, so that a model that cannot be compiled is tried once, not at every
    start.
    """

    fingerprint: str  # of the model's source
    arithmetic: str = ""  # "int8-" and the recipe, or "float32"
    refused: str = ""  # why sentence-transformers has to run it
    dimension: int = 0
    token_types: bool = False  # whether the graph takes token_type_ids beside input_ids
    query_prompt: str = ""
    document_prompt: str = ""
    # Cosines to sentence-transformers of the sentences of the self-check, in their order.
    cosines: tuple[float, ...] = ()
    checksums: dict[str, int] = field(default_factory=dict)  # file -> CRC-32

    @classmethod
    def read(cls, folder: Path) -> CompiledModel | None:
        """What is kept there; None where nothing is, or where it is not whole."""
        try:
            kept = json.loads((folder / MANIFEST).read_text("utf-8"))
            model = cls(**{**kept, "cosines": tuple(kept["cosines"])})
            whole = all(checksum(folder / name) == known for name, known in model.checksums.items())
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return model if whole else None

    def write(self, folder: Path) -> None:
        """Write the manifest, after all other files: what has one is whole. Raises OSError."""
        with (folder / MANIFEST).open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())


def default_cache() -> Path:
    """Where compiled models are kept when nobody says: in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "strategy-assistant"


def folder_of(cache: Path, fingerprint: str) -> Path:
    """Where a model is kept once it is compiled; other weights and recipes have other folders."""
    return cache / "encoders" / f"{fingerprint}-{RECIPE}"


def checksum(path: Path) -> int:
    """CRC-32 of a file. Raises OSError."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            value = zlib.crc32(chunk, value)
    return value
