"""PageRun: pages that follow each other and are in the same state for the same reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from ingest.document import Document, Page, PageStatus


@dataclass(frozen=True, slots=True)
class PageRun:
    """Pages ``first`` to ``last``, both included."""

    first: int
    last: int
    status: PageStatus
    reason: str = ""  # why they are unreadable
    confidence: float | None = None  # mean of the OCR engine, 0 to 1; None where it read nothing

    @property
    def numbers(self) -> str:
        """ "3", or "3-5"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def page_runs(pages: Sequence[Page]) -> list[PageRun]:
    """The pages of a document, in order."""
    runs = []
    for (status, reason), group in groupby(pages, key=lambda page: (page.status, page.reason)):
        run = list(group)
        sure = [page.confidence for page in run if page.confidence is not None]
        confidence = fmean(sure) if sure else None
        runs.append(PageRun(run[0].number, run[-1].number, status, reason, confidence))
    return runs


def unreadable_pages(document: Document) -> str:
    """ "3-5, 9: an image without text; 12: this page is damaged"; empty where all are readable."""
    numbers: dict[str, list[str]] = {}
    for run in page_runs(document.pages):
        if run.status is PageStatus.UNREADABLE:
            numbers.setdefault(run.reason, []).append(run.numbers)
    return "; ".join(f"page {', '.join(places)}: {why}" for why, places in numbers.items())
