"""ChatModel: the chat model that a setting names, by LangChain, and what is known of it."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.destination import LOCAL_MODEL, OWN_MODEL, Destination, address, answering
from assistant.errors import ChatModelUnavailable
from assistant.model_stream import StreamLimits
from assistant.settings import Settings
from assistant.token_budget import DEFAULT_CONTEXT, CountTokens, TokenBudget, most_tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_NO_KEY = "none"  # what a server without keys is sent in place of one


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A model that is ready to be asked."""

    model: BaseChatModel
    name: str  # "openai:gpt-4.1"
    destination: Destination
    limits: StreamLimits
    budget: TokenBudget


def open_chat_model(settings: Settings, given: BaseChatModel | None = None) -> ChatModel | None:
    """The chat model of the settings, or the ``given`` one; None where there is to be none.

    - ``provider:model``: any that LangChain's ``init_chat_model`` knows. With ``chat_base_url``
      a server that speaks OpenAI's protocol, where no other provider is named.
    - ``transformers:FOLDER``: a model on this disk, run in this process.
    - ``langchain:package.module:Name``: what that class or function, called without arguments,
      makes of LangChain's BaseChatModel.

    Raises ChatModelUnavailable.
    """
    setting = settings.chat_model.strip()
    if given is not None:
        return _ready(settings, given, _name_of(given), _destination_of(given))
    if not setting:
        if settings.chat_base_url:
            raise ChatModelUnavailable(
                "The setting `chat_base_url` is set, but `chat_model` is not. Name the model that "
                "the server runs, as in openai:MODEL."
            )
        return None
    if ":" not in setting:
        hint = f"openai:{setting}" if settings.chat_base_url else f"PROVIDER:{setting}"
        raise ChatModelUnavailable(
            f"The setting `chat_model` is {setting}, which names no provider. Write {hint}; "
            "providers are openai, anthropic, ollama, transformers, and LangChain's others."
        )
    destination = answering(setting, settings.chat_base_url)
    assert destination is not None  # there is a setting
    return _ready(settings, _load(setting, settings), setting, destination)


def _load(setting: str, settings: Settings) -> BaseChatModel:
    provider, _, model = setting.partition(":")
    if provider == LOCAL_MODEL:
        from assistant.transformers_model import load_transformers_model

        return load_transformers_model(model, settings.chat_reply_tokens)
    if provider == OWN_MODEL:
        return _made_by(setting, model)
    try:
        # The package is no part of this program: whoever wants a provider installs both.
        init_chat_model = importlib.import_module("langchain.chat_models").init_chat_model
        made: BaseChatModel = init_chat_model(setting, **_options(provider, setting, settings))
    except ImportError as error:
        raise ChatModelUnavailable(
            f"The setting `chat_model` names {setting}, and LangChain's package for {provider} is "
            "not installed. Install it with: pip install langchain "
            f"langchain-{provider.replace('_', '-')}"
        ) from error
    except Exception as error:  # no such provider, no key: each provider has its own kinds
        raise ChatModelUnavailable(
            f"The setting `chat_model` names {setting}, which LangChain cannot open "
            f"({_first_line(error)}). Check the name, and the key that the provider wants."
        ) from error
    return made


def _options(provider: str, setting: str, settings: Settings) -> dict[str, Any]:
    """What a provider's package is told besides the model's name."""
    where = address(setting, settings.chat_base_url)
    options: dict[str, Any] = {"base_url": where} if where else {}
    if provider == "ollama":
        # Ollama reads 4,096 tokens unless told, and drops the beginning of longer prompts: the
        # rules. It has no retries of its own.
        options |= {"num_ctx": _context(settings, None), "temperature": 0}
        options["client_kwargs"] = {"timeout": settings.chat_timeout}
        return options
    options |= {"timeout": settings.chat_timeout, "max_retries": 0}  # we try again ourselves
    if provider == "openai" and settings.chat_base_url:
        options |= {"temperature": 0, "use_responses_api": False}
        if not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = _NO_KEY
    return options


def _made_by(setting: str, place: str) -> BaseChatModel:
    """What the class or function ``package.module:Name`` makes, or the object of that name."""
    from langchain_core.language_models import BaseChatModel

    module, _, name = place.partition(":")
    wanted = f"The setting `chat_model` names {setting}"
    if not name:
        raise ChatModelUnavailable(
            f"{wanted}, which is not of the form {OWN_MODEL}:package.module:Name. "
            "Name a class or function that makes a LangChain chat model."
        )
    try:
        made: Any = getattr(importlib.import_module(module), name)
        if callable(made) and not isinstance(made, BaseChatModel):
            made = made()
    except Exception as error:  # somebody else's code
        raise ChatModelUnavailable(
            f"{wanted}, which cannot be made ({type(error).__name__}: {_first_line(error)}). Check "
            "the name, and that its package is installed beside this program or on PYTHONPATH."
        ) from error
    if not isinstance(made, BaseChatModel):
        raise ChatModelUnavailable(
            f"{wanted}, which makes a {type(made).__name__} and not a LangChain chat model "
            "(langchain_core.language_models.BaseChatModel)."
        )
    return made


def _ready(
    settings: Settings, model: BaseChatModel, name: str, destination: Destination
) -> ChatModel:
    own = getattr(model, "count_tokens", None)
    count: CountTokens = own if callable(own) else most_tokens
    return ChatModel(
        model,
        name,
        destination,
        StreamLimits(settings.chat_timeout, settings.chat_reply_tokens),
        TokenBudget(_context(settings, model), settings.chat_reply_tokens, count),
    )


def _context(settings: Settings, model: BaseChatModel | None) -> int:
    """Tokens of context: what the setting says, else the model of itself, else a usual number."""
    if settings.chat_context:
        return settings.chat_context
    profile = getattr(model, "profile", None) or {}
    known = profile.get("max_input_tokens") if isinstance(profile, dict) else None
    return known if isinstance(known, int) and known > 0 else DEFAULT_CONTEXT


def _name_of(model: BaseChatModel) -> str:
    fields = (getattr(model, field, None) for field in ("model", "model_name", "model_id"))
    name = next((found for found in fields if isinstance(found, str) and found), "")
    kind = type(model).__name__
    return f"{kind}:{name}" if name else kind


def _destination_of(model: BaseChatModel) -> Destination:
    """Where a model given from Python is, as far as it says."""
    name = _name_of(model)
    for field in ("openai_api_base", "anthropic_api_url", "base_url", "endpoint_url"):
        found = getattr(model, field, None)
        if isinstance(found, str) and found:
            destination = answering(f"{OWN_MODEL}:{name}", found)
            assert destination is not None  # there is a name
            return Destination(f"Answers by {name}", destination.where, destination.leaves)
    return Destination(f"Answers by {name}", "wherever that object sends them", leaves=True)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
