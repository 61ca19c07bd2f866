"""What the tests of the readers share: tiny models with random weights, made here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TAUGHT = (
    "who what when leads keeps the a of and in is plan port harbour master lamps oil coast forty "
    "ada thorne by 2031 million crowns . , ?"
)
LETTERS = [chr(letter) for letter in range(ord("a"), ord("z") + 1)]
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
TOKENS = 64  # that these models take

WriteModel = Callable[..., Path]


def tokenizer() -> Any:
    """BERT's, with a vocabulary of a few words and all letters as pieces."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = dict.fromkeys([*SPECIAL, *TAUGHT.split(), *LETTERS, *(f"##{one}" for one in LETTERS)])
    places = {piece: place for place, piece in enumerate(pieces)}
    made = Tokenizer(models.WordPiece(places, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.BertProcessing(
        ("[SEP]", places["[SEP]"]), ("[CLS]", places["[CLS]"])
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        model_max_length=TOKENS,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )


def _write_model(
    folder: Path,
    head: str = "AutoModelForQuestionAnswering",
    *,
    architecture: str = "bert",
    labels: int = 2,
) -> Path:
    import torch
    import transformers

    torch.manual_seed(7)
    fast = tokenizer()
    config = transformers.AutoConfig.for_model(
        architecture,
        vocab_size=len(fast),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=TOKENS + 2,
        initializer_range=0.4,  # else all tokens would score alike
        num_labels=labels,
        pad_token_id=0,
    )
    getattr(transformers, head).from_config(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def write_model() -> WriteModel:
    """Writes a tiny model with the head of that name."""
    return _write_model


@pytest.fixture(scope="session")
def trained(write_model: WriteModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model for question answering, as save_pretrained leaves it."""
    return write_model(tmp_path_factory.mktemp("reader") / "trained")


@pytest.fixture(scope="session")
def compiled(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as the package would carry it."""
    from export_reader import export

    folder = tmp_path_factory.mktemp("reader") / "weights"
    export(trained, folder, "tiny", "1", tokens=48)
    return folder
