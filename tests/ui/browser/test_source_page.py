"""Sources as a person opens them: the page of a PDF with its words marked, the text of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.ingest.drawing import HEIGHT, WIDTH
from tests.ui.browser.documents import ASKED, BASELINE, BULB, LEFT, SIZE
from tests.ui.browser.visiting import (
    BROWSER,
    OpenPage,
    Site,
    ask,
    focused,
    open_cited,
    overflows,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = BROWSER

QUESTION = "What turns the lamp of Skerry lighthouse?"


def shown_picture(page: Page) -> Locator:
    page.wait_for_function("document.querySelector('#source .leaf img')?.naturalWidth > 0")
    return page.locator("#source .leaf")


def test_the_words_are_marked_where_they_stand_on_the_page(open_page: OpenPage) -> None:
    page = open_page(width=1440)
    panel = open_cited(page, QUESTION, "seven weights")
    shown_picture(page)
    assert panel.locator(".leaf-number").inner_text() == "2 of 3"
    # All in one look: between two the panel may still be sliding into its place.
    leaf, frame, *boxes = page.evaluate(
        """() => [".leaf img", ".sheet", ".leaf mark"].flatMap((selector) =>
            [...document.querySelectorAll(`#source ${selector}`)].map((element) =>
                element.getBoundingClientRect().toJSON()))"""
    )
    assert leaf["height"] / leaf["width"] == pytest.approx(HEIGHT / WIDTH, rel=0.01)
    point = leaf["width"] / WIDTH
    (box,) = [box for box in boxes if abs(box["y"] - leaf["y"] - (BASELINE - SIZE) * point) < 8]
    assert box["x"] - leaf["x"] == pytest.approx(LEFT * point, abs=4)
    assert box["width"] == pytest.approx(stringWidth(BULB, "Helvetica", SIZE) * point, abs=8)
    assert box["y"] - leaf["y"] < (BASELINE - 4) * point < box["y"] - leaf["y"] + box["height"]
    assert frame["y"] < box["y"] < frame["y"] + frame["height"]


def test_pages_are_turned_enlarged_and_shown_as_text(open_page: OpenPage) -> None:
    page = open_page(width=1440)
    panel = open_cited(page, QUESTION, "seven weights")
    shown_picture(page)
    page.get_by_label("Next page").click()
    page.get_by_text("3 of 3", exact=True).wait_for()
    assert page.get_by_label("Next page").is_disabled()
    assert panel.locator(".leaf mark").count() == 0
    panel.get_by_role("button", name="Text").click()
    assert "sails alone" in panel.locator(".text").inner_text()
    page.get_by_label("Previous page").click()
    page.get_by_text("2 of 3", exact=True).wait_for()
    assert "seven weights" in "".join(panel.locator(".text mark").all_inner_texts())
    panel.get_by_role("button", name="Page", exact=True).click()
    fitting = shown_picture(page).bounding_box()
    page.get_by_label("Larger").click()
    larger = shown_picture(page).bounding_box()
    assert fitting is not None
    assert larger is not None
    assert larger["width"] > 1.2 * fitting["width"]
    assert not overflows(page)


@pytest.mark.parametrize("file", ASKED)
def test_other_formats_open_as_text_and_as_a_download(open_page: OpenPage, file: str) -> None:
    question, words = ASKED[file]
    page = open_page()
    panel = open_cited(page, question, words)
    assert file in panel.locator(".file").inner_text()
    marks = panel.locator(".text mark")
    assert words in "".join(marks.all_inner_texts())
    frame, mark = panel.locator(".text").bounding_box(), marks.first.bounding_box()
    assert frame is not None
    assert mark is not None
    assert frame["y"] <= mark["y"] <= mark["y"] + mark["height"] <= frame["y"] + frame["height"]
    with page.expect_download() as download:
        panel.get_by_role("link", name="Download file").click()
    assert download.value.path().stat().st_size > 0


def test_the_keyboard_turns_pages_and_closes(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION).locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    shown_picture(page)
    page.keyboard.press("Alt+PageDown")
    page.get_by_text("3 of 3", exact=True).wait_for()
    page.locator("#source .as-text").focus()
    page.keyboard.press("Enter")
    page.locator("#source .text").wait_for()
    page.keyboard.press("Escape")
    page.locator("#source .source").wait_for(state="hidden")
    assert focused(page).startswith("A.cite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_whole_width_of_a_page(open_page: OpenPage, scheme: str) -> None:
    page = open_page(width=390, height=844, scheme=scheme)
    open_cited(page, QUESTION, "seven weights")
    box = shown_picture(page).bounding_box()
    assert box is not None
    assert 350 <= box["width"] <= 390
    assert not overflows(page)


def test_a_file_that_changed_since_says_so_and_shows_its_text(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page()
    location = site.folder / "Skerry light.pdf"
    before = location.read_bytes()
    location.write_bytes(before + b"\n% changed\n")
    try:
        panel = open_cited(page, QUESTION, "seven weights")
        panel.get_by_text("has changed since it was indexed").first.wait_for()
        assert "seven weights" in "".join(panel.locator(".text mark").all_inner_texts())
        location.unlink()
        page.get_by_label("Next page").click()
        panel.get_by_text("not where it was").first.wait_for()
    finally:
        location.write_bytes(before)
