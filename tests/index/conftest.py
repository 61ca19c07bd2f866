"""What the tests of the index share: a folder of small documents, and an encoder that counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import numpy as np

    from index import Encoder, VectorForm

HARBOUR = """# Harbour plan 2031

The port authority will electrify all twelve quays by 2031. Shore power replaces the diesel
engines of ships at berth, and the grid operator builds two new substations for it.
"""
FOREST = """# Forest charter

Rangers plant native oaks and beeches on four thousand hectares. Hunting is limited to the
months of October and November, and every felling needs a written permit.
"""
LIBRARY = """Library programme

Every district keeps one public library open on Sundays. Lending is free of charge, and late
fees were abolished for children under fifteen.
"""


class CountingEncoder:
    """The real encoder, and a list of all the texts that it was asked to embed."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.texts: list[str] = []

    @property
    def form(self) -> VectorForm:
        return self._encoder.form

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode_documents(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        self.texts += texts
        return self._encoder.encode_documents(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encoder.encode_queries(texts)


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents of one passage each."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "harbour.md").write_text(HARBOUR)
    (folder / "forest.md").write_text(FOREST)
    (folder / "library.txt").write_text(LIBRARY)
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


def _write_model(
    folder: Path,
    *,
    pooling: str = "mean",
    architecture: str = "bert",
    prompts: dict[str, str] | None = None,
    seed: int = 0,
) -> Path:
    """A tiny model with random weights and the tokenizer of the default model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    from index.model_source import ModelSource

    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(ModelSource("all-MiniLM-L6-v2").folder())
    config = AutoConfig.for_model(
        architecture,
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    raw = folder.with_name(f"{folder.name}-raw")
    AutoModel.from_config(config).save_pretrained(raw)
    tokenizer.save_pretrained(raw)
    transformer = Transformer(str(raw), max_seq_length=64)
    modules = [transformer, Pooling(32, pooling_mode=pooling)]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="session")
def write_model() -> Callable[..., Path]:
    """Writes sentence-transformers models that are compiled in a second."""
    return _write_model
