"""A model on this disk: tiny, with random weights, made here; it talks nonsense."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant, ChatModelUnavailable, Settings
from assistant.chat_model import open_chat_model

if TYPE_CHECKING:
    from index import Encoder

TEMPLATE = (
    "{% for turn in messages %}<|{{ turn['role'] }}|>{{ turn['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
WORDS = [
    "the lighthouse plan of the northern coast",
    "keepers trim lamps",
    "who leads?",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Llama of two layers with a tokenizer that learnt three lines."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    made = tmp_path_factory.mktemp("model")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    tokenizer.train_from_iterator(
        WORDS,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=special,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|end|>", pad_token="<|end|>"
    )
    fast.chat_template = TEMPLATE
    fast.save_pretrained(made)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(fast),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=8192,
        bos_token_id=None,
        eos_token_id=fast.eos_token_id,
        pad_token_id=fast.pad_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(made)
    return made


def settings(folder: Path, **more: int) -> Settings:
    return Settings(chat_model=f"transformers:{folder}", chat_reply_tokens=24, **more)


def test_what_it_says_is_streamed_judged_and_thrown_away(
    folder: Path, coast: Assistant, coast_index: Path, remembering: Encoder
) -> None:
    question = "Who leads the lighthouse plan?"
    with Assistant.open(coast_index, settings(folder), remembering) as assistant:
        said = assistant.answer(question)
        (destination,) = assistant.destinations
    own = coast.answer(question)
    assert (said.text, said.citations, said.method) == (own.text, own.citations, "extractive")
    assert said.note
    assert not destination.leaves


def test_it_counts_with_its_own_tokenizer_and_knows_its_context(folder: Path) -> None:
    chat = open_chat_model(settings(folder))
    assert chat is not None
    assert chat.budget.context == 8192
    assert chat.budget.count("the lighthouse") < len("the lighthouse")
    assert chat.budget.count("<|end|>") == 1  # why passages must not hold such signs


def test_the_same_question_has_the_same_answer_piece_by_piece_and_whole(folder: Path) -> None:
    chat = open_chat_model(settings(folder))
    assert chat is not None
    pieces = [chunk.text for chunk in chat.model.stream("who leads?")]
    assert "".join(pieces) == chat.model.invoke("who leads?").text
    assert len(pieces) > 1


def test_leaving_it_stops_the_network(folder: Path) -> None:
    chat = open_chat_model(settings(folder))
    assert chat is not None
    stream = chat.model.stream("who leads?")
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert "transformers" not in {thread.name for thread in threading.enumerate()}


def test_a_model_that_was_not_trained_for_conversation_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    import shutil

    bare = tmp_path / "bare"
    shutil.copytree(folder, bare)
    (bare / "chat_template.jinja").unlink()
    with pytest.raises(ChatModelUnavailable, match="no chat template"):
        open_chat_model(settings(bare))
