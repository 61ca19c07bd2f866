"""The Documents tab as a person uses it: upload, read, delete; by mouse and by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from index import Progress, SyncReport, sync
from ingest.exchange import ReadingProgress
from tests.ui.browser.visiting import BROWSER, OpenPage, ask, open_documents, overflows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ui.browser.visiting import Site

pytestmark = BROWSER

CHARTER = (
    "# Ferry charter <img src=x onerror=window.stolen=1>\n\nThe ferry to Norvale leaves at dawn.\n"
)


class GatedRun:
    """Runs that stand at page 3 of 12 of a file until a test lets them go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def sync(self, *place: Any, progress: Callable[[Progress], None], **how: Any) -> SyncReport:
        (path,) = how["only"]
        reading = (ReadingProgress(path, 3, 12),)
        queue = (path, "tide tables.pdf")
        progress(Progress("read", 0, 2, path, reading=reading, queue=queue))
        assert self.go_on.wait(60)
        return sync(*place, progress=progress, **how)


@pytest.fixture
def gated(monkeypatch: pytest.MonkeyPatch) -> Iterator[GatedRun]:
    run = GatedRun()
    monkeypatch.setattr("ui.background_sync.sync", run.sync)
    yield run
    run.go_on.set()


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


def test_all_pages_see_what_is_read_and_closing_one_stops_nothing(
    open_page: OpenPage, gated: GatedRun
) -> None:
    first, second = open_page(), open_page(width=390, height=844)
    for page in (first, second):
        open_documents(page)
    first.get_by_role("button", name="Read again: river-osk").click()
    for page in (first, second):
        row = page.locator("#library tr[data-path^='river-osk']")
        row.get_by_text("Reading page 3 of 12").wait_for()
        assert not row.get_by_text("Indexed").is_visible()
        coming = page.locator("#library tr[data-path='tide tables.pdf']")
        assert "Waiting" in coming.inner_text()
    assert not overflows(second)
    first.context.close()
    gated.go_on.set()
    second.locator(".report").get_by_text("river-osk").wait_for()
    second.locator("#library .now").wait_for(state="detached")


def test_the_filter_is_kept_while_documents_are_read(open_page: OpenPage, gated: GatedRun) -> None:
    page = open_page()
    open_documents(page)
    page.get_by_label("Filter documents").fill("tamber")
    page.wait_for_function("document.querySelectorAll('#library tbody tr').length === 1")
    again = page.get_by_role("button", name="Read again: tamber")
    again.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Reading page 3 of 12").wait_for()
    gated.go_on.set()
    page.locator(".report").get_by_text("tamber").wait_for()
    page.locator("#library .now").wait_for(state="detached")
    assert page.locator("#library tbody tr").count() == 1
    assert page.evaluate("document.activeElement.matches('.again')")


def test_an_open_document_is_read_again_and_shown_anew(open_page: OpenPage) -> None:
    page = open_page()
    open_documents(page)
    page.get_by_label("Filter documents").fill("tamber")
    page.wait_for_function("document.querySelectorAll('#library tbody tr').length === 1")
    page.locator("#library button.look").click()
    again = page.locator("dialog .again")
    again.click()
    page.locator("dialog .again:not(:disabled)").wait_for()
    assert "Tamber" in page.locator("dialog .text").inner_text()


def test_what_could_not_be_read_is_tried_again(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    open_documents(page)
    (site.folder / "tide.md").write_text("")
    page.get_by_role("button", name="Re-index", exact=True).click()
    page.locator(".report").get_by_text("could not be read").wait_for()
    (site.folder / "tide.md").write_text("# Tides\n\nSpring tides reach six metres in Norvale.\n")
    page.get_by_role("button", name="Try again what could not be read").click()
    page.locator(".report").get_by_text("1 added").wait_for()
    page.locator("#library tr[data-path='tide.md'] .good").wait_for()


def test_too_many_files_at_once_are_refused_before_they_are_sent(open_page: OpenPage) -> None:
    page = open_page()
    open_documents(page)
    page.evaluate("document.querySelector('#upload input').dataset.most = 2")
    upload(page, **{f"{number}.md": "Ports." for number in range(3)})
    refused = page.locator("#upload .sent .refused")
    assert "at most 2 at a time" in refused.inner_text()
    assert page.locator("#upload .sent li").count() == 1


def test_a_conversation_is_limited_by_year_and_language(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#limits .choose").click()
    chooser = page.get_by_role("dialog", name="Documents to search")
    chooser.get_by_role("checkbox", name="2025", exact=True).check()
    chooser.get_by_role("checkbox", name="English").press("Space")
    chooser.get_by_role("button", name="Done").click()
    chips = page.locator("#limits .chip")
    chips.nth(1).wait_for()
    assert [chip.split("\n")[0] for chip in chips.all_inner_texts()] == ["2025", "English"]
    understood = ask(page, "What is Port Merrow's target for emissions?").locator("..")
    assert "port-merrow-climate-strategy-2025-2029.pdf" in understood.inner_text()
    page.reload()
    chips.nth(1).wait_for()
    page.get_by_role("button", name="No longer only 2025").click()
    page.wait_for_function("document.querySelectorAll('#limits .chip').length === 1")
