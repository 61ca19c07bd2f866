"""What `strategy index` and `strategy status` do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from assistant import Settings
from assistant.destination import destinations, told
from assistant.reader.opening import reader_state, reranker_state
from index import LocalStore, open_encoder, sync
from index.plan import plan
from index.status import IndexStatus
from ingest import Document
from ingest.confinement import Confinement
from ingest.reader_pool import ReaderPool
from ui.console import SyncBar, note, print_json, say
from ui.report import print_pages, print_plan, print_report, print_status


def index_folder(
    folder: Path,
    index_dir: Path | None,
    *,
    rebuild: bool,
    retry: bool,
    only: Sequence[str],
    verify: bool,
    as_json: bool,
) -> None:
    """Bring the index of ``folder`` up to date and print what became of every file.

    With ``only``, paths or patterns, these files are read again, and no others.
    """
    settings = Settings.load(index=index_dir)
    with SyncBar() as bar:
        report = sync(
            folder,
            settings.index,
            encoder=open_encoder(settings.encoder, settings.cache, note),
            progress=bar,
            rebuild=rebuild,
            retry=retry,
            only=only,
            verify=verify,
            readers=ReaderPool.shared(settings.reading_limits),
        )
    if as_json:
        print_json(report.to_dict())
    else:
        print_report(report)
    if report.failed and not report.added + report.updated + report.moved + report.unchanged:
        which = "files that were named" if only else f"documents in {folder}"
        kept = "all other documents stay" if only else "what was in the index stays there"
        note(f"strategy: none of the {report.failed} {which} could be read; {kept}.")
        raise typer.Exit(1)


def show_plan(
    folder: Path,
    index_dir: Path | None,
    *,
    rebuild: bool,
    retry: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Print what indexing would do; nothing is read or changed."""
    settings = Settings.load(index=index_dir)
    report = plan(
        folder,
        settings.index,
        encoder=open_encoder(settings.encoder, settings.cache, note),
        limits=settings.reading_limits,
        rebuild=rebuild,
        retry=retry,
        verify=verify,
    )
    if as_json:
        print_json(report.to_dict() | {"dry_run": True})
    else:
        print_plan(report)


def show_status(index_dir: Path | None, pages_of: str | None, *, as_json: bool) -> None:
    """Print what is in the index, or how the pages of one document were read."""
    settings = Settings.load(index=index_dir)
    if pages_of is not None:
        with LocalStore.open(settings.index) as store:
            document = store.document(pages_of)
        if as_json:
            print_json(_pages(document))
        else:
            print_pages(document)
        return
    status = IndexStatus.of(settings.index)
    asks = destinations(settings)
    models = [reader_state(settings.reader), reranker_state(settings.reranker)]
    confinement = Confinement.available()
    if as_json:
        print_json(
            status.to_dict()
            | {"asks": [asdict(each) for each in asks], "confinement": asdict(confinement)}
            | {each.setting: asdict(each) for each in models}
        )
    else:
        print_status(status)
        say(f"Answers: {'; '.join(map(str, models))}", "dim")
        say(told(asks), "dim")
        say(str(confinement), "dim")


def _pages(document: Document) -> dict[str, object]:
    pages = [asdict(page) for page in document.pages] if document.paged else []
    for page in pages:
        page["characters"] = len(page.pop("text"))
    return {"document": document.path, "page_counts": asdict(document.page_counts), "pages": pages}
