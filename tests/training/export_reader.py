"""A trained reader (a folder of save_pretrained) as the eight-bit graph that the package carries.

    python tests/training/export_reader.py TRAINED assistant/reader/weights \\
        --base sentence-transformers/all-MiniLM-L6-v2 --revision 1 --tokens 224

Prints the size of each file and how near the graph is to its float twin: on questions and passages
of the project's own documents, or on those of ``--pairs``, lines of JSON with question and text.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from assistant.reader.compiled_reader import CompiledReader
from assistant.reader.reader import LOWEST, Reading
from assistant.reader.transformers_reader import TransformersReader
from assistant.reader.weights import GRAPH, TOKENIZER, ReaderWeights
from assistant.reader.windows import LEAST_TOKENS
from ingest import read, scan, split

_OPSET = 17
_MOST_MEGABYTES = 25
_HEAD = "/qa_outputs/MatMul"  # stays as it is: two columns cost 3 kB, and are the scores
_PROBE = "Who leads?", "The harbour master leads the port."
_SAMPLES = Path(__file__).parents[1] / "samples"
_PAIRS = 240  # at most, of the project's own: two passages for each question


class Int8Embedding(nn.Module):
    """A table of embeddings with one scale for each row.

    The quantiser of onnxruntime has one for the whole table, and the vectors of words differ
    much in length.
    """

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scale = (table.abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-12)
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.table[ids].float() * self.scale[ids]


class Spans(nn.Module):
    """The model from ids to the two rows of logits; no padding, so no mask."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        told = self.model(input_ids=input_ids, token_type_ids=token_type_ids)
        return told.start_logits, told.end_logits


def export(trained: Path, folder: Path, base: str, revision: str, tokens: int) -> None:
    """Write graph, tokenizer and manifest into ``folder``; what else stands there stays."""
    from onnxruntime.quantization import quantize_dynamic
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    fast: Any = AutoTokenizer.from_pretrained(trained, local_files_only=True)
    model: Any = AutoModelForQuestionAnswering.from_pretrained(
        trained, local_files_only=True, dtype="float32", attn_implementation="eager"
    ).eval()
    if not LEAST_TOKENS <= tokens <= model.config.max_position_embeddings:
        sys.exit(f"{trained} takes at most {model.config.max_position_embeddings} tokens.")
    embeddings = model.base_model.embeddings
    for name, module in list(embeddings.named_children()):
        if isinstance(module, nn.Embedding):
            setattr(embeddings, name, Int8Embedding(module.weight.detach()))
    folder.mkdir(parents=True, exist_ok=True)
    given = fast(*_PROBE, return_tensors="pt")
    names = ["input_ids", "token_type_ids"]
    with tempfile.TemporaryDirectory() as beside:
        whole = Path(beside, "float32.onnx")
        with warnings.catch_warnings(), torch.no_grad():
            # The other exporter needs packages of its own; this one says that it is the older.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Spans(model),
                tuple(given[name] for name in names),
                str(whole),
                input_names=names,
                output_names=["start_logits", "end_logits"],
                dynamic_axes={
                    name: {1: "tokens"} for name in (*names, "start_logits", "end_logits")
                },
                opset_version=_OPSET,
                dynamo=False,
            )
        logging.disable(logging.WARNING)  # it advises, on the root logger, on what is done here
        quantize_dynamic(
            whole,
            folder / GRAPH,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[_head_of(whole)],
        )
        logging.disable(logging.NOTSET)
    tokenizer = fast.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    ReaderWeights.write(folder, base, revision, tokens)


def _head_of(graph: Path) -> str:
    """The name of the node that makes the scores."""
    import onnx

    nodes = onnx.load(graph).graph.node
    return next(node.name for node in nodes if node.name.endswith(_HEAD))


def compare(trained: Path, folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Print how near the graph is to its float twin."""
    compiled = CompiledReader("compiled", folder)
    twin = TransformersReader(str(trained), most_tokens=compiled.weights.tokens)
    same = near = 0
    apart, decided, seen = [], 0, 0
    for question, text in pairs:
        (ours,), (theirs,) = compiled.read(question, [text]), twin.read(question, [text])
        one, other = ours.best(), theirs.best()
        if one is None or other is None:
            continue
        seen += 1
        same += (one.start, one.end) == (other.start, other.end)
        near += one.start < other.end and other.start < one.end
        apart.append(abs(one.score - other.score))
        decided += (one.score > 0) == (other.score > 0)
    spread = np.std([score_of(reading) for reading in _readings(twin, pairs[:60])])
    print(f"{seen} pairs of question and text, against the float twin:")
    print(f"  the same best span {same / seen:.3f}, an overlapping one {near / seen:.3f}")
    print(f"  the same side of 'no answer' {decided / seen:.3f}")
    print(f"  score apart: mean {np.mean(apart):.3f}, 95 % within {np.quantile(apart, 0.95):.3f}")
    print(f"  (the twin's scores have a standard deviation of {spread:.3f})")


def score_of(reading: Reading) -> float:
    best = reading.best()
    return LOWEST if best is None else best.score


def _readings(reader: TransformersReader, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
    return [reader.read(question, [text])[0] for question, text in pairs]


def own_pairs() -> list[tuple[str, str]]:
    """Questions of the project with passages of its documents: some fit, most do not."""
    asked = [
        json.loads(line)["question"]
        for line in (_SAMPLES / "strategy-questions.jsonl").read_text("utf-8").splitlines()
    ]
    texts = [
        passage.text
        for source in scan(_SAMPLES / "strategies")
        for passage in split(read(source.path, source.location.read_bytes()))
    ]
    turns = [texts[place % len(texts)] for place in range(0, 7 * 2 * len(asked), 7)]
    return list(zip([*asked, *asked], turns, strict=True))[:_PAIRS]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("trained", type=Path, help="folder of the torch model")
    parser.add_argument("folder", type=Path, help="where graph, tokenizer and manifest go")
    parser.add_argument("--base", required=True, help="what the training began from")
    parser.add_argument("--revision", required=True, help="which training it was")
    parser.add_argument("--tokens", type=int, default=224, help="that the reader takes at a time")
    parser.add_argument("--pairs", type=Path, help="lines of JSON: question and text")
    asked = parser.parse_args()
    export(asked.trained, asked.folder, asked.base, asked.revision, asked.tokens)
    sizes = {name: (asked.folder / name).stat().st_size / 1e6 for name in (GRAPH, TOKENIZER)}
    print(", ".join(f"{name} {size:.2f} MB" for name, size in sizes.items()))
    pairs = own_pairs()
    if asked.pairs:
        lines = map(json.loads, asked.pairs.read_text("utf-8").splitlines())
        pairs = [(line["question"], line["text"]) for line in lines]
    compare(asked.trained, asked.folder, pairs)
    if sum(sizes.values()) > _MOST_MEGABYTES:
        sys.exit(f"{sum(sizes.values()):.1f} MB are more than {_MOST_MEGABYTES}.")


if __name__ == "__main__":
    main()
