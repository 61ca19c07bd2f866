"""Which engine is found, and how it is named."""

import pytest

from ingest.ocr import find_engine, open_engine
from ingest.ocr.engines import REMEDY
from ingest.ocr.rapidocr import RapidOcr
from ingest.ocr.tesseract import Tesseract


def test_tesseract_comes_first_then_rapidocr_then_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tesseract, "installed", True)
    monkeypatch.setattr(RapidOcr, "installed", True)
    assert find_engine() == Tesseract()
    monkeypatch.setattr(Tesseract, "installed", False)
    assert find_engine() == RapidOcr()
    monkeypatch.setattr(RapidOcr, "installed", False)
    assert find_engine() is None


@pytest.mark.parametrize("name", ["tesseract", "tesseract 5.3.0"])
def test_an_engine_is_opened_by_its_name(name: str) -> None:
    assert open_engine(name) == Tesseract()


def test_the_name_of_what_was_found_opens_it_again() -> None:
    found = find_engine()
    if found is None:
        pytest.skip("no engine here")
    assert open_engine(found.name) == found


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match='"goggles 2"'):
        open_engine("goggles 2")


def test_the_remedy_names_both_commands() -> None:
    assert "pip install 'strategy-assistant[ocr]'" in REMEDY
    assert "apt-get install tesseract-ocr" in REMEDY
    assert "tesseract-ocr-fra" in REMEDY
