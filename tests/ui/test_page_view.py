"""What the panel and the Documents tab fetch: pages, places, files; of indexed documents only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from index import Encoder, sync
from tests.ingest.drawing import Drawing
from ui.background_sync import BackgroundSync
from ui.document_view import DocumentView
from ui.page_view import PageView
from ui.uploads import Uploads

WORDS = "The lighthouse of Skerry burns whale oil."
OURS = {"X-Strategy": "1"}
HOSTILE = "<img src=x onerror=alert(1)>"


@dataclass(frozen=True, slots=True)
class Desk:
    client: TestClient
    folder: Path
    version: str  # of light.pdf
    span: tuple[int, int]  # of WORDS in it


@pytest.fixture
def desk(tmp_path: Path, encoder: Encoder) -> Iterator[Desk]:
    folder, index_dir = tmp_path / "documents", tmp_path / "index"
    folder.mkdir()
    drawing = Drawing()
    drawing.line(72, 100, WORDS)
    (folder / "light.pdf").write_bytes(drawing.bytes())
    (folder / "notes.html").write_text(
        f"<h1>Notes {HOSTILE.replace('<', '&lt;')}</h1><p>The keeper sleeps by day.</p>"
    )
    sync(folder, index_dir, encoder=encoder)
    (folder / "secret.md").write_text("Not indexed.")
    with Assistant.open(index_dir, encoder=encoder) as assistant:
        background = BackgroundSync(folder, index_dir, encoder)
        app = FastAPI()
        app.include_router(PageView(assistant, folder).router)
        app.include_router(DocumentView(assistant, background, Uploads(folder, 10_000)).router)
        document = assistant.document("light.pdf")
        start = document.text.index(WORDS)
        yield Desk(TestClient(app), folder, document.content_hash, (start, start + len(WORDS)))
        background.wait(30)


def view(desk: Desk, **changes: object) -> dict[str, object]:
    start, end = desk.span
    query = {"document": "light.pdf", "page": 1, "version": desk.version, "start": start}
    response = desk.client.get("/source/view", params={**query, "end": end, **changes})
    assert response.status_code == 200
    return response.json()


def test_a_page_comes_with_the_place_of_the_quote(desk: Desk) -> None:
    shown = view(desk)
    assert shown["remark"] == ""
    assert f"<mark>{WORDS}</mark>" in str(shown["text"])
    (mark,) = shown["marks"]
    assert mark[0] == pytest.approx(100 * 72 / 595, abs=0.5)
    image = desk.client.get(f"/{shown['image']}&width=800")
    assert image.headers["content-type"] == "image/webp"
    again = desk.client.get(
        f"/{shown['image']}&width=800", headers={"If-None-Match": image.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert desk.client.get(f"/{shown['image']}&width=801").status_code == 422


def test_a_file_that_changed_or_went_leaves_its_text(desk: Desk) -> None:
    location = desk.folder / "light.pdf"
    location.write_bytes(location.read_bytes() + b"\n")
    shown = view(desk)
    assert "has changed since it was indexed" in str(shown["remark"])
    assert (shown["image"], WORDS in str(shown["text"])) == ("", True)
    location.unlink()
    assert "not where it was" in str(view(desk)["remark"])
    assert "since the answer was given" in str(view(desk, version="0" * 64)["remark"])


@pytest.mark.parametrize(
    "path", ["../secret.md", "secret.md", "/etc/passwd", "light.pdf/../secret.md", "x\0.pdf", "..."]
)
def test_nothing_but_indexed_documents_is_served(desk: Desk, path: str) -> None:
    query = {"document": path, "page": 1, "version": desk.version}
    for address in ("view", "page", "file"):
        assert desk.client.get(f"/source/{address}", params=query).status_code == 404
    assert desk.client.get("/library/document", params=query).status_code == 404


def test_a_link_that_took_a_documents_place_is_not_followed(desk: Desk) -> None:
    outside = desk.folder.parent / "outside.pdf"
    (desk.folder / "light.pdf").rename(outside)
    (desk.folder / "light.pdf").symlink_to(outside)
    assert desk.client.get("/source/file", params={"document": "light.pdf"}).status_code == 404
    assert view(desk)["image"] == ""


@pytest.mark.parametrize("page", [0, -1, 2, 10**9, "x"])
def test_pages_that_are_not_there_are_refused(desk: Desk, page: object) -> None:
    query = {"document": "light.pdf", "page": page, "version": desk.version}
    for address in ("view", "page"):
        assert desk.client.get(f"/source/{address}", params=query).status_code in (404, 422)


def test_files_come_with_headers_that_keep_them_harmless(desk: Desk) -> None:
    pdf = desk.client.get("/source/file", params={"document": "light.pdf"})
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith("inline")
    html = desk.client.get("/source/file", params={"document": "notes.html"})
    assert html.headers["content-disposition"].startswith("attachment")
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-security-policy"].startswith("sandbox")
    assert html.headers["x-content-type-options"] == "nosniff"


def test_a_document_has_an_outline_and_its_whole_text(desk: Desk) -> None:
    shown = desk.client.get("/library/document", params={"document": "notes.html"}).json()
    assert '<a href="#at-0">' in shown["outline"]
    assert "The keeper sleeps by day." in shown["text"]
    assert HOSTILE not in shown["outline"] + shown["text"]


def test_files_are_taken_and_deleted(desk: Desk) -> None:
    def upload(name: str, content: bytes, headers: dict[str, str]) -> dict[str, object]:
        sent = desk.client.post(
            "/library/upload", params={"name": name}, content=content, headers=headers
        )
        return {"status": sent.status_code, **sent.json()}

    assert upload("a.md", b"Words.", OURS)["path"] == "a.md"
    assert upload("a.md", b"Words.", OURS)["there"] is True
    assert "no PDF" in str(upload("a.pdf", b"Words.", OURS)["refused"])
    assert "may be uploaded" in str(upload("b.md", b"x" * 20_000, OURS)["refused"])
    assert upload("c.md", b"Words.", {})["status"] == 403
    gone = desk.client.post("/library/remove", params={"document": "a.md"}, headers=OURS)
    assert gone.json()["path"] == "a.md"
    assert not (desk.folder / "a.md").exists()
    refused = desk.client.post("/library/remove", params={"document": "../x.md"}, headers=OURS)
    assert refused.json()["refused"]
    assert desk.client.post("/library/remove", params={"document": "light.pdf"}).status_code == 403
    assert (desk.folder / "light.pdf").exists()
