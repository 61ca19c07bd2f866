"""Export: a sentence-transformers model is compiled for onnxruntime, checked, and kept."""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.compiled_encoder import CompiledEncoder
from index.compiled_model import GRAPH, INT8, REFERENCE, TOKENIZER, CompiledModel, checksum

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer

# Architectures whose graph is known to come out of the exporter whole; the self-check has the
# last word on each model.
_ARCHITECTURES = {"bert", "camembert", "distilbert", "electra", "mpnet", "roberta", "xlm-roberta"}
_POOLINGS = ("cls", "mean")
_DOCUMENT_PROMPTS = ("document", "passage", "corpus")  # in the order of sentence-transformers
_OPSET = 17
NEAR = 0.99  # least cosine between both vectors of every sentence of the self-check
SENTENCES = (
    "Harbour.",
    "Who leads the climate strategy, and since when?",
    "The port of Norvale will electrify all twelve quays by 2031.",
    "Action: plant native oaks | Responsible: Ministry of Forests | Deadline: 2027",
    "La stratégie forestière prévoit quatre mille hectares de chênes d'ici à 2034.",
    "Die Gemeinde fördert den Radverkehr bis 2030 mit zwölf Millionen Euro.",
    "El plan reduce las emisiones un 40 % antes de 2030.",
    "Стратегия порта предусматривает новые причалы до 2030 года.",
    "Η στρατηγική του λιμένα έχει πέντε στόχους.",
    "The lighthouse authority keeps forty lamps along nine hundred miles of coast. " * 3,
    "Rangers plant native oaks and beeches on four thousand hectares of the state's forest, "
    "and every felling needs a written permit. " * 8,
    "Every district keeps one public library open on Sundays, and lending is free. " * 80,
)


class Refused(Exception):
    """This model cannot be compiled, or not so that its vectors stay what they are."""


def export(model: SentenceTransformer, fingerprint: str, folder: Path) -> None:
    """Compile ``model`` into the empty ``folder``; where it cannot be, the reason is kept there.

    Raises OSError, MemoryError and ImportError where the machine, not the model, is in the way.
    """
    try:
        kept = _compile(model, fingerprint, folder)
    except Refused as refusal:
        kept = CompiledModel(fingerprint, refused=str(refusal))
    except (OSError, MemoryError, ImportError):
        raise
    except Exception as error:  # exporter and quantiser raise many kinds
        kept = CompiledModel(fingerprint, refused=f"{type(error).__name__}: {error}")
    for path in folder.iterdir():
        if path.name not in kept.checksums:
            path.unlink()
    kept.write(folder)


def is_like(encoder: CompiledEncoder, folder: Path, first: int) -> bool:
    """Whether the ``first`` sentences of the self-check come out here as they should.

    The folder may have been filled on another processor, and not all add small integers alike.
    """
    import numpy as np

    reference = np.load(folder / REFERENCE, allow_pickle=False)[:first]
    return min(_cosines(encoder.encode_documents(SENTENCES[:first]), reference)) >= NEAR


def _compile(model: SentenceTransformer, fingerprint: str, folder: Path) -> CompiledModel:
    """Int8 where the self-check allows it, else float32. Raises Refused."""
    import numpy as np

    pooling = _pooling(model)
    model = model.to("cpu").float().eval()
    documents = _by_library(model, "encode_document")
    reference = np.concatenate([documents, _by_library(model, "encode_query")])
    whole = folder / "float32.onnx"
    token_types = _write_graph(model, pooling, whole)
    _write_tokenizer(model, folder / TOKENIZER)
    np.save(folder / REFERENCE, documents)
    lowest = 0.0
    for arithmetic in (INT8, "float32"):
        if arithmetic == INT8:
            _quantise(whole, folder / GRAPH)
        else:
            whole.replace(folder / GRAPH)
        compiled = CompiledModel(
            fingerprint=fingerprint,
            arithmetic=arithmetic,
            dimension=int(documents.shape[1]),
            token_types=token_types,
            query_prompt=_prompt(model, ("query",)),
            document_prompt=_prompt(model, _DOCUMENT_PROMPTS),
        )
        encoder = CompiledEncoder("", folder, compiled)
        vectors = [encoder.encode_documents(SENTENCES), encoder.encode_queries(SENTENCES)]
        cosines = _cosines(np.concatenate(vectors), reference)
        lowest = min(cosines)
        if lowest >= NEAR:
            files = (GRAPH, TOKENIZER, REFERENCE)
            checksums = {name: checksum(folder / name) for name in files}
            return replace(compiled, cosines=tuple(cosines), checksums=checksums)
    raise Refused(f"its vectors would differ (cosine {lowest:.3f} in the self-check)")


