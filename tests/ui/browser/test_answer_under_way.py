"""An answer that takes its time: it is seen to grow, can be stopped, and outlives its page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant, Settings
from model_server import Reply, saying
from tests.ui.browser.visiting import BROWSER, OpenPage
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Page

    from index import Encoder

pytestmark = BROWSER

LEADER = "Who leads the climate strategy of Port Merrow?"
FIRST = "A new Climate Office leads the strategy in place of the Environment Department [1][2][3]."
LAST = " The Climate Office has a budget."


@dataclass(frozen=True, slots=True)
class SlowSite:
    """A chat whose model says one sentence, and the next when ``go_on`` is set."""

    address: str
    go_on: threading.Event


@pytest.fixture
def slow(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    samples: Path,
    sample_index: Path,
    encoder: Encoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[SlowSite]:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-tests")
    go_on = threading.Event()

    def words() -> Iterator[str]:
        yield FIRST
        yield " "
        go_on.wait(60)
        yield LAST

    with saying(Reply(pieces=words()), Reply(pieces=[FIRST])) as model:
        settings = Settings(chat_model="openai:m", chat_base_url=f"{model.address}/v1")
        with (
            Assistant.open(sample_index, settings, encoder) as assistant,
            serving(make_app(assistant, samples, tmp_path)) as address,
        ):
            yield SlowSite(address, go_on)
            go_on.set()


def ask_slowly(page: Page, site: SlowSite) -> None:
    """Ask, and wait for the first sentence of the answer."""
    page.goto(site.address)
    page.locator("#conversation .example").first.wait_for()
    page.fill("#question textarea", LEADER)
    page.press("#question textarea", "Enter")
    page.locator("#latest .words", has_text="Climate Office").wait_for()


def test_a_stopped_answer_stays_with_what_it_said_and_the_next_is_whole(
    open_page: OpenPage, slow: SlowSite
) -> None:
    page = open_page()
    ask_slowly(page, slow)
    assert page.locator("#latest .acts").count() == 0
    page.get_by_role("button", name="Stop").click()
    page.locator("#latest .note", has_text="Stopped before its end").wait_for()
    assert "Climate Office" in page.locator("#latest .words").inner_text()
    slow.go_on.set()
    page.locator("#latest").get_by_role("button", name="Ask again").click()
    page.locator("#latest .note", has_text="Written by").wait_for()
    assert page.locator("#conversation .asked").count() == 1


def test_an_answer_goes_on_though_its_page_is_closed(open_page: OpenPage, slow: SlowSite) -> None:
    page = open_page()
    ask_slowly(page, slow)
    address = page.url
    page.close()
    page = open_page()
    page.goto(address)
    page.locator("#latest .words", has_text="Climate Office").wait_for()
    page.get_by_role("button", name="Stop").wait_for()
    slow.go_on.set()
    page.locator("#latest .acts").wait_for()
    assert "budget" in page.locator("#latest .words").inner_text()
    page.get_by_role("button", name="Ask", exact=True).wait_for()


def test_another_conversation_is_read_meanwhile(open_page: OpenPage, slow: SlowSite) -> None:
    page = open_page()
    ask_slowly(page, slow)
    page.get_by_role("button", name="New conversation").click()
    page.locator("#conversation .example").first.wait_for()
    slow.go_on.set()
    page.locator("#history li a", has_text=LEADER).click()
    page.locator("#latest .acts").wait_for()
    assert "budget" in page.locator("#latest .words").inner_text()


def test_two_pages_of_a_conversation_ask_one_after_the_other(
    open_page: OpenPage, slow: SlowSite
) -> None:
    page, other = open_page(), open_page()
    ask_slowly(page, slow)
    other.goto(page.url)
    other.locator("#latest .words", has_text="Climate Office").wait_for()
    # As a page that was opened before the question was asked.
    other.evaluate("document.body.classList.remove('answering')")
    other.fill("#question textarea", LEADER)
    other.press("#question textarea", "Enter")
    other.locator("body.answering").wait_for()
    other.wait_for_function(f"document.querySelector('#question textarea').value === {LEADER!r}")
    slow.go_on.set()
    other.locator("#latest .acts").wait_for()
    assert other.locator("#conversation .asked").count() == 1
    other.locator("body:not(.answering)").wait_for()
    other.press("#question textarea", "Enter")
    other.locator("#earlier .asked").wait_for()
    other.locator("#latest .acts").wait_for()
    assert other.input_value("#question textarea") == ""
