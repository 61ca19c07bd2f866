"""Destination: where questions and passages go, known without loading anything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from assistant.settings import Settings
from index.encoder import names_embeddings

LOCAL_MODEL = "transformers"  # the provider whose model runs in this process
OWN_MODEL = "langchain"  # the provider whose model is a class or function: package.module:Name
STAYS = "Nothing leaves this machine."
# Provider -> the variables that its package reads its address from, and where it goes otherwise.
_ADDRESSES: dict[str, tuple[tuple[str, ...], str]] = {
    "openai": (("OPENAI_API_BASE", "OPENAI_BASE_URL"), "https://api.openai.com/v1"),
    "anthropic": (("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"), "https://api.anthropic.com"),
    "ollama": (("OLLAMA_HOST",), "http://127.0.0.1:11434"),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """Something that gets questions and passages."""

    what: str  # "answers by openai:gpt-4.1"
    where: str  # an address, or what is known of it; empty: this process
    leaves: bool  # whether it may be another machine

    def __str__(self) -> str:
        if not self.where:
            return f"{self.what}, in this process"
        return f"{self.what}: questions and passages are sent to {self.where}"


def address(setting: str, base_url: str = "") -> str:
    """The address that a chat model ``provider:model`` is asked at; empty where not known.

    It is handed to the provider's package, so that what is told is what is done.
    """
    if base_url:
        return base_url
    names, default = _ADDRESSES.get(setting.partition(":")[0], ((), ""))
    return next((os.environ[name] for name in names if os.environ.get(name)), default)


def answering(setting: str, base_url: str = "") -> Destination | None:
    """Where a chat model is; None without one."""
    if not setting:
        return None
    what = f"Answers by {setting}"
    provider = setting.partition(":")[0]
    if provider == LOCAL_MODEL:
        return Destination(what, "", leaves=False)
    where = without_secrets(address(setting, base_url))
    if not where:
        own = provider == OWN_MODEL
        where = "wherever that code sends them" if own else f"the service of {provider}"
        return Destination(what, where, leaves=True)
    return Destination(what, where, leaves=not is_this_machine(where))


def destinations(settings: Settings) -> list[Destination]:
    """All that gets questions and passages, by the settings."""
    found = [answering(settings.chat_model, settings.chat_base_url)]
    if names_embeddings(settings.encoder):
        provider = settings.encoder.partition(":")[0]
        where = without_secrets(address(settings.encoder)) or f"{provider}'s package"
        found.append(
            Destination(f"Search by {settings.encoder}", where, leaves=not is_this_machine(where))
        )
    return [destination for destination in found if destination is not None]


def in_short(found: list[Destination]) -> str:
    """The same in a few words, for a place with little room."""
    leaving = [destination.where for destination in found if destination.leaves]
    if not leaving:
        return STAYS
    hosts = dict.fromkeys(urlsplit(where).hostname or where for where in leaving)
    return f"Questions and passages are sent to {', '.join(hosts)}."


def told(found: list[Destination]) -> str:
    """One or two sentences for people."""
    said = [f"{destination}." for destination in found]
    if not any(destination.leaves for destination in found):
        said.append(STAYS)
    return " ".join(said)


def without_secrets(url: str) -> str:
    """The address without a user's name and password, a query or a fragment."""
    parts = urlsplit(url)
    if not parts.netloc:
        return url.partition("?")[0]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def is_this_machine(url: str) -> bool:
    """Whether an address is of this machine; a name is only where it says so itself."""
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
