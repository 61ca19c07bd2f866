"""Neither asking nor indexing loads torch once the model is compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index import Encoder

ROOT = Path(__file__).parents[2]
SLOW_TO_LOAD = {"torch", "transformers", "sentence_transformers", "onnx", "gradio"}
READING = {"charset_normalizer", "pypdfium2", "selectolax"}  # done by other processes
WATCH = (
    "import atexit, sys\n"
    f"slow = {SLOW_TO_LOAD | READING!r}\n"
    "atexit.register(lambda: print('loaded:', sorted(slow & set(sys.modules))))\n"
    "from ui.cli import main; main()"
)


@pytest.mark.parametrize("command", ["ask", "index"])
def test_the_command_starts_without_the_slow_libraries(
    command: str, sample_index: Path, encoder: Encoder, samples: Path, tmp_path: Path
) -> None:
    encoder.encode_queries(["x"])  # compiled, if no test has been here yet
    given = {
        "ask": ["Who leads the climate strategy?", "--index", str(sample_index)],
        "index": [str(samples), "--index", str(tmp_path / "index")],
    }
    done = subprocess.run(
        [sys.executable, "-c", WATCH, command, *given[command]],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    *said, loaded = done.stdout.splitlines()
    assert said
    assert loaded == "loaded: []"
    assert "uncompiled" not in done.stderr
