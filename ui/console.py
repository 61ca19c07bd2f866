"""What the command line prints: progress bars on a terminal, plain lines everywhere else."""

from __future__ import annotations

import json
import re
import shutil
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from index.report import Progress as SyncEvent
from ui.wording import counted, left_words, one_line, printable

BOLD = ("\ue000", "\ue001")  # signs that mean nothing in any text
MAX_WIDTH = 96  # columns; longer lines are hard to read


def text_width() -> int:
    """Columns for running text."""
    return min(shutil.get_terminal_size().columns, MAX_WIDTH)


def say(text: str, style: str | None = None) -> None:
    """One or more lines on standard output, as they are."""
    _console(stderr=False).print(printable(text), style=style)


def say_line(text: str, style: str | None = None) -> None:
    """One line, whatever the names in it hold."""
    say(one_line(text), style)


def say_bold(text: str) -> None:
    """The same; what stands between the two signs of ``BOLD`` is bold on a terminal."""
    styled = Text()
    for number, part in enumerate(re.split("|".join(BOLD), printable(text))):
        styled.append(part, style="bold" if number % 2 else None)
    _console(stderr=False).print(styled)


def note(text: str, style: str | None = None) -> None:
    """The same on standard error, so that it is never in the way of a result."""
    _console(stderr=True).print(printable(text), style=style)


class Draft:
    """A text that is still being written, on a terminal's standard error; gone at the end."""

    def __init__(self) -> None:
        self._live = Live(console=Console(stderr=True), transient=True, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.update("")
        self._live.stop()

    def show(self, text: str) -> None:
        if self._live.console.is_terminal:
            self._live.update(Text(printable(text)), refresh=True)


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
            self._progress.update(self._task, completed=done, total=total, item=one_line(item))

    def speak(self, line: str) -> None:
        """A line for those who have no bar; a repeated one is said once."""
        if self._task is None and line != self._spoken:
            self._spoken = line
            note(one_line(line))


class SyncBar(Bar):
    """The progress of a sync: a listener for ``index.sync``."""

    def __init__(self) -> None:
        super().__init__("Indexing", "files")
        self._files = (0, 0)
        self._left = ""

    def __call__(self, event: SyncEvent) -> None:
        match event.stage:
            case "read":
                self._files = (event.done, event.total)
                self._left = left_words(event.seconds_left)
                self.show(*self._files, _facts(event))
            case "embed":
                item = f"{event.path} ({event.done}/{event.total} passages)"
                self.show(*self._files, "  ".join(filter(None, (self._left, item))))
                self.speak(f"Indexing {event.path}")
            case "write":
                self.show(*self._files, "writing the index")
            case "ocr":
                self._files = (event.done, event.total)
                self.show(*self._files, f"with scanned pages  {_facts(event)}")
                self.speak("Reading scanned pages; all other documents can be searched already")


def _facts(event: SyncEvent) -> str:
    """How much was read, how long the rest will take, and what comes next."""
    read = counted(event.pages, "page") if event.pages else ""
    return "  ".join(filter(None, (read, left_words(event.seconds_left), event.path)))


def print_json(value: object) -> None:
    """One value on standard output, for scripts."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _console(*, stderr: bool) -> Console:
    # Made anew each time: tests and shells exchange the streams.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
