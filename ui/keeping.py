"""What `strategy forget`, `export`, `import` and `check` do."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant import Settings
from index import archive, open_encoder
from index.check import check
from index.forgetting import forget, remember
from ingest.reader_pool import ReaderPool
from ui.console import SyncBar, note, print_json, say_line
from ui.report import print_check, size_words
from ui.wording import counted


def forget_files(files: list[str], index_dir: Path | None, *, undo: bool) -> None:
    """Forget documents, or with ``undo`` let them be read again, and name them."""
    index = Settings.load(index=index_dir).index
    if undo:
        for path in remember(index, files):
            say_line(f"{path}: the next strategy index reads it again")
        return
    for path in forget(index, files):
        say_line(f"{path}: forgotten; it is not read again until it changes")


def export_index(out: Path, index_dir: Path | None, *, replace: bool) -> None:
    """Write the index into one file and say what it holds."""
    index = Settings.load(index=index_dir).index
    manifest = archive.export_index(index, out, replace=replace)
    say_line(f"{out}: {_held(manifest)}, {size_words(out.stat().st_size)}")


def import_archive(
    file: Path, index_dir: Path | None, folder: Path | None, *, replace: bool
) -> None:
    """Make an index of an exported one and say what it holds."""
    index = Settings.load(index=index_dir).index
    manifest = archive.import_index(file, index, folder=folder, replace=replace)
    say_line(f"{index}: {_held(manifest)}, encoder {manifest.encoder}")
    if folder is None:
        note("No folder was named: quotes open as text. With the files: strategy import --folder")


def check_index(index_dir: Path | None, *, as_json: bool) -> None:
    """Check an index, mend what is damaged, and say what that was; exit code 1 if some is left."""
    settings = Settings.load(index=index_dir)
    with SyncBar() as bar:
        report = check(
            settings.index,
            encoder=open_encoder(settings.encoder, settings.cache, note),
            readers=ReaderPool.shared(settings.reading_limits),
            progress=bar,
        )
    if as_json:
        print_json(report.to_dict())
    else:
        print_check(report)
    if not report.sound:
        raise typer.Exit(1)


def _held(manifest: archive.Manifest) -> str:
    return f"{counted(manifest.documents, 'document')}, {counted(manifest.passages, 'passage')}"
