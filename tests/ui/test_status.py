"""`strategy status` says what the processes that read documents are kept from."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.confinement import Confinement

if TYPE_CHECKING:
    from typer.testing import Result


def test_status_says_what_readers_are_kept_from(
    run: Callable[..., Result], sample_index: Path
) -> None:
    kept = Confinement.available()
    said = run("status", "--index", sample_index).stdout
    assert str(kept) in " ".join(said.split())
    told = json.loads(run("status", "--index", sample_index, "--json").stdout)
    assert told["confinement"] == asdict(kept)
