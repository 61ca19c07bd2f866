"""axe, the common checker of accessibility, finds nothing serious in any state of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.browser.visiting import (
    BROWSER,
    OpenPage,
    ask,
    open_documents,
    open_source,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = BROWSER
WINDOWS = [
    {"width": width, "height": height, "scheme": scheme}
    for width, height in ((1280, 800), (390, 844))
    for scheme in ("light", "dark")
]
NAMES = [f"{window['width']} {window['scheme']}" for window in WINDOWS]


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical: the rule, and the element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
    # Styles are not fetched a second time: the pages that run no script forbid it.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [
        f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for broken in found.response["violations"]
        if broken["impact"] in ("serious", "critical")
        for node in broken["nodes"]
    ]


@pytest.mark.parametrize("window", WINDOWS, ids=NAMES)
def test_the_chat_with_its_sources(open_page: OpenPage, window: dict[str, object]) -> None:
    page = open_page(**window)
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
    found["chooser"] = faults(page)
    assert {state: broken for state, broken in found.items() if broken} == {}


@pytest.mark.parametrize("window", WINDOWS, ids=NAMES)
def test_the_documents_and_one_of_them(open_page: OpenPage, window: dict[str, object]) -> None:
    page = open_page(**window)
    open_documents(page)
    found = {"documents": faults(page)}
    page.locator("#library button.look").first.click()
    page.locator("dialog .text").wait_for()
    found["document"] = faults(page)
    page.keyboard.press("Escape")
    page.locator("#library button.remove").first.click()
    page.locator("dialog .really").wait_for()
    found["deletion"] = faults(page)
    page.keyboard.press("Escape")
    assert {state: broken for state, broken in found.items() if broken} == {}
