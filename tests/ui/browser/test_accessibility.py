"""axe finds nothing grave in any state of the chat: light and dark, wide and on a phone."""

from __future__ import annotations

import pytest

from tests.ui.browser.accessibility import faults
from tests.ui.browser.visiting import BROWSER, OpenPage, ask, open_documents, open_source

pytestmark = BROWSER


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["wide", "phone"])
def test_a_visit(open_page: OpenPage, width: int, height: int, scheme: str) -> None:
    page = open_page(width=width, height=height, scheme=scheme)
    found = {"empty": faults(page)}
    answer = ask(page, "What turns the lamp of Skerry lighthouse?")
    found["answer"] = faults(page)
    answer.locator("a.cite").first.click()
    page.locator("#source .leaf mark").first.wait_for()
    found["page of a source"] = faults(page)
    page.keyboard.press("Escape")
    page.locator("#source .source").wait_for(state="hidden")
    open_source(page, answer.locator("a.cite").first)
    found["text of a source"] = faults(page)
    page.keyboard.press("Escape")
    page.locator("#source .source").wait_for(state="hidden")
    ask(page, "What is the melting point of tungsten?")
    found["refusal"] = faults(page)
    page.get_by_role("button", name="All documents").click()
    page.locator(".choice").first.wait_for()
    found["choice of documents"] = faults(page)
    page.keyboard.press("Escape")

    open_documents(page)
    found["documents"] = faults(page)
    page.locator("#library button.look").first.click()
    page.locator("dialog .text").wait_for()
    found["a document"] = faults(page)
    page.keyboard.press("Escape")
    page.locator("#library button.remove").first.click()
    page.locator("dialog .really").wait_for()
    found["deletion"] = faults(page)
    page.keyboard.press("Escape")
    assert {state: broken for state, broken in found.items() if broken} == {}


def test_what_is_hard_to_read_is_found(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("document.querySelector('.welcome h1').style.color = 'gainsboro'")
    assert [fault.partition(":")[0] for fault in faults(page)] == ["color-contrast"]
