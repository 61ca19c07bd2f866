"""A whole visit without a mouse: every step is a key that is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.browser.visiting import BROWSER, OpenPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = BROWSER

QUESTION = "What turns the lamp of Skerry lighthouse?"
_FURTHEST = 150  # presses of Tab to anything on the page


def has_focus(page: Page, selector: str) -> bool:
    return bool(page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector))


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until what ``selector`` means has the focus."""
    for _ in range(_FURTHEST):
        page.keyboard.press(key)
        if has_focus(page, selector):
            return
    raise AssertionError(f"{selector} is not reached with {key}")


def test_ask_read_the_source_and_come_back(open_page: OpenPage) -> None:
    page = open_page()
    assert has_focus(page, "#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#latest .acts").wait_for()

    tab_to(page, "#latest a.cite", "Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("#source .leaf mark").first.wait_for()
    page.wait_for_function("document.activeElement.tagName === 'H2'")
    page.get_by_text("2 of 3", exact=True).first.wait_for()
    tab_to(page, "#source .forth")
    page.keyboard.press("Enter")
    page.get_by_text("3 of 3", exact=True).wait_for()
    tab_to(page, "#source .as-text", "Shift+Tab")
    page.keyboard.press("Space")
    page.locator("#source .text", has_text="sails alone").wait_for()
    tab_to(page, "#source .copy")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert "seven weights" in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    page.locator("#source .source").wait_for(state="hidden")
    assert has_focus(page, "#latest a.cite")


def test_the_steps_from_citation_to_citation(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.type("What is the melting point of tungsten?")
    page.keyboard.press("Enter")
    page.locator("#latest .acts").wait_for()
    tab_to(page, "#latest a.near", "Shift+Tab")
    tab_to(page, "#latest a.near[href$='-1']", "Shift+Tab")
    page.keyboard.press("Enter")
    for position in (2, 3):
        page.locator("#source .source").wait_for()
        tab_to(page, "#source a.turn:last-of-type")
        page.keyboard.press("Enter")
        page.locator("#source .count", has_text=f"{position} of 3").wait_for()
        page.wait_for_function("document.activeElement.tagName === 'H2'")
    page.keyboard.press("Escape")
    assert has_focus(page, "#latest a.near[href$='-1']")


def test_the_tabs_the_documents_and_the_list_of_conversations(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#latest .acts").wait_for()
    address = page.url

    tab_to(page, "#documents-button, [role=tab][aria-controls='documents']", "Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("#library tbody tr").first.wait_for()
    tab_to(page, "#library .filter")
    page.keyboard.type("skerry")
    page.wait_for_function("document.querySelectorAll('#library tbody tr').length === 1")
    tab_to(page, "#library button.look")
    page.keyboard.press("Enter")
    page.locator("dialog .text").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert has_focus(page, "#library button.look")

    tab_to(page, "#fresh", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)
    tab_to(page, "#history li a")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    page.locator("#latest .acts").wait_for(state="attached")
    assert page.locator("#latest .asked").text_content() == QUESTION
