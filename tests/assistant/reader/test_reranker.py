"""Any cross-encoder puts the evidence in order; what is none is told in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant import Assistant, ReaderModelUnavailable, Settings
from assistant.reader.opening import open_reranker
from assistant.reader.reranker import CrossEncoderReranker

if TYPE_CHECKING:
    from index import Encoder

QUESTION = "Who leads the lighthouse plan?"
HEAD = "AutoModelForSequenceClassification"


class Backwards:
    """A reranker that prefers what names no keeper."""

    name = "backwards"

    def score(self, question: str, texts: Sequence[str]) -> np.ndarray:  # noqa: ARG002
        return np.array([-float("Ada Thorne" in text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def folder(write_model: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("reranker") / "model", HEAD, labels=1)


def test_its_scores_are_the_models_own_for_each_text_in_order(folder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    texts = ["Ada leads.", "the plan of the harbour " * 40, "", "\ud800 Порт"]
    fast = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    clean = [text.encode(errors="replace").decode() for text in texts]
    with torch.no_grad():
        wanted = [
            float(model(**fast([QUESTION], [text], truncation=True, return_tensors="pt")).logits)
            for text in clean
        ]
    scores = CrossEncoderReranker(str(folder)).score(QUESTION, texts)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, wanted, atol=1e-4)


def test_an_endless_question_leaves_room_for_the_texts(folder: Path) -> None:
    scores = CrossEncoderReranker(str(folder)).score("who " * 5000, ["Ada leads.", "Oil."])
    assert scores[0] != scores[1]
    assert CrossEncoderReranker(str(folder)).score(QUESTION, []).shape == (0,)


def test_search_and_answers_take_its_order(
    coast: Assistant, coast_index: Path, remembering: Encoder
) -> None:
    question = "Who spends crowns on oil?"
    first = coast.search(question)[0]
    with Assistant.open(coast_index, Settings(), remembering, reranker=Backwards()) as other:
        found = other.search(question)
        assert "Ada Thorne" in first.passage.text
        assert "Ada Thorne" not in found[0].passage.text
        scores = [item.score for item in found]
        assert scores == sorted(scores, reverse=True)
        assert {item.passage for item in found} == {item.passage for item in coast.search(question)}
        assert other.search(question, k=1) == found[:1]
        assert other.search(question, k=0) == []
        evidence = other.answer("Which foghorn sings in the opera?").evidence
        assert "Ada Thorne" not in evidence[0].passage.text
        # A document that the question names counts more all the same.
        assert "Ada Thorne" in other.search(QUESTION)[0].passage.text


def test_a_setting_names_it(folder: Path, coast_index: Path, remembering: Encoder) -> None:
    settings = Settings(reranker=str(folder))
    with Assistant.open(coast_index, settings, remembering) as assistant:
        found = assistant.search(QUESTION)
    scores = open_reranker(str(folder)).score(QUESTION, ["x"])
    assert len(scores) == 1
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


@pytest.mark.parametrize(
    ("head", "labels", "said"),
    [
        ("AutoModelForQuestionAnswering", 2, "config.json calls it BertForQuestionAnswering"),
        (HEAD, 3, "it gives 3 scores for a text and not one"),
    ],
)
def test_a_model_of_another_kind_is_one_sentence(
    head: str, labels: int, said: str, write_model: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_model(tmp_path / "model", head, labels=labels)
    with pytest.raises(ReaderModelUnavailable, match=f"{said}.*`reranker` to none"):
        open_reranker(str(folder)).score(QUESTION, ["x"])
