"""Reading: what a reader makes of one file, before the gaps are filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.builder import DocumentBuilder

OnPage = Callable[[int, int], None]  # the number of a page, from 1, and of how many


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages and blocks, and what the file says of itself; None where it does not say."""

    builder: DocumentBuilder
    title: str | None = None
    language: str | None = None  # ISO 639-1
    date: str | None = None  # ISO 8601, as precise as is known: "2020", "2020-12", "2020-12-16"


def unheard(_page: int, _pages: int) -> None:
    """Nobody wants to know which page is being read."""
