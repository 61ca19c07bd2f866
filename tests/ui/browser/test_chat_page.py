"""The chat as a person meets it: ask, read, open the source, re-index; by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.browser.visiting import BROWSER, OpenPage, Site, ask, focused, open_source, overflows

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = BROWSER

DOMAINS = "What are the five policy domains?"
NOWHERE = "What is the melting point of tungsten?"


def test_a_list_question_shows_its_items_and_the_citation_opens_them(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, DOMAINS)
    items = answer.locator(".words li").all_inner_texts()
    domains = ("International security", "diplomacy", "defence", "Partnerships", "Capacity")
    assert all(any(domain in item for item in items) for domain in domains)
    panel = open_source(page, answer.locator("a.cite").last)
    text = panel.locator(".text").inner_text()
    assert all(domain in text for domain in domains)
    mark, frame = panel.locator("mark").first.bounding_box(), panel.locator(".text").bounding_box()
    assert mark is not None
    assert frame is not None
    assert frame["y"] <= mark["y"] <= frame["y"] + frame["height"]


def test_the_marked_words_are_the_quote(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, "When was the 2013 strategy followed by a new one?")
    panel = open_source(page, answer.locator("a.cite, a.near").first)
    copied = panel.locator(".copy").get_attribute("data-copy") or ""
    quote = copied[1 : copied.index("”")]
    marked = " ".join(panel.locator("mark").all_inner_texts())
    assert "".join(marked.split()) == "".join(quote.split())
    panel.locator(".copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_the_keyboard_opens_and_closes_a_source(open_page: OpenPage) -> None:
    page = open_page()
    marker = ask(page, DOMAINS).locator("a.cite").first
    marker.focus()
    page.keyboard.press("Enter")
    page.locator("#source mark").first.wait_for()
    page.wait_for_function("document.activeElement.tagName === 'H2'")
    page.keyboard.press("Escape")
    page.locator("#source .source").wait_for(state="hidden")
    assert focused(page).startswith("A.cite")
    page.keyboard.press("Enter")
    page.locator("#source .source").wait_for()
    page.get_by_role("button", name="Close the source").click()
    page.locator("#source .source").wait_for(state="hidden")
    assert focused(page).startswith("A.cite")


def test_a_followup_is_understood_from_what_was_said(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "What is Port Merrow's target for emissions?")
    answer = ask(page, "And for shore power?")
    assert "Understood as" in answer.inner_text()
    assert "shore power" in answer.locator(".note").first.inner_text()


def test_a_refusal_offers_passages_that_open(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, NOWHERE)
    assert answer.locator(".refused").count() == 1
    assert answer.locator("a.near").count() == 3
    open_source(page, answer.locator("a.near").first)
    page.get_by_label("Next citation").click()
    page.get_by_text("2 of 3").wait_for()


def test_an_example_question_is_asked_with_one_click(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#conversation .example").first.click()
    page.locator("#conversation .answer").wait_for()
    assert page.locator("#conversation .asked").count() == 1


def test_a_new_conversation_begins_empty(open_page: OpenPage) -> None:
    page = open_page()
    open_source(page, ask(page, DOMAINS).locator("a.cite").first)
    page.get_by_role("button", name="New conversation").click()
    page.locator("#conversation .example").first.wait_for()
    page.locator("#source .source").wait_for(state="hidden")
    assert page.locator("#conversation .answer").count() == 0


def test_what_goes_wrong_is_a_sentence(open_page: OpenPage) -> None:
    page = open_page()
    failed = ask(page, "why " * 25_000).locator(".failed")
    assert "question" in failed.inner_text()
    assert "Traceback" not in page.content()
    assert ask(page, DOMAINS).locator(".words li").count() >= 5


def test_a_new_file_is_answered_after_a_reindex_without_restart(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page()
    (site.folder / "beekeeping.md").write_text(
        "# Beekeeping charter\n\nThe city keeps ninety beehives on the roof of the town hall.\n",
        encoding="utf-8",
    )
    page.get_by_role("tab", name="Documents").click()
    page.get_by_role("button", name="Re-index").click()
    page.locator(".report").wait_for()
    assert "beekeeping.md" in page.locator(".report").inner_text()
    page.get_by_label("Filter documents").fill("beekeeping")
    page.wait_for_function(
        "document.querySelectorAll('#library tbody tr:not([hidden])').length === 1"
    )
    page.get_by_role("tab", name="Ask").click()
    answer = ask(page, "How many beehives does the city keep on the roof of the town hall?")
    assert "ninety beehives" in answer.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_sideways_scrolling(
    open_page: OpenPage, scheme: str
) -> None:
    page = open_page(width=390, height=844, scheme=scheme)
    assert not overflows(page)
    answer = ask(page, DOMAINS)
    assert not overflows(page)
    panel = open_source(page, answer.locator("a.cite").first)
    assert not overflows(page)
    box = panel.bounding_box()
    assert box is not None
    assert box["width"] == 390
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Documents").click()
    page.locator("#library tbody tr").first.wait_for()
    assert not overflows(page)


def test_dark_follows_the_system(open_page: OpenPage) -> None:
    def brightness(page: Page) -> float:
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        channels = [float(part) for part in color.strip("rgba()").split(",")[:3]]
        return sum(channels) / 3

    assert brightness(open_page(scheme="dark")) < 60
    assert brightness(open_page(scheme="light")) > 200
