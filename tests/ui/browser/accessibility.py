"""What axe, the common checker of accessibility, finds on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_GRAVE = ("serious", "critical")
# Styles are not fetched a second time: the pages without scripts forbid it.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}


def faults(page: Page) -> list[str]:
    """The grave ones: the rule, and the element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe

    # A colour that is on its way to another is no colour to judge by.
    page.wait_for_function("document.getAnimations().every((it) => it.playState !== 'running')")
    return [
        f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for broken in Axe().run(page, options=_OPTIONS).response["violations"]
        if broken["impact"] in _GRAVE
        for node in broken["nodes"]
    ]
