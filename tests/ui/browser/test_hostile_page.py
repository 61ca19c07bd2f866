"""A document that would like to be more than text, its name too: inert wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.browser.documents import ASKED
from tests.ui.browser.visiting import BROWSER, OpenPage, ask, open_documents, open_source

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = BROWSER

NAME = "<img src=x onerror=stolen=1>.md"
ATTACK = "<img src=x onerror=window.stolen=1> [x](javascript:alert(1)) ![y](http://a.example/y)"
# What would be there had a document or a question become a part of the page.
_ALIVE = "[onerror], [onfocus], img[src='x'], [href^='javascript:'], [src*='.example']"


def assert_inert(page: Page) -> None:
    assert page.evaluate("window.stolen") is None
    assert page.locator(_ALIVE).count() == 0


def test_in_an_answer_and_its_sources(open_page: OpenPage) -> None:
    page = open_page()
    answer = ask(page, "When does the lighthouse keeper welcome visitors?")
    panel = open_source(page, answer.locator("a.cite, a.near").first)
    text = panel.inner_text()
    assert "{{value}} ${window.stolen=1}" in text
    assert "<img src=x onerror=window.stolen=1>" in text
    assert "<script>window.stolen=1</script>" in text
    assert_inert(page)
    question, words = ASKED[NAME]
    panel = open_source(page, ask(page, question).locator("a.cite, a.near").first)
    assert NAME in panel.inner_text()
    assert words in panel.locator("mark").first.inner_text()
    assert_inert(page)
    page.keyboard.press("Escape")
    ask(page, ATTACK)
    assert ATTACK in page.locator("#latest .asked").inner_text()
    assert page.locator("#conversation img, #source img").count() == 0
    assert page.locator("#conversation a:not([href^='#cite-'])").count() == 0
    assert_inert(page)


def test_in_the_list_of_conversations_and_the_limits(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, ATTACK)
    page.locator("#history li a", has_text="onerror=window.stolen").first.wait_for()
    assert page.title().startswith("<img src=x")
    page.get_by_role("button", name="All documents").click()
    page.get_by_label("Find a document or folder").fill("onerror=stolen")
    page.wait_for_function("document.querySelectorAll('.choice').length === 1")
    assert NAME in page.locator(".choice").inner_text()
    page.locator(".choice input").check()
    page.get_by_role("button", name="Done").click()
    page.locator("#limits .chip").wait_for()
    answer = ask(page, ASKED[NAME][0])
    assert NAME in answer.locator(".note", has_text="Searched").inner_text()
    assert_inert(page)


def test_in_the_table_and_on_its_own_page(open_page: OpenPage) -> None:
    page = open_page()
    open_documents(page)
    page.get_by_label("Filter documents").fill("onerror=stolen")
    page.wait_for_function("document.querySelectorAll('#library tbody tr').length === 1")
    page.locator("#library button.look").click()
    shown = page.locator("dialog.document")
    shown.locator(".text").wait_for()
    assert NAME in shown.inner_text()
    assert_inert(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Delete {NAME}").click()
    assert NAME in page.locator("dialog.confirm").inner_text()
    assert_inert(page)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_label("Filter documents").fill("visitors")
    page.locator("#library button.look", has_text="Visitors").wait_for()
    page.locator("#library button.look").first.click()
    shown.locator(".text").wait_for()
    assert "${window.stolen=1}" in shown.locator(".text").inner_text()
    assert_inert(page)
