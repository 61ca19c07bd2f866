"""What `strategy index` and `strategy status` do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from assistant import Settings
from assistant.destination import destinations, told
from index import LocalStore, open_encoder, sync
from ingest import Document
from ingest.reader_pool import ReaderPool
from ui.console import SyncBar, note, print_json, say
from ui.report import print_pages, print_report, print_status


def index_folder(
    folder: Path, index_dir: Path | None, *, rebuild: bool, retry: bool, as_json: bool
) -> None:
    """Bring the index of ``folder`` up to date and print what became of every file."""
    settings = Settings.load(index=index_dir)
    with SyncBar() as bar:
        report = sync(
            folder,
            settings.index,
            encoder=open_encoder(settings.encoder, settings.cache),
            progress=bar,
            rebuild=rebuild,
            retry=retry,
            readers=ReaderPool.shared(settings.reading_limits),
        )
    if as_json:
        print_json(report.to_dict())
    else:
        print_report(report)
    if report.failed and not report.added + report.updated + report.unchanged:
        note(
            f"strategy: none of the {report.failed} documents in {folder} could be read; "
            "what was in the index stays there."
        )
        raise typer.Exit(1)


def show_status(index_dir: Path | None, pages_of: str | None, *, as_json: bool) -> None:
    """Print what is in the index, or how the pages of one document were read."""
    settings = Settings.load(index=index_dir)
    with LocalStore.open(settings.index) as store:
        if pages_of is not None:
            document = store.document(pages_of)
            if as_json:
                print_json(_pages(document))
            else:
                print_pages(document)
        elif as_json:
            print_json(
                {
                    "index": str(settings.index),
                    "folder": str(store.folder),
                    "generation": store.generation,
                    "encoder": store.encoder_name,
                    "asks": [asdict(each) for each in destinations(settings)],
                    "passages": store.passage_count,
                    "documents": [asdict(document) for document in store.documents()],
                }
            )
        else:
            print_status(store.documents(), str(settings.index), str(store.folder))
            say(told(destinations(settings)), "dim")


def _pages(document: Document) -> dict[str, object]:
    pages = [asdict(page) for page in document.pages] if document.paged else []
    for page in pages:
        page["characters"] = len(page.pop("text"))
    return {"document": document.path, "page_counts": asdict(document.page_counts), "pages": pages}
