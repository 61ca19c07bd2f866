"""Reading: what a reader makes of one file, before the gaps are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.builder import DocumentBuilder


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages and blocks, and what the file says of itself; None where it does not say."""

    builder: DocumentBuilder
    title: str | None = None
    language: str | None = None  # ISO 639-1
    date: str | None = None  # ISO 8601, as precise as is known: "2020", "2020-12", "2020-12-16"
