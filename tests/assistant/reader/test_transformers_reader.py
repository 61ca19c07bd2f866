"""Any model for question answering as the reader; what is none is told in one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant import ReaderModelUnavailable
from assistant.reader.opening import open_reader
from assistant.reader.transformers_reader import TransformersReader

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = "Who leads the plan?"
TEXTS = ["Ada Thorne leads the plan.", "Lamps. " * 60, "", "The harbour master keeps oil."]


@pytest.mark.parametrize("architecture", ["bert", "roberta", "distilbert"])
def test_a_text_is_read_alike_alone_and_in_a_batch(
    architecture: str, write_model: Callable[..., Path], tmp_path: Path
) -> None:
    reader = TransformersReader(str(write_model(tmp_path / "model", architecture=architecture)))
    together = reader.read(QUESTION, TEXTS)
    for text, reading in zip(TEXTS, together, strict=True):
        (alone,) = reader.read(QUESTION, [text])
        np.testing.assert_allclose(alone.start_scores, reading.start_scores, atol=1e-4)
        np.testing.assert_allclose(alone.end_scores, reading.end_scores, atol=1e-4)
        assert alone.starts.tolist() == reading.starts.tolist()
    best = together[0].best()
    assert best is not None
    assert TEXTS[0][best.start : best.end] in TEXTS[0]


def test_the_scores_are_the_models_own(trained: Path) -> None:
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    fast = AutoTokenizer.from_pretrained(trained)
    model = AutoModelForQuestionAnswering.from_pretrained(trained)
    given = fast(QUESTION, TEXTS[0], return_tensors="pt")
    with torch.no_grad():
        told = model(**given)
    first = given.sequence_ids().index(1)
    (reading,) = TransformersReader(str(trained)).read(QUESTION, TEXTS[:1])
    wanted = (told.start_logits - told.start_logits[:, :1])[0, first:-1].numpy()
    np.testing.assert_allclose(reading.start_scores, wanted, atol=1e-4)
    cls = float(told.start_logits[0, 0] + told.end_logits[0, 0])
    assert reading.no_answer == pytest.approx(cls, abs=1e-4)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (
            "AutoModelForSequenceClassification",
            "config.json calls it BertForSequenceClassification",
        ),
        ("AutoModel", "config.json calls it BertModel"),
    ],
)
def test_a_model_of_another_kind_is_refused_before_it_is_loaded(
    head: str, said: str, write_model: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_model(tmp_path / "model", head)
    with pytest.raises(ReaderModelUnavailable, match=f"{said}.*`reader` to none"):
        open_reader(str(folder))


def test_a_head_that_is_not_in_the_weights_is_not_made_up(
    trained: Path, write_model: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_model(tmp_path / "model", "AutoModel")
    shutil.copy(trained / "config.json", folder)
    reader = open_reader(str(folder))
    assert reader is not None
    with pytest.raises(ReaderModelUnavailable, match="no head for question answering"):
        reader.read(QUESTION, TEXTS)


def test_three_outputs_are_no_start_and_end(
    write_model: Callable[..., Path], tmp_path: Path
) -> None:
    reader = open_reader(str(write_model(tmp_path / "model", labels=3)))
    assert reader is not None
    with pytest.raises(ReaderModelUnavailable, match=r"names .*model, which cannot be used"):
        reader.read(QUESTION, TEXTS)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_file_is_one_sentence(name: str, trained: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(trained, tmp_path / "model"))
    (folder / name).write_bytes(b"no more")
    reader = open_reader(str(folder))
    assert reader is not None
    with pytest.raises(ReaderModelUnavailable, match="cannot be used") as caught:
        reader.read(QUESTION, TEXTS)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelUnavailable, match="does not exist"):
        open_reader(str(tmp_path / "missing"))
    with pytest.raises(ReaderModelUnavailable, match=r"no readable config\.json"):
        open_reader(str(tmp_path))


@pytest.mark.parametrize("name", ["deepset/tinyroberta-squad2", "no name at all"])
def test_a_name_that_cannot_be_fetched_is_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    reader = open_reader(name)
    assert reader is not None
    with pytest.raises(ReaderModelUnavailable, match=f"names the model {name}, which is neither"):
        reader.read(QUESTION, TEXTS)
