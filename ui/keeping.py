"""What `strategy forget`, `export` and `import` do."""

from __future__ import annotations

from pathlib import Path

from assistant import Settings
from index import archive
from index.forgetting import forget, remember
from ui.console import say_line
from ui.report import size_words
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


def import_archive(file: Path, index_dir: Path | None, *, replace: bool) -> None:
    """Make an index of an exported one and say what it holds."""
    index = Settings.load(index=index_dir).index
    manifest = archive.import_index(file, index, replace=replace)
    say_line(f"{index}: {_held(manifest)}, encoder {manifest.encoder}")


def _held(manifest: archive.Manifest) -> str:
    return f"{counted(manifest.documents, 'document')}, {counted(manifest.passages, 'passage')}"