def _pooling(model: SentenceTransformer) -> str:
    """How the vectors of the tokens become one. Raises Refused for what is not known to work."""
    names = [type(module).__name__ for module in model]
    if names not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise Refused(f"it is made of {', '.join(names)}")
    transformer: Any = model[0].auto_model
    architecture = str(transformer.config.model_type)
    if architecture not in _ARCHITECTURES:
        raise Refused(f"its architecture is {architecture}")
    if not hasattr(model.tokenizer, "backend_tokenizer") or not model.max_seq_length:
        raise Refused("it has no fast tokenizer, or no longest text")
    pooling: Any = model[1].pooling_mode
    if pooling not in _POOLINGS or not model[1].include_prompt or model.truncate_dim:
        raise Refused(f"its pooling is {pooling}, or leaves something out")
    return str(pooling)


def _write_graph(model: SentenceTransformer, pooling: str, path: Path) -> bool:
    """One text in, one unit vector out; whether the graph takes token_type_ids too."""
    import torch

    transformer: Any = model[0].auto_model
    transformer.set_attn_implementation("eager")  # what the exporter knows best
    takes = inspect.signature(transformer.forward).parameters
    names = [
        name
        for name in ("input_ids", "token_type_ids")
        if name in takes and name in model.tokenizer.model_input_names
    ]

    class Sentence(torch.nn.Module):
        """The model with pooling and normalisation; no padding, so no mask."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            given = dict(zip(names, inputs, strict=True))
            tokens: torch.Tensor = self.transformer(**given).last_hidden_state
            pooled = tokens[:, 0] if pooling == "cls" else tokens.mean(dim=1)
            return torch.nn.functional.normalize(pooled, dim=-1)

    tokens = model.tokenizer(SENTENCES[2], return_tensors="pt")
    with warnings.catch_warnings(), torch.no_grad():
        # The other exporter needs packages of its own; this one says that it is the older one.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Sentence(),
            tuple(tokens[name] for name in names),
            str(path),
            input_names=names,
            output_names=["vector"],
            dynamic_axes={name: {1: "tokens"} for name in names},
            opset_version=_OPSET,
            dynamo=False,
        )
    return "token_type_ids" in names


def _write_tokenizer(model: SentenceTransformer, path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length or 0)
    tokenizer.save(str(path))


def _quantise(whole: Path, path: Path) -> None:
    """Int8 weights, a scale for each channel: one scale for all of them costs 3 % of nDCG."""
    from onnxruntime.quantization import quantize_dynamic

    logging.disable(logging.WARNING)  # it advises, on the root logger, on what is done here
    try:
        quantize_dynamic(whole, path, per_channel=True, op_types_to_quantize=["MatMul"])
    finally:
        logging.disable(logging.NOTSET)


def _by_library(model: SentenceTransformer, method: str) -> np.ndarray:
    """The sentences of the self-check as sentence-transformers embeds them, one by one."""
    vectors: np.ndarray = getattr(model, method)(
        list(SENTENCES), batch_size=1, normalize_embeddings=True, show_progress_bar=False
    )
    return vectors.astype("float32", copy=False)


def _prompt(model: SentenceTransformer, names: Sequence[str]) -> str:
    """What the model wants before its texts; as sentence-transformers chooses it."""
    for name in (*names, model.default_prompt_name):
        if name is not None and name in model.prompts:
            return str(model.prompts[name] or "")
    return ""


def _cosines(vectors: np.ndarray, others: np.ndarray) -> list[float]:
    """Row by row, of unit vectors float32 [n, dimension]."""
    return [float(one @ other) for one, other in zip(vectors, others, strict=True)]
