"""TransformersModel: a chat model on this disk, run in this process by transformers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, PrivateAttr

from assistant.errors import ChatModelUnavailable

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForLLMRun

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}


class TransformersModel(BaseChatModel):
    """A LangChain chat model over a transformers model and its tokenizer; one answer at a time.

    The model never samples: the same question has the same answer.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    model_id: str
    network: Any  # a transformers model for causal language modelling
    tokenizer: Any
    reply_tokens: int
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "transformers"

    def count_tokens(self, text: str) -> int:
        return len(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        text = "".join(chunk.text for chunk in self._stream(messages, stop, run_manager))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002 - LangChain's signature
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """Tokens as they are made. Leaving the iterator stops the network at its next token."""
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        given = self._tokens(messages)
        left = threading.Event()
        streamer: Any = TextIteratorStreamer(
            self.tokenizer, skip_prompt=True, skip_special_tokens=True
        )
        failures: list[BaseException] = []

        def generate() -> None:
            try:
                self.network.generate(
                    **given,
                    streamer=streamer,
                    max_new_tokens=self.reply_tokens,
                    do_sample=False,
                    stopping_criteria=StoppingCriteriaList([lambda *_, **__: left.is_set()]),
                    pad_token_id=self.tokenizer.pad_token_id or self.tokenizer.eos_token_id,
                )
            except BaseException as error:
                failures.append(error)
                streamer.end()

        with self._lock:
            thread = threading.Thread(target=generate, name="transformers", daemon=True)
            thread.start()
            try:
                for text in streamer:
                    chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
                    if run_manager is not None:
                        run_manager.on_llm_new_token(text, chunk=chunk)
                    yield chunk
            finally:
                left.set()
                thread.join()
        if failures:
            raise failures[0]

    def _tokens(self, messages: list[BaseMessage]) -> Any:
        """The conversation in the template that the model was trained with."""
        turns = [
            {"role": _ROLES.get(message.type, "user"), "content": message.text}
            for message in messages
        ]
        return self.tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )


def load_transformers_model(place: str, reply_tokens: int) -> TransformersModel:
    """The model in a folder, or of a name that the Hugging Face cache holds; nothing is fetched.

    Weights are read as safetensors alone, and no code of the model's own is run.
    Raises ChatModelUnavailable.
    """
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = Path(place).expanduser()
    name = str(folder) if folder.is_dir() else place
    try:
        tokenizer = AutoTokenizer.from_pretrained(
            name, local_files_only=True, trust_remote_code=False
        )
        network = AutoModelForCausalLM.from_pretrained(
            name, local_files_only=True, trust_remote_code=False, use_safetensors=True
        )
    except Exception as error:  # transformers raises many kinds
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ChatModelUnavailable(
            f"The setting `chat_model` names transformers:{place}, which cannot be loaded ({said})."
            " Name a folder with a model in the Hugging Face layout (config.json, tokenizer, "
            f"model.safetensors), or fetch it first with: hf download {place}"
        ) from error
    if not getattr(tokenizer, "chat_template", None):
        raise ChatModelUnavailable(
            f"The setting `chat_model` names transformers:{place}, whose tokenizer has no chat "
            "template: it is no chat model. Name one that was trained for conversation."
        )
    length = getattr(network.config, "max_position_embeddings", None)
    return TransformersModel(
        model_id=place,
        network=network,  # from_pretrained has put it into evaluation mode
        tokenizer=tokenizer,
        reply_tokens=reply_tokens,
        profile={"max_input_tokens": length} if length else None,
    )
