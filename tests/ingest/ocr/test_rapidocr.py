"""RapidOcr: what it reads, that it is quiet, and that it fetches nothing."""

import subprocess
import sys

import pytest

from ingest.ocr.rapidocr import RapidOcr

pytest.importorskip("rapidocr", reason="needs the extra `ocr`")
pytest.importorskip("onnxruntime", reason="needs the extra `ocr`")


def test_lines_come_with_their_place_and_confidence(printed) -> None:
    image = printed(["The harbour keeps two lamps.", "Both are lit at dusk."])
    first, second = sorted(RapidOcr().recognise(image), key=lambda line: line.top)
    assert (first.text, second.text) == ("The harbour keeps two lamps.", "Both are lit at dusk.")
    assert first.left == pytest.approx(30 * 200 / 72, abs=12)
    assert 0 <= first.top < second.top < second.bottom <= image.height
    assert first.confidence > 0.9


def test_accents_are_read_without_being_told_the_language(printed) -> None:
    (line,) = RapidOcr().recognise(printed(["La sécurité du port dépend des marées."]))
    assert line.text == "La sécurité du port dépend des marées."


def test_an_empty_page_has_no_lines(printed) -> None:
    assert RapidOcr().recognise(printed([""])) == []


def test_nothing_is_loaded_before_the_first_image_and_nothing_is_said_or_fetched() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*args): raise SystemExit('it went to the network')\n"
        "socket.socket.connect = refuse\n"
        "from PIL import Image\n"
        "from ingest.ocr.rapidocr import RapidOcr\n"
        "engine = RapidOcr()\n"
        "assert engine.installed and engine.name.startswith('rapidocr ')\n"
        "print(sorted({'cv2', 'onnxruntime', 'rapidocr'} & set(sys.modules)))\n"
        "engine.recognise(Image.new('L', (200, 100), 255))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")
