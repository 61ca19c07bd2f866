"""Documents come by being dropped on the tab, and the last one goes: both without a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from index import Encoder, sync
from tests.ui.browser.visiting import BROWSER, OpenPage, Site, ask, open_documents
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Locator, Page

pytestmark = BROWSER

QUAYS = "When do the quays of Merrowby get shore power?"
# Files as a person drags them from a window of the desktop.
_CARRIED = """(files) => {
    const carried = new DataTransfer();
    for (const [name, text] of Object.entries(files)) carried.items.add(new File([text], name));
    return carried;
}"""


@pytest.fixture
def lone(
    make_app: Callable[[Assistant, Path, Path], FastAPI], encoder: Encoder, tmp_path: Path
) -> Iterator[Site]:
    """A chat over a folder with one document."""
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    (folder / "quays.md").write_text(
        "# Harbour plan\n\nThe quays of Merrowby get shore power by 2031.\n", encoding="utf-8"
    )
    sync(folder, index_dir, encoder=encoder)
    with (
        Assistant.open(index_dir, encoder=encoder) as assistant,
        serving(make_app(assistant, folder, index_dir)) as address,
    ):
        yield Site(address, folder, index_dir)


def drop(page: Page, **files: str) -> None:
    """Drag files over the tab and let them go there."""
    carried = page.evaluate_handle(_CARRIED, files)
    place = page.locator("#upload .drop")
    place.dispatch_event("dragover", {"dataTransfer": carried})
    page.locator("#upload .drop.over").wait_for()
    place.dispatch_event("drop", {"dataTransfer": carried})
    page.locator("#upload .drop:not(.over)").wait_for()


def row(page: Page, path: str) -> Locator:
    return page.locator(f'#library [data-document="{path}"]').first


def test_dropped_files_are_answered_and_the_last_document_can_be_deleted(
    browse: OpenPage, lone: Site
) -> None:
    page = browse(lone.address)
    page.locator("#question textarea").wait_for()
    open_documents(page)
    drop(
        page,
        **{
            "gulls.md": "# Gulls\n\nThe gulls of Tarnsund nest on the east mole.\n",
            "cranes.txt": "Cranes\n\nThe cranes of Ostby lift sixty tonnes.\n",
            "fake.pdf": "no pdf at all",
        },
    )
    for path in ("gulls.md", "cranes.txt"):
        row(page, path).wait_for()
    assert page.locator("#upload .sent .taken").count() == 2
    assert page.locator("#upload .sent .refused").count() == 1
    page.get_by_role("tab", name="Ask").click()
    assert "east mole" in ask(page, "Where do the gulls of Tarnsund nest?").inner_text()
    assert "sixty tonnes" in ask(page, "How much do the cranes of Ostby lift?").inner_text()
    assert "2031" in ask(page, QUAYS).inner_text()

    page.get_by_role("tab", name="Documents").click()
    for path in ("gulls.md", "cranes.txt", "quays.md"):
        page.get_by_role("button", name=f"Delete {path}").click()
        page.locator("dialog .really").click()
        row(page, path).wait_for(state="detached")
    assert list(lone.folder.iterdir()) == []
    assert page.locator("#progress [role=alert]").count() == 0
    page.get_by_role("tab", name="Ask").click()
    # What was said stays, with its words; nothing is said of what is no longer there.
    page.locator("#latest a.cite").first.click()
    page.locator("#source mark", has_text="2031").wait_for()
    page.get_by_text("no longer in the index").wait_for()
    page.keyboard.press("Escape")
    answer = ask(page, QUAYS)
    assert "2031" not in answer.locator(".words").inner_text()
    assert "no documents" in answer.locator(".words").inner_text()
    assert answer.locator("a.cite, a.near").count() == 0

    open_empty = browse(lone.address)
    open_empty.locator("#question textarea").wait_for()
    open_empty.get_by_role("tab", name="Documents").click()
    drop(open_empty, **{"quays.md": "# Quays\n\nThe quays of Merrowby get shore power by 2044.\n"})
    row(open_empty, "quays.md").wait_for()
    assert "2044" in ask(page, QUAYS).inner_text()
