"""Programs add documents and delete them; what is added can be asked without a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from index import Encoder, sync
from ui.api import create_api
from ui.background_sync import BackgroundSync
from ui.programs import Programs
from ui.turns import Turns
from ui.uploads import LARGEST
from ui.workers import Workers

FERRY = b"# Ferry plan\n\nSeven ferries of Brenholm become electric by 2033.\n"
HARBOUR = b"# Harbour plan\n\nTwelve quays get shore power by 2031.\n"  # stands there already
ASKED = {"question": "How many ferries of Brenholm become electric?"}


@dataclass(frozen=True, slots=True)
class Site:
    """An API over a folder."""

    client: TestClient
    folder: Path
    background: BackgroundSync

    def upload(self, name: str, content: bytes) -> tuple[int, dict[str, str]]:
        response = self.client.post("/documents", files={"file": (name, content)})
        self.background.wait(60)
        return response.status_code, response.json()


@pytest.fixture
def site(folder: Path, encoder: Encoder, tmp_path: Path) -> Iterator[Site]:
    sync(folder, tmp_path / "index", encoder=encoder)
    background = BackgroundSync(folder, tmp_path / "index", encoder)
    with Assistant.open(tmp_path / "index", encoder=encoder) as assistant:
        api = create_api(Programs(assistant, Workers(Turns(1, 9))), background)
        with TestClient(api) as client:
            yield Site(client, folder, background)
        background.wait(60)


def test_what_is_uploaded_is_answered_and_what_is_deleted_is_gone(site: Site) -> None:
    assert site.client.post("/answer", json=ASKED).json()["found"] is False
    assert site.upload("ferry plan.md", FERRY) == (201, {"document": "ferry plan.md"})
    answer = site.client.post("/answer", json=ASKED).json()
    assert "Seven ferries" in answer["text"]
    assert answer["citations"][0]["document"] == "ferry plan.md"
    deleted = site.client.delete("/documents/ferry plan.md")
    assert (deleted.status_code, deleted.content) == (204, b"")
    site.background.wait(60)
    assert not (site.folder / "ferry plan.md").exists()
    assert site.client.post("/answer", json=ASKED).json()["found"] is False


def test_a_file_that_comes_while_others_are_read_is_not_forgotten(site: Site) -> None:
    for number in range(5):
        response = site.client.post("/documents", files={"file": (f"plan {number}.md", FERRY)})
        assert response.status_code == 201
    while site.background.state.running:
        site.background.wait(60)
    listed = site.client.get("/documents").json()["documents"]
    assert {f"plan {number}.md" for number in range(5)} <= {each["document"] for each in listed}


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("plan.exe", b"MZ", 400, "plan.exe"),
        ("plan.pdf", b"<script>alert(1)</script>", 400, "no PDF file"),
        ("plan.md", b"", 400, "empty"),
        (
            "harbour plan.md",
            b"# Harbour plan\n\nTwelve quays get shore power by 2031.\n",
            409,
            "is there already",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_and_leaves_nothing(
    site: Site, name: str, content: bytes, status: int, said: str
) -> None:
    before = sorted(site.folder.iterdir())
    told = site.upload(name, content)
    assert told[0] == status
    assert said in told[1]["error"]
    assert str(site.folder) not in told[1]["error"]
    assert sorted(site.folder.iterdir()) == before


@pytest.mark.parametrize(
    "name", ["../../out.md", "/etc/out.md", "..\\out.md", "<img src=x onerror=alert(1)>.md"]
)
def test_no_name_leads_out_of_the_folder(site: Site, name: str) -> None:
    status, told = site.upload(name, FERRY)
    assert status == 201
    assert (site.folder / told["document"]).parent == site.folder
    assert (site.folder / told["document"]).read_bytes() == FERRY


@pytest.mark.parametrize("path", ["no.md", "../secret.md", "%2e%2e/secret.md", ".", ""])
def test_nothing_but_a_document_is_deleted(site: Site, path: str) -> None:
    secret = site.folder.parent / "secret.md"
    secret.write_bytes(FERRY)
    assert site.client.delete(f"/documents/{path}").status_code in {404, 405}
    assert secret.exists()


def test_without_the_folder_nothing_is_changed(assistant: Assistant) -> None:
    api = create_api(Programs(assistant, Workers(Turns(1, 1))))
    with TestClient(api) as client:
        for response in (
            client.post("/documents", files={"file": ("plan.md", FERRY)}),
            client.delete("/documents/harbour plan.md"),
        ):
            assert response.status_code == 409
            assert "strategy chat FOLDER" in response.json()["error"]


def test_a_form_without_a_file_is_told(site: Site) -> None:
    response = site.client.post("/documents", data={"text": "Twelve quays"})
    assert response.status_code == 422
    assert "file" in response.json()["error"]


def test_an_upload_may_be_larger_than_other_requests_and_not_endless(
    make_app: Callable[..., FastAPI], assistant: Assistant, folder: Path, tmp_path: Path
) -> None:
    client = TestClient(make_app(assistant, folder, tmp_path / "index"))
    large = client.post("/api/documents", files={"file": ("plan.exe", b"x" * 5_000_000)})
    assert large.status_code == 400
    headers = {"Content-Length": str(LARGEST * 2), "Content-Type": "multipart/form-data"}
    endless = client.post("/api/documents", content=b"", headers=headers)
    assert endless.status_code == 413
