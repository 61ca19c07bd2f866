"""The compiled reader: near its float twin, alone and in company, and whole or not at all."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant import ReaderModelUnavailable
from assistant.reader.compiled_reader import CompiledReader
from assistant.reader.opening import open_reader
from assistant.reader.transformers_reader import TransformersReader
from assistant.reader.weights import GRAPH, TOKENIZER, ReaderWeights

QUESTION = "Who leads the plan of the harbour?"
TEXTS = [
    "Ada Thorne leads the plan.",
    "",
    "The harbour master keeps forty lamps of the coast, and Ada Thorne leads the port. " * 9,
    "Порт ведёт план. 港口的计划。",
]


@pytest.fixture
def copy(compiled: Path, tmp_path: Path) -> Path:
    """The compiled model in a folder that may be harmed."""
    return Path(shutil.copytree(compiled, tmp_path / "copy"))


def test_it_reads_as_its_float_twin_does(compiled: Path, trained: Path) -> None:
    ours = CompiledReader("tiny", compiled).read(QUESTION, TEXTS)
    theirs = TransformersReader(str(trained), most_tokens=48).read(QUESTION, TEXTS)
    for one, other in zip(ours, theirs, strict=True):
        assert one.starts.tolist() == other.starts.tolist()
        assert one.ends.tolist() == other.ends.tolist()
    for scores in ("start_scores", "end_scores"):
        both = [
            np.concatenate([getattr(reading, scores) for reading in readings])
            for readings in (ours, theirs)
        ]
        assert np.corrcoef(both)[0, 1] > 0.95  # so small a model, of random weights, feels it
    assert len(ours[1].starts) == 0


def test_a_text_is_read_alike_alone_in_company_and_by_many_at_once(compiled: Path) -> None:
    reader = CompiledReader("tiny", compiled)
    with ThreadPoolExecutor(8) as pool:  # which all load it
        many = list(pool.map(lambda _: reader.read(QUESTION, TEXTS), range(8)))
    for place, text in enumerate(TEXTS):
        (alone,) = reader.read(QUESTION, [text])
        for readings in many:
            assert readings[place].start_scores.tolist() == alone.start_scores.tolist()


def test_no_texts_are_no_readings(compiled: Path) -> None:
    assert CompiledReader("tiny", compiled).read(QUESTION, []) == []


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_damaged_file_is_named_with_the_way_out(name: str, copy: Path) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ReaderModelUnavailable, match=rf"{name} is damaged.*`reader` to none"):
        open_reader(str(copy))


@pytest.mark.parametrize("said", ["", "[]", '{"base": 1}', '{"sha256": null}'])
def test_a_manifest_that_is_none_is_named(said: str, copy: Path) -> None:
    (copy / "manifest.json").write_text(said)
    with pytest.raises(ReaderModelUnavailable, match=r"manifest\.json cannot be used"):
        open_reader(str(copy))


def test_a_missing_tokenizer_is_named(copy: Path) -> None:
    (copy / TOKENIZER).unlink()
    with pytest.raises(ReaderModelUnavailable, match=r"tokenizer\.json is missing"):
        open_reader(str(copy))


def test_a_graph_of_another_shape_is_no_reader(copy: Path) -> None:
    import onnx

    graph = onnx.load(copy / GRAPH)
    for node in graph.graph.node:
        node.output[:] = ["vector" if name == "end_logits" else name for name in node.output]
    graph.graph.output[1].name = "vector"
    onnx.save(graph, copy / GRAPH)
    ReaderWeights.write(copy, "tiny", "1", tokens=48)
    reader = open_reader(str(copy))
    assert reader is not None
    with pytest.raises(ReaderModelUnavailable, match=r"gives start_logits, vector, as no reader"):
        reader.read(QUESTION, TEXTS)


@pytest.mark.parametrize("tokens", [0, 3, 1 << 20])
def test_a_number_of_tokens_that_cannot_be_is_refused(tokens: int, copy: Path) -> None:
    kept = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(kept | {"tokens": tokens}))
    with pytest.raises(ReaderModelUnavailable, match=f"takes {tokens} tokens"):
        open_reader(str(copy))
