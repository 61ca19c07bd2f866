"""What the tests share: one real encoder, the sample documents, and one index of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from ingest.samples import SAMPLES

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Encoder


@pytest.fixture(scope="session")
def of_all_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same in all its processes where pytest-xdist starts several."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def model_cache(of_all_processes: Path) -> Iterator[Path]:
    """A cache of the tests' own: whoever runs them keeps theirs, and the model is compiled once."""
    folder = of_all_processes / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder / "strategy-assistant"


@pytest.fixture(scope="session")
def encoder(model_cache: Path) -> Encoder:
    """The default encoder, loaded once."""
    # Imported here and below, so that the tests of reading start without the rest.
    from index import open_encoder

    return open_encoder(cache=model_cache)


@pytest.fixture
def closing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Callable[[], None]]:
    """Lets nobody look into a folder, whoever runs the tests; what it gives opens it again."""

    def close(folder: Path) -> Callable[[], None]:
        look = os.scandir

        def refuse(path: Path) -> Iterator[os.DirEntry[str]]:
            if str(path) == str(folder):
                raise PermissionError(13, "Permission denied", str(path))
            return look(path)

        monkeypatch.setattr(os, "scandir", refuse)
        return lambda: monkeypatch.setattr(os, "scandir", look)

    return close


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return SAMPLES


@pytest.fixture(scope="session")
def sample_index(samples: Path, encoder: Encoder, of_all_processes: Path) -> Path:
    """The folder of an index of the samples; for reading only."""
    from index import sync

    folder = of_all_processes / "samples" / "index"
    with FileLock(of_all_processes / "samples.lock"):
        if not folder.exists():
            sync(samples, folder, encoder=encoder)
    return folder


@pytest.fixture(scope="session")
def assistant(sample_index: Path, encoder: Encoder) -> Iterator[Assistant]:
    """An assistant that has read the samples."""
    from assistant import Assistant

    with Assistant.open(sample_index, encoder=encoder) as opened:
        yield opened
