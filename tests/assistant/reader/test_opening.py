"""Which reader the settings name, and what is told where it cannot be used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant, ReaderModelUnavailable, Settings
from assistant.reader import opening
from assistant.reader.opening import (
    DEFAULT_READER,
    ModelState,
    open_reader,
    open_reranker,
    reader_state,
    reranker_state,
)

if TYPE_CHECKING:
    from index import Encoder


@pytest.fixture
def packaged(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny reader in the place of the one that the package carries."""
    folder = Path(shutil.copytree(compiled, tmp_path / "weights"))
    monkeypatch.setattr(opening, "PACKAGED", folder)
    return folder


@pytest.mark.usefixtures("packaged")
def test_the_packages_own_is_the_default() -> None:
    reader = open_reader(Settings().reader)
    assert reader is not None
    assert reader.name == DEFAULT_READER
    assert reader_state(DEFAULT_READER) == ModelState("reader", DEFAULT_READER, used=True)
    assert str(reader_state(DEFAULT_READER)) == "reader strategy-reader"


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_where_it_cannot_be_used_answers_are_made_without_and_status_says_why(
    harm: str, packaged: Path, coast_index: Path, remembering: Encoder
) -> None:
    if harm == "gone":
        shutil.rmtree(packaged)
    else:
        (packaged / "model.onnx").write_bytes(b"no more")
    assert open_reader() is None
    state = reader_state(DEFAULT_READER)
    assert not state.used
    assert ("is missing" if harm == "gone" else "is damaged") in state.reason
    assert str(state).startswith("no reader: the reader that the package carries cannot be used")
    with Assistant.open(coast_index, Settings(), remembering) as assistant:
        assert assistant.answer("Who leads the lighthouse plan?").found


def test_none_is_none() -> None:
    assert open_reader("none") is None
    assert open_reranker("none") is None
    assert str(reader_state("none")) == "reader none"
    assert str(reranker_state(Settings().reranker)) == "reranker none"


@pytest.mark.parametrize("setting", ["reader", "reranker"])
def test_one_that_somebody_named_must_be_there(
    setting: str, tmp_path: Path, coast_index: Path, remembering: Encoder
) -> None:
    missing = str(tmp_path / "missing")
    told = {"reader": reader_state, "reranker": reranker_state}[setting](missing)
    assert not told.used
    assert "does not exist" in told.reason
    with pytest.raises(ReaderModelUnavailable, match=f"`{setting}` names the folder {missing}"):
        Assistant.open(coast_index, Settings(**{setting: missing}), remembering)
