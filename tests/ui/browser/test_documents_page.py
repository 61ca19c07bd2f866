"""The Documents tab as a person uses it: upload, read, delete; by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.browser.visiting import BROWSER, OpenPage, ask, open_documents, overflows

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = BROWSER

CHARTER = (
    "# Ferry charter <img src=x onerror=window.stolen=1>\n\nThe ferry to Norvale leaves at dawn.\n"
)


def upload(page: Page, **files: str) -> None:
    page.locator("#upload input").set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
            for name, text in files.items()
        ]
    )


def test_an_upload_is_answered_and_a_deletion_is_gone_without_restart(open_page: OpenPage) -> None:
    page = open_page()
    open_documents(page)
    upload(page, **{"ferry <b>.md": CHARTER, "fake.pdf": "no pdf at all", "more.txt": "Ports."})
    sent = page.locator("#upload .sent")
    sent.locator(".refused").wait_for()
    assert "no PDF file" in sent.locator(".refused").inner_text()
    page.locator("#library [data-document='ferry _b_.md']").first.wait_for()
    assert sent.locator(".taken").count() == 2
    page.get_by_role("tab", name="Ask").click()
    question = "When does the ferry to Norvale leave?"
    assert "leaves at dawn" in ask(page, question).inner_text()
    page.get_by_role("tab", name="Documents").click()
    page.get_by_role("button", name="Delete ferry _b_.md").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Delete ferry _b_.md").click()
    page.get_by_role("button", name="Delete", exact=True).and_(page.locator(".really")).click()
    page.locator("#library [data-document='ferry _b_.md']").first.wait_for(state="detached")
    page.get_by_role("tab", name="Ask").click()
    assert "leaves at dawn" not in ask(page, question).inner_text()
    assert page.evaluate("window.stolen") is None


def test_a_document_opens_with_its_outline_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    open_documents(page)
    page.get_by_label("Filter documents").fill("port-merrow 2025")
    look = page.locator("#library button.look").first
    look.focus()
    page.keyboard.press("Enter")
    outline = page.get_by_role("navigation", name="Outline")
    last = outline.get_by_role("link").last
    last.click()
    frame = page.locator("dialog .text").bounding_box()
    target = page.locator(f"dialog .text {last.get_attribute('href')}").bounding_box()
    assert frame is not None
    assert target is not None
    assert frame["y"] - 5 <= target["y"] <= frame["y"] + frame["height"]
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.classList.contains('look')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_documents_without_sideways_scrolling(
    open_page: OpenPage, scheme: str
) -> None:
    page = open_page(width=390, height=844, scheme=scheme)
    open_documents(page)
    assert not overflows(page)
    page.locator("#library button.look").first.click()
    page.locator("dialog .text").wait_for()
    assert not overflows(page)
