"""What the tests share: one real encoder, the sample documents, and one index of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.samples import SAMPLES

if TYPE_CHECKING:
    from assistant import Assistant
    from index import SentenceTransformerEncoder


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The default encoder, loaded once."""
    # Imported here and below, so that the tests of reading start without the rest.
    from index import SentenceTransformerEncoder

    return SentenceTransformerEncoder()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return SAMPLES


@pytest.fixture(scope="session")
def sample_index(
    samples: Path, encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of an index of the samples; for reading only."""
    from index import sync

    folder = tmp_path_factory.mktemp("samples") / "index"
    sync(samples, folder, encoder=encoder)
    return folder


@pytest.fixture(scope="session")
def assistant(sample_index: Path, encoder: SentenceTransformerEncoder) -> Iterator[Assistant]:
    """An assistant that has read the samples."""
    from assistant import Assistant

    with Assistant.open(sample_index, encoder=encoder) as opened:
        yield opened
