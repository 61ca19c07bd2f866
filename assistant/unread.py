"""Unread pages: what of the documents in question could not be read, and so is not known."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.quoting import inert
from index import PassageStore
from ingest import PageStatus
from ingest.page_runs import page_runs

_DOCUMENTS_NAMED = 3
_RUNS_NAMED = 6  # of pages that follow each other, in one document


def unread_pages(
    store: PassageStore, paths: Collection[str] = (), first: Sequence[str] = ()
) -> str:
    """ "Pages 7 and 9 of plan.pdf could not be read."; empty where all pages were.

    ``paths`` are the documents in question, empty for all; those that come ``first`` are named
    before the others, as many as people read.
    """
    if paths:
        counts = {path: store.document(path).page_counts for path in sorted(paths)}
    else:
        counts = {info.path: info.page_counts for info in store.documents()}
    with_gaps = [path for path, count in counts.items() if count.unreadable]
    order = {path: place for place, path in enumerate(first)}
    with_gaps.sort(key=lambda path: order.get(path, len(order)))
    named = [_pages(store, path) for path in with_gaps[:_DOCUMENTS_NAMED]]
    more = len(with_gaps) - len(named)
    if more:
        named.append(f"pages of {more} more {'document' if more == 1 else 'documents'}")
    if not named:
        return ""
    said = _listed(named)
    return f"{said[0].upper()}{said[1:]} could not be read."


def _pages(store: PassageStore, path: str) -> str:
    """ "page 7 of plan.pdf", "pages 3-5 and 9 of plan.pdf"."""
    runs = [
        run for run in page_runs(store.document(path).pages) if run.status is PageStatus.UNREADABLE
    ]
    numbers = [run.numbers for run in runs[:_RUNS_NAMED]]
    left = sum(run.last - run.first + 1 for run in runs[_RUNS_NAMED:])
    if left:
        numbers.append(f"{left} more")
    single = len(numbers) == 1 and runs[0].first == runs[0].last
    return f"{'page' if single else 'pages'} {_listed(numbers)} of {inert(path)}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
