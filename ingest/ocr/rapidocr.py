"""RapidOcr: an engine from PyPI that carries its models; nothing is fetched."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import OcrFailed
from ingest.ocr.engine import OcrLine
from ingest.telemetry import hush_onnxruntime

if TYPE_CHECKING:
    from PIL.Image import Image

_BUSY = threading.Lock()  # the model keeps notes of the call that it is at
_DETECTION_SIDE = 1600  # pixels of the longer side in which lines are sought; words are read in all
_LONGEST_SIDE = 6000  # pixels; the library would shrink the image, words too, at 2000


@dataclass(frozen=True, slots=True)
class RapidOcr:
    """Detects lines and reads them by PP-OCR models on onnxruntime, on one core.

    One model reads all that it can (Latin and Greek script, Chinese, Japanese; no Cyrillic, no
    Arabic): it takes no hint.
    """

    @property
    def installed(self) -> bool:
        return bool(find_spec("rapidocr") and find_spec("onnxruntime") and _model_files())

    @property
    def name(self) -> str:
        return f"rapidocr {version('rapidocr')}"

    def recognise(self, image: Image, languages: Sequence[str] = ()) -> list[OcrLine]:  # noqa: ARG002
        """The lines that the model sees; OcrFailed where it fails."""
        blue_green_red = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
        with _BUSY:
            try:
                found = _model()(blue_green_red)
            except Exception as error:  # of the library's own and its runtime's many kinds
                raise OcrFailed(f"OCR failed (rapidocr: {error})") from error
        if found.boxes is None or found.txts is None:
            return []
        return [
            _line(text, corners, float(score))
            for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True)
        ]


def _line(text: str, corners: Any, confidence: float) -> OcrLine:
    """``corners``: float [4, 2], clockwise from the upper left one."""
    xs, ys = corners[:, 0], corners[:, 1]
    # On a page that leans, the box around all corners is much taller than the line.
    top, bottom = float(ys[:2].mean()), float(ys[2:].mean())
    return OcrLine(text.strip(), float(xs.min()), top, float(xs.max()), bottom, confidence)


@cache
def _model_files() -> dict[str, str]:
    """The models in the package by their task; empty where it carries none."""
    found = find_spec("rapidocr")
    folder = Path(found.origin).parent / "models" if found and found.origin else Path()
    files = {task: sorted(folder.glob(f"*_{task}_*.onnx")) for task in ("det", "rec")}
    return {task: str(paths[0]) for task, paths in files.items()} if all(files.values()) else {}


@cache
def _model() -> Any:
    from rapidocr import RapidOCR

    hush_onnxruntime()
    files = _model_files()
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            "Global.text_score": 0.0,  # what is doubtful is judged with the page
            "Global.use_cls": False,  # pages are set upright, not lines
            # By path: asked for by name, a model that is missing would be downloaded.
            "Det.model_path": files["det"],
            "Rec.model_path": files["rec"],
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "Rec.rec_batch_num": 1,  # in a batch all lines cost as much as the longest
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
