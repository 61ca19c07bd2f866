"""The Documents tab over thousands of documents: what it sends, and how long people wait.

    python tests/benchmarks/documents_tab.py [DOCUMENTS]

Writes as many small documents of our own, indexes and serves them on this machine alone, and
opens the page in Chromium: when the first rows stand in the table, when a search in it is shown,
and how many bytes came for both. The server's own time for a list of documents is told apart.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
from playwright.sync_api import Page, Request, sync_playwright

from load import chat

DOCUMENTS = 5_000
REPEATS = 5
_PLACES = ("Norvale", "Port Merrow", "Eastholm", "Skerry", "Brackwater", "Tarn", "Ullsey")
_KINDS = (
    "harbour plan",
    "ferry charter",
    "forest charter",
    "library programme",
    "climate strategy",
)


def write_documents(folder: Path, count: int) -> None:
    """One passage each, no two alike."""
    for number in range(count):
        place, kind = _PLACES[number % 7], _KINDS[number // 7 % 5]
        file = folder / place.lower() / f"{kind}-{number:05d}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f"# {kind.capitalize()} of {place}, part {number}\n\nAdopted in {1990 + number % 35}. "
            f"{place} keeps {number} quays and ferries open all year.\n",
            encoding="utf-8",
        )


def took(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure(address: str, count: int) -> None:
    listing = [took(lambda: httpx2.get(f"{address}/api/documents")) for _ in range(REPEATS)]
    print(f"server, all {count} documents as JSON: {statistics.median(listing):.3f} s")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened, filtered, received = [], [], []
        for _ in range(REPEATS):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            bytes_of = _counting(page)
            page.goto(address)
            page.locator("#conversation .example").first.wait_for()
            opened.append(took(lambda page=page: _open(page)))
            opened_bytes = bytes_of()
            filtered.append(took(lambda page=page: _filter(page, "climate tarn")))
            received.append((opened_bytes, bytes_of() - opened_bytes))
            page.context.close()
        browser.close()
    print(f"from the page's greeting to rows in the table: {statistics.median(opened):.2f} s")
    print(f"from typing to the rows that match: {statistics.median(filtered):.2f} s")
    shown, sought = (statistics.median(each) / 1e3 for each in zip(*received, strict=True))
    print(f"bytes of the page but for its scripts: {shown:,.0f} kB; of a search: {sought:,.0f} kB")


def _open(page: Page) -> None:
    page.get_by_role("tab", name="Documents").click()
    page.locator("#library tbody tr").first.wait_for()


def _filter(page: Page, words: str) -> None:
    page.get_by_label("Filter documents").fill(words)
    page.wait_for_function(
        "() => { const row = document.querySelector('#library tbody tr');"
        " return row && row.textContent.includes('tarn/climate'); }"
    )


def _counting(page: Page) -> Callable[[], int]:
    """How many bytes of answers have come; scripts and styles are the browser's to keep."""
    ended: list[Request] = []
    page.on("requestfinished", lambda request: ended.append(request))

    def count() -> int:
        page.wait_for_timeout(300)
        own = [each for each in ended if "/assets/" not in each.url]
        return sum(int(each.sizes()["responseBodySize"]) for each in own)

    return count


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as place:
        documents, index = Path(place, "documents"), Path(place, "index")
        write_documents(documents, count)
        command = [sys.executable, "-m", "ui.cli", "index", documents, "--index", index]
        root = Path(__file__).parents[2]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        with chat(None, index) as (address, _process):
            measure(address, count)


if __name__ == "__main__":
    main()
