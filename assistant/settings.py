"""Settings: defaults, then strategy.toml, then STRATEGY_* variables, then what the caller says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError
from assistant.reader.opening import DEFAULT_READER, NO_MODEL
from index import DEFAULT_MODEL
from index.compiled_model import default_cache
from ingest import ReadingLimits

SETTINGS_FILE = "strategy.toml"
_PREFIX = "STRATEGY_"


def _default_index() -> Path:
    """Where an index is kept when nobody says: in the user's data folder."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "strategy-assistant" / "index"


class Settings(BaseSettings):
    """All that can be set, as a key of strategy.toml or, as STRATEGY_NAME, in the environment."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=_PREFIX, toml_file=SETTINGS_FILE, extra="forbid", frozen=True
    )

    index: Path = Field(default_factory=_default_index, description="folder of the index")
    encoder: str = Field(
        DEFAULT_MODEL,
        min_length=1,
        description="sentence-transformers model, by name or path, or provider:model of LangChain",
    )
    cache: Path = Field(default_factory=default_cache, description="folder of compiled models")
    passages: int = Field(12, ge=1, le=100, description="passages that an answer is made from")
    reader: str = Field(
        DEFAULT_READER,
        min_length=1,
        description="transformers model for question answering, by name or path; or none",
    )
    reranker: str = Field(
        NO_MODEL,
        min_length=1,
        description="sentence-transformers cross-encoder, by name or path; or none",
    )
    chat_model: str = Field(
        "", description="provider:model of LangChain, or transformers:FOLDER; empty: none is asked"
    )
    chat_base_url: str = Field("", description="address of a server that speaks OpenAI's protocol")
    chat_timeout: float = Field(60, gt=0, description="seconds that the chat model may be silent")
    chat_context: int = Field(
        0, ge=0, description="tokens that the chat model takes; 0: what it says itself, or 8192"
    )
    chat_reply_tokens: int = Field(1024, ge=16, description="tokens that a reply may have")
    unsupported: Literal["show", "drop"] = Field(
        "show", description="what becomes of a model's sentences that nothing proves"
    )
    host: str = Field("127.0.0.1", min_length=1, description="address the chat is served on")
    port: int = Field(
        7860, ge=0, le=65535, description="port the chat is served on; 0: any free one"
    )
    public_name: str = Field(
        "", description="host name under which a proxy on this machine serves the chat"
    )
    tls_cert: Path | None = Field(None, description="certificate to serve https with, as PEM")
    tls_key: Path | None = Field(None, description="its key, as PEM without a password")
    connections_of_address: int = Field(
        100, ge=8, description="connections that one address may have at a time"
    )
    users: Path | None = Field(
        None, description="file of the users who may log in; none: beside the index"
    )
    language: str = Field(
        "", description="language of the web pages, as de or en-GB; empty: each reader's own"
    )
    session_hours: float = Field(
        12, gt=0, le=168, description="hours without use after which a login ends"
    )
    answers_at_once: int = Field(
        4, ge=1, le=256, description="answers and searches of programs made at the same time"
    )
    answers_waiting: int = Field(
        200, ge=0, description="those that may wait; more are told to come again"
    )
    uploads_at_once: int = Field(100, ge=1, description="files that the page uploads at a time")
    most_documents: int = Field(
        10_000, ge=1, description="documents in the folder up to which some may be uploaded"
    )
    mcp: bool = Field(False, description="serve tools for assistants at /mcp")
    reading_seconds: int = Field(
        60, ge=1, description="processor time that reading one document may take"
    )
    reading_memory_mb: int = Field(
        2048, ge=512, description="memory that reading one document may take"
    )
    reading_file_mb: int = Field(500, ge=1, description="size up to which a document is read")

    @property
    def reading_limits(self) -> ReadingLimits:
        return ReadingLimits(self.reading_seconds, self.reading_memory_mb, self.reading_file_mb)

    @property
    def users_file(self) -> Path:
        return self.users or self.index.with_name(f"{self.index.name}-users.json")

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Settings from all sources; ``given`` values that are None count as not given.

        Raises SettingsError that names the setting, and where it was set.
        """
        unknown = sorted(
            name
            for name in os.environ
            if name.startswith(_PREFIX)
            and name.removeprefix(_PREFIX).lower() not in cls.model_fields
        )
        known = ", ".join(cls.model_fields)
        if unknown:
            raise SettingsError(f"{unknown[0]}: no such setting. Known are: {known}.")
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            if first["type"] == "extra_forbidden":
                raise SettingsError(
                    f"{name}: no such setting (in {SETTINGS_FILE} or given). Known are: {known}."
                ) from error
            raise SettingsError(
                f"{name}: {first['msg']}, got {first['input']!r}. Set it right in {SETTINGS_FILE},"
                f" in {_PREFIX}{name.upper()} or where it was given, or leave it out."
            ) from error
        except (ValueError, OSError) as error:  # a TOML file that is none, or that is closed
            raise SettingsError(f"{SETTINGS_FILE}: {error}. Mend or remove the file.") from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - .env files are not read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
