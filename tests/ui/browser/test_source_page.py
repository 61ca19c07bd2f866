"""Sources as a person opens them: the page of a PDF with its words marked, the text of the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from assistant import Assistant
from index import Encoder, sync
from tests.ingest.drawing import HEIGHT, WIDTH, Drawing
from tests.ui.browser.test_chat_page import ask, focused, overflows
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]
OpenPage = Callable[..., "Page"]

BULB = "The lamp of Skerry lighthouse is turned by a clockwork of seven weights."
QUESTION = "What turns the lamp of Skerry lighthouse?"
LEFT, BASELINE, SIZE = 90.0, 300.0, 11.0  # points, from the upper left corner
FILLER = "Ships pass the northern reef by day and the keepers write down their names."


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    folder: Path


@pytest.fixture(scope="module")
def site(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    samples: Path,
    sample_index: Path,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    place = tmp_path_factory.mktemp("sources")
    folder, index_dir = place / "documents", place / "index"
    shutil.copytree(samples, folder)
    shutil.copytree(sample_index, index_dir)
    (folder / "Skerry light.pdf").write_bytes(lighthouse())
    (folder / "beacons.html").write_text(
        "<h1>Beacons</h1><script>window.stolen=1</script>"
        "<p>The beacon of Torvik burns whale oil from a copper tank.</p>",
        encoding="utf-8",
    )
    (folder / "<img src=x onerror=stolen=1>.md").write_text(
        "# Foghorns\n\nThe foghorn of Norvale sounds every ninety seconds.\n", encoding="utf-8"
    )
    sync(folder, index_dir, encoder=encoder)
    with (
        Assistant.open(index_dir, encoder=encoder) as assistant,
        serving(make_app(assistant, folder, index_dir)) as address,
    ):
        yield Site(address, folder)


def lighthouse() -> bytes:
    """Three pages; the second holds the words that are asked for, at a known place."""
    drawing = Drawing()
    for page in range(3):
        drawing.line(72, 90, f"Part {page + 1}", 18, bold=True)
        drawing.lines(72, 130, [f"{FILLER}"] * 6, SIZE)
        drawing.line(72, 500, f"This leaf speaks of {('anchors', 'ropes', 'sails')[page]} alone.")
        if page == 1:
            drawing.line(LEFT, BASELINE, BULB, SIZE)
        if page < 2:
            drawing.next_page()
    return drawing.bytes()


def open_cited(page: Page, question: str, words: str) -> Locator:
    """The panel of the first source whose quote holds ``words``."""
    ask(page, question).locator("a.cite, a.near").first.click()
    panel = page.locator("#source .source")
    panel.wait_for()
    assert words in (panel.locator(".copy").get_attribute("data-copy") or "")
    return panel


def shown_picture(page: Page) -> Locator:
    page.wait_for_function("document.querySelector('#source .leaf img')?.naturalWidth > 0")
    return page.locator("#source .leaf")


def test_the_words_are_marked_where_they_stand_on_the_page(open_page: OpenPage) -> None:
    page = open_page(width=1440)
    panel = open_cited(page, QUESTION, "seven weights")
    leaf = shown_picture(page).bounding_box()
    assert panel.locator(".leaf-number").inner_text() == "2 of 3"
    boxes = [mark.bounding_box() for mark in panel.locator(".leaf mark").all()]
    assert leaf is not None
    assert leaf["height"] / leaf["width"] == pytest.approx(HEIGHT / WIDTH, rel=0.01)
    point = leaf["width"] / WIDTH
    (box,) = [
        box for box in boxes if box and abs(box["y"] - leaf["y"] - (BASELINE - SIZE) * point) < 8
    ]
    assert box["x"] - leaf["x"] == pytest.approx(LEFT * point, abs=4)
    assert box["width"] == pytest.approx(stringWidth(BULB, "Helvetica", SIZE) * point, abs=8)
    assert box["y"] - leaf["y"] < (BASELINE - 4) * point < box["y"] - leaf["y"] + box["height"]
    frame = panel.locator(".sheet").bounding_box()
    assert frame is not None
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


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does the beacon of Torvik burn?", "whale oil"),
        ("How often does the foghorn of Norvale sound?", "ninety seconds"),
    ],
)
def test_other_formats_open_as_text_and_as_a_download(
    open_page: OpenPage, question: str, words: str
) -> None:
    page = open_page()
    panel = open_cited(page, question, words)
    assert words in "".join(panel.locator(".text mark").all_inner_texts())
    with page.expect_download() as download:
        panel.get_by_role("link", name="Download file").click()
    assert download.value.path().stat().st_size > 0
    assert page.evaluate("window.stolen") is None
    assert page.locator("#source img").count() == 0


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
