"""A real Chromium in front of a real server; whatever leaves this machine fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from assistant import Assistant
from index import Encoder, sync
from tests.ui.browser.documents import write_documents
from tests.ui.browser.visiting import OpenPage, Site
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page, Route

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    """For ``browse`` alone, which watches over all that the browser does."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs chromium (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def forgiven() -> tuple[str, ...]:
    """What a browser complains of in answer to what tests do on purpose; a module may name some."""
    return ()


@pytest.fixture
def troubles() -> list[str]:
    """What went wrong on the pages of a test, in words."""
    return []


@pytest.fixture
def browse(
    _chromium: Browser, forgiven: tuple[str, ...], troubles: list[str]
) -> Iterator[OpenPage]:
    """Opens an address in a browser of its own.

    At the end no page, nor any that it opened, may have had an error or asked another machine.
    """
    contexts = []

    def watch(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def open_one(address: str, width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = _chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.route("**/*", watch)
        context.on("weberror", lambda error: troubles.append(f"page error: {error.error}"))
        context.on(
            "console",
            lambda said: troubles.append(said.text) if said.type == "error" else None,
        )
        page = context.new_page()
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [each for each in troubles if not any(words in each for words in forgiven)] == []


@pytest.fixture
def open_page(browse: OpenPage, site: Site) -> OpenPage:
    """Opens the chat and waits until one can ask."""

    def open_one(**window: object) -> Page:
        page = browse(site.address, **window)
        page.locator("#question textarea").wait_for()
        page.locator("#conversation .example").first.wait_for()
        return page

    return open_one


@pytest.fixture(scope="session")
def site(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    samples: Path,
    sample_index: Path,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The chat over a copy of the samples and one document of each kind."""
    place = tmp_path_factory.mktemp("site")
    folder, index_dir = place / "documents", place / "index"
    shutil.copytree(samples, folder)
    shutil.copytree(sample_index, index_dir)
    write_documents(folder)
    sync(folder, index_dir, encoder=encoder)
    with (
        Assistant.open(index_dir, encoder=encoder) as assistant,
        serving(make_app(assistant, folder, index_dir)) as address,
    ):
        yield Site(address, folder, index_dir)
