"""What the processor that the tests run on can do."""

from __future__ import annotations

import platform
from pathlib import Path


def keeps_small_integers() -> bool:
    """Whether sums of products of 8-bit integers come out whole.

    Without VNNI an x86 processor adds pairs of them up in 16 bits, which overflow (onnxruntime's
    page on quantisation: "saturation"); the self-check of a compiled model then takes float32.
    """
    information = Path("/proc/cpuinfo")
    if platform.machine() not in {"x86_64", "AMD64"} or not information.exists():
        return True
    return "vnni" in information.read_text()
