"""The login in a real browser: by keyboard, on a phone, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from assistant import Assistant
from index import Encoder
from ui.access import Access
from ui.users import Users
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser
NAME, PASSWORD = "ada", "twelve quays of Norvale"
# What a browser says of its own accord of a page that a wrong password gets.
_REFUSED = "the server responded with a status of 401"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    users = Users(tmp_path_factory.mktemp("users") / "users.json")
    users.add(NAME, PASSWORD)
    return users


@pytest.fixture(scope="module")
def address(
    make_app: Callable[..., FastAPI],
    sample_index: Path,
    samples: Path,
    encoder: Encoder,
    users: Users,
) -> Iterator[str]:
    with (
        Assistant.open(sample_index, encoder=encoder) as assistant,
        serving(make_app(assistant, samples, sample_index, Access(users, 12))) as address,
    ):
        yield address


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages that may have no error and ask no other machine."""
    troubles: list[str] = []
    contexts = []

    def watch(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def open_one(width: int = 1440, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.route("**/*", watch)
        page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
        page.on(
            "console",
            lambda said: troubles.append(said.text) if said.type == "error" else None,
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if _REFUSED not in trouble] == []


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_by_keyboard_alone_from_the_address_to_an_answer(
    browse: Callable[..., Page], address: str
) -> None:
    page = browse()
    page.goto(f"{address}?c=")
    page.keyboard.type(NAME)  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("The name or the password is wrong.").wait_for()
    page.keyboard.type(PASSWORD)  # what was wrong has the focus
    page.keyboard.press("Enter")
    question = page.locator("#question textarea")
    question.fill("What are the five policy domains?")
    question.press("Enter")
    page.get_by_text("Cyber diplomacy").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_is_read_in_the_dark(
    browse: Callable[..., Page], address: str, scheme: str
) -> None:
    page = browse(390, scheme)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    button = page.get_by_role("button", name="Log in").bounding_box()
    assert button is not None
    assert button["height"] >= 44
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 26)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [1440, 390])
def test_logging_out_shows_the_login_and_keeps_it(
    browse: Callable[..., Page], address: str, width: int
) -> None:
    page = browse(width)
    page.goto(address)
    log_in(page)
    page.locator("#conversation .example").first.wait_for()
    leave = page.get_by_role("button", name="Log out")
    fresh = page.locator("#fresh").bounding_box()
    place = leave.bounding_box()
    assert fresh is not None
    assert place is not None
    assert fresh["x"] + fresh["width"] <= place["x"]
    assert place["x"] + place["width"] <= width
    leave.click()
    page.get_by_label("Password").wait_for()
    page.goto(address)
    page.get_by_label("Password").wait_for()


def test_a_session_that_has_ended_leads_to_the_login(
    browse: Callable[..., Page], address: str
) -> None:
    page = browse()
    page.goto(address)
    log_in(page)
    page.locator("#conversation .example").first.wait_for()
    page.context.clear_cookies()
    page.locator("#fresh").click()
    page.get_by_label("Password").wait_for()


def test_conversations_are_their_owners(
    browse: Callable[..., Page], address: str, users: Users
) -> None:
    page = browse()
    page.goto(address)
    log_in(page)
    question = page.locator("#question textarea")
    question.fill("Who leads the climate strategy?")
    question.press("Enter")
    page.get_by_text("Climate Office").first.wait_for()
    users.add("bo", PASSWORD)
    other = browse()
    other.goto(page.url)
    other.get_by_label("Name").fill("bo")
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    other.get_by_text("There is no such conversation").wait_for()
    assert other.get_by_text("Climate Office").count() == 0


def test_the_list_of_operations_needs_nothing_from_anywhere(
    browse: Callable[..., Page], address: str
) -> None:
    page = browse(390)
    page.goto(f"{address}api")
    log_in(page)
    page.get_by_role("heading", name="POST /api/answer").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
