"""A real Chromium in front of a real server; whatever leaves this machine fails the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from assistant import Assistant
from index import Encoder, sync
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
HOSTILE = (
    "# Visitors <img src=x onerror=window.stolen=1>\n\n"
    "The lighthouse keeper welcomes visitors on Tuesdays {{value}} ${window.stolen=1} "
    '`<script>window.stolen=1</script>` "onfocus=alert(1) and `![p](http://tracker.example/p)`.\n'
)


@dataclass(frozen=True, slots=True)
class Site:
    """A running chat."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("needs chromium (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    samples: Path,
    sample_index: Path,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The chat over a copy of the samples and one hostile document."""
    place = tmp_path_factory.mktemp("site")
    folder, index_dir = place / "documents", place / "index"
    shutil.copytree(samples, folder)
    shutil.copytree(sample_index, index_dir)
    (folder / "lighthouse.md").write_text(HOSTILE, encoding="utf-8")
    sync(folder, index_dir, encoder=encoder)
    with (
        Assistant.open(index_dir, encoder=encoder) as assistant,
        serving(make_app(assistant, folder, index_dir)) as address,
    ):
        yield Site(address, folder)


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the chat; at the end no page may have had an error or asked another machine."""
    troubles: list[str] = []
    contexts = []

    def watch(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def open_one(width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.route("**/*", watch)
        page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if message.type == "error" else None,
        )
        page.goto(site.address)
        page.locator("#question textarea").wait_for()
        page.locator("#conversation .example").first.wait_for()
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []
