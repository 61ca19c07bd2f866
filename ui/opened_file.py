"""OpenedFile: the response that sends a file which is open already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

_DESCRIPTORS = Path("/dev/fd")


class OpenedFile(FileResponse):
    """Sends what was opened, whatever stands under its name by now; in parts, where asked to."""

    def __init__(self, descriptor: int, location: Path, **facts: Any) -> None:
        """``location`` is opened where the system names no descriptors (Windows)."""
        self._descriptor = descriptor
        named = _DESCRIPTORS / str(descriptor)
        path = named if named.exists() else location
        super().__init__(path, stat_result=os.fstat(descriptor), **facts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.close(self._descriptor)
