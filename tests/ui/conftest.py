"""What the tests of the interface share: the command line, and the web application."""

from __future__ import annotations

import asyncio
import gc
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.clock import Clock

if TYPE_CHECKING:
    from fastapi import FastAPI
    from typer.testing import Result

    from assistant import Assistant
    from index import Encoder
    from ui.access import Access
    from ui.users import Users

    MakeApp = Callable[..., FastAPI]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def make_app(encoder: Encoder) -> MakeApp:
    """Makes the application over (assistant, folder, index folder, access)."""

    def make(
        assistant: Assistant, folder: Path, index_dir: Path, access: Access | None = None
    ) -> FastAPI:
        with warnings.catch_warnings():
            # While it builds a page, Gradio makes event loops and leaves them to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            from ui.server import create_app

            app = create_app(
                assistant, folder=folder, index_dir=index_dir, encoder=encoder, access=access
            )
            asyncio.set_event_loop(None)  # the latest of them
            gc.collect()
        return app

    return make


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    from ui.users import Users

    users = Users(tmp_path_factory.mktemp("users") / "users.json")
    users.add("ada", "twelve quays")
    return users


@pytest.fixture(scope="module")
def app(
    make_app: MakeApp, assistant: Assistant, samples: Path, sample_index: Path, users: Users
) -> FastAPI:
    """The application over the samples, for those who log in."""
    from ui.access import Access

    return make_app(assistant, samples, sample_index, Access(users, 12))


@pytest.fixture(autouse=True)
def place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings file, variable or index of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in list(os.environ):
        if name.startswith("STRATEGY_"):
            monkeypatch.delenv(name)


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs `strategy ARGUMENTS` in this process."""
    from typer.testing import CliRunner

    from ui.cli import app

    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document; both names have a space."""
    folder = tmp_path / "my documents"
    folder.mkdir()
    (folder / "harbour plan.md").write_text(
        "# Harbour plan\n\nTwelve quays get shore power by 2031.\n", encoding="utf-8"
    )
    return folder
