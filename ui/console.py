"""What the command line prints: progress bars on a terminal, plain lines everywhere else."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Column

from index.report import Progress as SyncEvent
from index.report import SyncReport
from index.store import DocumentInfo
from ui.render import counted, printable

MAX_WIDTH = 96  # columns; longer lines are hard to read


def text_width() -> int:
    """Columns for running text."""
    return min(shutil.get_terminal_size().columns, MAX_WIDTH)


def say(text: str, style: str | None = None) -> None:
    """One or more lines on standard output, as they are."""
    _console(stderr=False).print(printable(text), style=style)


def note(text: str, style: str | None = None) -> None:
    """The same on standard error, so that it is never in the way of a result."""
    _console(stderr=True).print(printable(text), style=style)


class Bar:
    """A progress bar on standard error; where that is no terminal, a line for each label."""

    def __init__(self, label: str, unit: str) -> None:
        self._console = _console(stderr=True)
        self._label = label
        self._unit = unit
        self._spoken = ""
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn(
                "{task.fields[unit]}  {task.fields[item]}",
                style="dim",
                markup=False,
                table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
            ),
            console=Console(stderr=True, soft_wrap=False),
            transient=True,
            expand=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._progress.start()
            self._task = self._progress.add_task(self._label, total=None, unit=self._unit, item="")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._progress.stop()

    def show(self, done: int, total: int, item: str = "") -> None:
        """Move the bar."""
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=total, item=printable(item))

    def speak(self, line: str) -> None:
        """A line for those who have no bar; a repeated one is said once."""
        if self._task is None and line != self._spoken:
            self._spoken = line
            note(line)


class SyncBar(Bar):
    """The progress of a sync: a listener for ``index.sync``."""

    def __init__(self) -> None:
        super().__init__("Indexing", "files")
        self._files = (0, 0)

    def __call__(self, event: SyncEvent) -> None:
        match event.stage:
            case "read":
                self._files = (event.done, event.total)
                self.show(event.done, event.total, event.path)
            case "embed":
                self.show(*self._files, f"{event.path} ({event.done}/{event.total} passages)")
                self.speak(f"Indexing {event.path}")
            case "write":
                self.show(*self._files, "writing the index")


def print_report(report: SyncReport) -> None:
    """What a sync did; the files that need attention with what to do."""
    for outcome in report.outcomes:
        if outcome.action in {"added", "updated", "deleted"}:
            say(f"{outcome.action:9} {outcome.path}{_size(outcome.pages, outcome.passages)}")
    for outcome in report.outcomes:
        if outcome.action in {"failed", "skipped"}:
            style = "yellow" if outcome.action == "failed" else "dim"
            say(
                f"{outcome.action:9} {outcome.path}: {_ended(outcome.reason)} {outcome.remedy}",
                style,
            )
    counts = [
        f"{count} {word}"
        for count, word in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.deleted, "deleted"),
            (report.unchanged, "unchanged"),
            (report.failed, "could not be read"),
            (report.skipped, "skipped"),
        )
        if count
    ]
    say(f"{', '.join(counts)} in {report.seconds:.1f} s", "bold")


def print_status(documents: Sequence[DocumentInfo], index_dir: str, folder: str) -> None:
    """The documents of an index, one a line; those that could not be read last."""
    indexed = [document for document in documents if document.status == "indexed"]
    for document in indexed:
        facts = [document.format, document.language or "", document.date or ""]
        size = _size(document.pages, document.passages)
        say(f"{document.path}{size}, {', '.join(filter(None, facts))}")
        if document.title and document.title != document.path:
            say(f"    {document.title}", "dim")
    for document in documents:
        if document.status == "failed":
            say(f"{document.path}: could not be read: {document.reason}", "yellow")
    passages = sum(document.passages for document in indexed)
    failed = len(documents) - len(indexed)
    line = f"{counted(len(indexed), 'document')}, {counted(passages, 'passage')}"
    say(f"{line}; {failed} could not be read" if failed else line, "bold")
    say(f"Index {index_dir} of {folder}", "dim")


def print_figures(figures: dict[str, Any]) -> None:
    """Figures in two columns; those by kind of question below."""
    width = max((len(name) for name in figures), default=0)
    for name, value in figures.items():
        if isinstance(value, dict):
            say(name)
            for kind, share in value.items():
                say(f"  {kind:{width - 2}}  {share}")
        else:
            say(f"{name:{width}}  {value}")


def _size(pages: int, passages: int) -> str:
    parts = [
        counted(pages, "page") if pages else "",
        counted(passages, "passage") if passages else "",
    ]
    words = ", ".join(filter(None, parts))
    return f": {words}" if words else ""


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _console(*, stderr: bool) -> Console:
    # Made anew each time: tests and shells exchange the streams.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
