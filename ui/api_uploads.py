"""The API's operations that change the documents: upload and delete."""

from __future__ import annotations

from fastapi import APIRouter, UploadFile
from pydantic import BaseModel, Field

from ui.api_models import Problem
from ui.background_sync import BackgroundSync
from ui.errors import FolderAway, MissingDocument
from ui.programs import Programs
from ui.uploads import uploads_to

_REFUSED: dict[int | str, dict[str, object]] = {
    400: {"model": Problem, "description": "The file cannot be taken, and why."},
    409: {"model": Problem, "description": "It is there already, or the folder is away."},
    413: {"model": Problem, "description": "The file is too large."},
}
_KEPT: dict[int | str, dict[str, object]] = {
    400: {"model": Problem, "description": "The document cannot be deleted, and why."},
    404: {"model": Problem},
    409: {"model": Problem, "description": "The folder is away."},
}


class Stored(BaseModel):
    """A document that was uploaded; it can be asked as soon as it is indexed."""

    document: str = Field(description="its path in the folder: GET it to see whether it is read")


def upload_routes(programs: Programs, background: BackgroundSync | None) -> APIRouter:
    """POST /documents and DELETE /documents/{path}, in the folder of ``background``."""
    router = APIRouter()
    uploads = None
    if background is not None:
        uploads = uploads_to(background.folder, programs.most_documents)

    @router.post("/documents", status_code=201, responses=_REFUSED)
    def upload(file: UploadFile) -> Stored:
        """Add a document: a form with one field `file`. It is indexed at once."""
        if uploads is None or background is None:
            raise FolderAway
        path = uploads.store(file.filename or "", file.file)
        background.request()
        return Stored(document=path)

    @router.delete("/documents/{path:path}", status_code=204, responses=_KEPT)
    def delete(path: str) -> None:
        """Delete a document, its file too."""
        if uploads is None or background is None:
            raise FolderAway
        if path not in {each.document for each in programs.documents().documents}:
            raise MissingDocument(path)
        uploads.remove(path)
        background.deletions.add(path)
        background.request()

    return router
