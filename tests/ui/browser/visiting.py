"""What a person does in the chat, as far as several tests do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]

# What every module of these tests is marked with.
BROWSER = [
    pytest.mark.browser,
    # Gradio uses two things of pandas that pandas is about to drop.
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@dataclass(frozen=True, slots=True)
class Site:
    """A running chat."""

    address: str
    folder: Path
    index_dir: Path


def ask(page: Page, question: str) -> Locator:
    """Ask, and wait for the whole answer and until the next can be asked; returns the answer."""
    before = page.locator("#conversation .bot-row").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    row = page.locator("#conversation .bot-row").nth(before)
    row.locator(".acts, .failed").first.wait_for()
    page.locator("#question .submit-button").wait_for()
    return row


def open_source(page: Page, link: Locator) -> Locator:
    """Open what a citation links to, as text; returns the panel."""
    link.click()
    panel = page.locator("#source .source")
    panel.wait_for()
    if panel.locator(".as-text").count():
        panel.locator(".as-text").click()
    panel.locator(".text mark").first.wait_for()
    return panel


def open_cited(page: Page, question: str, words: str) -> Locator:
    """The panel of the first source of an answer; its quote must hold ``words``."""
    ask(page, question).locator("a.cite, a.near").first.click()
    panel = page.locator("#source .source")
    panel.wait_for()
    assert words in (panel.locator(".copy").get_attribute("data-copy") or "")
    return panel


def open_documents(page: Page) -> None:
    """The Documents tab, with its table."""
    page.get_by_role("tab", name="Documents").click()
    page.locator("#library tbody tr").first.wait_for()


def focused(page: Page) -> str:
    """Tag and class of what has the focus."""
    return str(
        page.evaluate("document.activeElement.tagName + '.' + document.activeElement.className")
    )


def overflows(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
