"""Commands: how every command of `strategy` ends when something goes wrong."""

from __future__ import annotations

import errno
from typing import Any

import typer
from typer.core import TyperGroup

from index.errors import IndexMissing
from ui.errors import KNOWN_ERRORS, sentence

FAILED = 1
_OUTPUT_LOST = (errno.ENOSPC, errno.EIO)
INTERRUPTED = 130  # as a shell reports a program that SIGINT ended


class Commands(TyperGroup):
    """Says what people may cause in one sentence, and ends quietly when interrupted."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KNOWN_ERRORS as error:
            from ui.wording import printable

            said = f"{sentence(error)}{_beside(error)}"
            typer.echo(f"strategy: {printable(said)}", err=True)
            raise typer.Exit(FAILED) from error
        except OSError as error:
            # Whatever else was asked for names its own file; this is the output of the command.
            if error.errno not in _OUTPUT_LOST:
                raise
            typer.echo(f"strategy: The output cannot be written ({error.strerror}).", err=True)
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error


def _beside(error: Exception) -> str:
    """Where an index is missing: the one of the sample documents, where there is one."""
    if isinstance(error, IndexMissing):
        from ui.serving import samples_index

        samples = samples_index(error.index_dir)
        if samples.is_dir():
            return f"; the sample documents have one of their own: --index {samples}"
    return ""
