"""What the Documents tab is told while it is looked at, and what it can have done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from index import Encoder, sync
from ui.background_sync import BackgroundSync
from ui.library_view import LibraryView

OURS = {"X-Strategy": "1"}
SECONDS = 60  # to wait for a run before a test fails


class Tab:
    """The Documents tab in front of a folder with a plan, and a file that cannot be read."""

    def __init__(self, client: TestClient, background: BackgroundSync, folder: Path) -> None:
        self.client = client
        self.background = background
        self.folder = folder

    def state(self, seen: str = "") -> dict[str, Any]:
        return dict(self.client.get("/library/state", params={"seen": seen}).json())

    def rows(self, words: str = "", count: int = 200) -> dict[str, Any]:
        return dict(
            self.client.get("/library/rows", params={"words": words, "count": count}).json()
        )

    def again(self, **what: str) -> None:
        assert self.client.post("/library/again", params=what, headers=OURS).status_code == 200
        self.background.wait(SECONDS)

    def actions(self) -> dict[str, str]:
        """What became of each file in the latest run."""
        report = self.background.state.report
        assert report is not None
        return {each.path: each.action for each in report.outcomes}


@pytest.fixture
def tab(tmp_path: Path, encoder: Encoder) -> Iterator[Tab]:
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    (folder / "harbour.md").write_text("# Harbour plan\n\nTwelve quays get shore power by 2031.\n")
    (folder / "empty.md").write_text("")
    sync(folder, index_dir, encoder=encoder)
    with Assistant.open(index_dir, encoder=encoder) as assistant:
        background = BackgroundSync(folder, index_dir, encoder)
        app = FastAPI()
        app.include_router(
            LibraryView(assistant, background, followed=False, removable=True).router
        )
        yield Tab(TestClient(app), background, folder)
        background.wait(SECONDS)


def test_the_state_tells_of_other_documents_by_another_version(tab: Tab) -> None:
    first = tab.state()
    assert "1 document" in first["summary"]
    assert not first["running"]
    same = tab.state(first["version"])
    assert (same["version"], same["summary"], same["progress"]) == (first["version"], None, None)
    (tab.folder / "ferry.md").write_text("# Ferry\n\nThe ferry to Norvale leaves at dawn.\n")
    tab.again()
    later = tab.state(first["version"])
    assert later["version"] != first["version"]
    assert "2 documents" in later["summary"]
    assert "1 added" in later["progress"]


def test_rows_are_sought_and_counted(tab: Tab) -> None:
    assert tab.rows()["found"] == 2
    found = tab.rows("quay harbour plan")
    assert found["found"] == 0  # the text itself is what questions are for
    assert 'data-path="harbour.md"' in tab.rows("harbour")["html"]
    assert tab.rows(count=1)["html"].count("<tr") == 1


def test_one_document_is_read_again_alone(tab: Tab) -> None:
    (tab.folder / "ferry.md").write_text("# Ferry\n\nThe ferry to Norvale leaves at dawn.\n")
    tab.again(document="harbour.md")
    assert tab.actions() == {"harbour.md": "updated"}


def test_what_could_not_be_read_is_tried_again(tab: Tab) -> None:
    tab.again(failed="true")
    assert tab.actions() == {"empty.md": "failed", "harbour.md": "unchanged"}
    assert any(each.seconds for each in tab.background.state.report.outcomes)  # it was read


def test_a_document_that_is_gone_costs_a_sentence(tab: Tab) -> None:
    tab.again(document="gone.md")
    assert "no such file" in tab.state()["progress"]


def test_only_the_page_itself_can_begin_a_run(tab: Tab) -> None:
    assert tab.client.post("/library/again").status_code == 403
    assert tab.background.runs == 0


def test_without_a_folder_nothing_can_be_read_again(assistant: Assistant) -> None:
    app = FastAPI()
    app.include_router(LibraryView(assistant, None, followed=False, removable=False).router)
    client = TestClient(app)
    refused = client.post("/library/again", headers=OURS)
    assert refused.status_code == 409
    assert "with a folder" in refused.json()["detail"]
    assert client.get("/library/state").json()["able"] is False
    assert "row-acts" not in client.get("/library/rows").json()["html"]
