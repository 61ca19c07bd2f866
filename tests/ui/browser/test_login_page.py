"""The login in a real browser: by keyboard, on a phone, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from index import Encoder
from tests.ui.browser.accessibility import faults
from tests.ui.browser.visiting import BROWSER, OpenPage
from ui.access import Access
from ui.users import Users
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Page

pytestmark = BROWSER
NAME, PASSWORD = "ada", "twelve quays of Norvale"


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
def forgiven() -> tuple[str, ...]:
    """What a browser says of its own accord of a page that a wrong password gets."""
    return ("the server responded with a status of 401",)


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_by_keyboard_alone_from_the_address_to_an_answer(browse: OpenPage, address: str) -> None:
    page = browse(f"{address}?c=")
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
    browse: OpenPage, address: str, scheme: str
) -> None:
    page = browse(address, width=390, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    button = page.get_by_role("button", name="Log in").bounding_box()
    assert button is not None
    assert button["height"] >= 44
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 26)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [1440, 390])
def test_logging_out_shows_the_login_and_keeps_it(
    browse: OpenPage, address: str, width: int
) -> None:
    page = browse(address, width=width)
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


def test_a_session_that_has_ended_leads_to_the_login(browse: OpenPage, address: str) -> None:
    page = browse(address)
    log_in(page)
    page.locator("#conversation .example").first.wait_for()
    page.context.clear_cookies()
    page.locator("#fresh").click()
    page.get_by_label("Password").wait_for()


def test_conversations_are_their_owners(browse: OpenPage, address: str, users: Users) -> None:
    page = browse(address)
    log_in(page)
    question = page.locator("#question textarea")
    question.fill("Who leads the climate strategy?")
    question.press("Enter")
    page.get_by_text("Climate Office").first.wait_for()
    users.add("bo", PASSWORD)
    other = browse(page.url)
    other.get_by_label("Name").fill("bo")
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    other.get_by_text("There is no such conversation").wait_for()
    assert other.get_by_text("Climate Office").count() == 0


def test_the_list_of_operations_needs_nothing_from_anywhere(browse: OpenPage, address: str) -> None:
    page = browse(f"{address}api", width=390)
    log_in(page)
    page.get_by_role("heading", name="POST /api/answer").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_before_the_chat_and_beside_it(
    browse: OpenPage, address: str, scheme: str
) -> None:
    page = browse(f"{address}api", scheme=scheme)

    def on_screens_and_phones() -> list[str]:
        found = []
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            found += faults(page)
        return found

    found = {"login": on_screens_and_phones()}
    log_in(page, "wrong")
    page.get_by_role("alert").wait_for()
    found["wrong password"] = on_screens_and_phones()
    log_in(page)
    page.get_by_role("heading", name="POST /api/answer").wait_for()
    found["operations"] = on_screens_and_phones()
    assert {state: broken for state, broken in found.items() if broken} == {}
