"""The options that several commands share, and the limits of a search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from index import Scope

IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="Where the index is kept; without it, where the settings say.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def limit_option(*names: str, metavar: str, limit: str) -> Any:
    """An option that limits a search, and can be given several times."""
    return typer.Option(
        *names, metavar=metavar, help=f"Search only {limit}; repeatable.", show_default=False
    )


def scope_of(
    documents: list[str] | None,
    folders: list[str] | None,
    languages: list[str] | None,
    years: list[str] | None,
    formats: list[str] | None,
) -> Scope:
    """The limits of a search as they were typed. Raises typer.BadParameter for no year."""
    from index import Scope

    return Scope(
        documents=documents or (),
        folders=folders or (),
        languages=languages or (),
        years=[year for typed in years or () for year in _span(typed)],
        formats=formats or (),
    )


def _span(typed: str) -> range:
    from index.scope import span_of_years

    try:
        return span_of_years(typed)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
