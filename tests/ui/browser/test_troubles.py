"""The guard over all pages of these tests sees what it is there for."""

from __future__ import annotations

from tests.ui.browser.visiting import BROWSER, OpenPage, Site

pytestmark = BROWSER

ELSEWHERE = "http://tracker.example/pixel.png"


def test_errors_and_requests_to_elsewhere_are_seen(
    browse: OpenPage, site: Site, troubles: list[str]
) -> None:
    page = browse(site.address)
    assert troubles == []
    with page.expect_event("pageerror"):
        page.evaluate("() => void setTimeout(() => { throw new Error('broken') })")
    assert [trouble for trouble in troubles if "broken" in trouble]
    page.goto("about:blank")  # whose images no policy forbids
    with page.expect_console_message():  # that it could not be loaded
        page.set_content(f"<img src='{ELSEWHERE}' alt=''>")
    assert f"asked for {ELSEWHERE}" in troubles
    # Had they not been asked for here, the test would fail now.
    troubles.clear()
