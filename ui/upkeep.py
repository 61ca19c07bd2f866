"""The commands that keep an index: status, watch, forget, export, import, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import IndexOption, JsonOption

FilesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...", help="Paths as `strategy status` lists them, or patterns: 'drafts/*'."
    ),
]


def status(
    index_dir: IndexOption = None,
    pages: Annotated[
        str | None,
        typer.Option(
            "--pages",
            metavar="FILE",
            help="Show how each page of this document was read.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the documents of an index and what could not be read.

    \b
    Examples:
      strategy status
      strategy status --pages plans/climate.pdf
      strategy status --index ~/indexes/strategies --json
    """
    from ui.indexing import show_status

    show_status(index_dir, pages, as_json=as_json)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of documents.")],
    index_dir: IndexOption = None,
    poll: Annotated[
        bool,
        typer.Option("--poll", help="Look again and again; for drives that tell of no changes."),
    ] = False,
) -> None:
    """Keep an index up to date while its folder changes.

    Brings the index up to date first. A file that is still being copied is left until it rests;
    a folder that vanishes is waited for, and its documents stay in the index meanwhile. Whoever
    searches the index, a running chat too, gets the new documents without a restart. Ends with
    Ctrl-C.

    \b
    Examples:
      strategy watch documents
      strategy watch /mnt/shared/plans --index ~/indexes/plans --poll
    """
    from ui.watching import watch_folder

    watch_folder(folder, index_dir, polling=poll)


def forget(
    files: FilesArgument,
    index_dir: IndexOption = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Let the next `strategy index` read them again.")
    ] = False,
) -> None:
    """Take documents out of the index; their files stay.

    A forgotten file is not read again, by --retry and --rebuild neither, until its content or its
    path changes, or --undo brings it back. `strategy status` lists what was forgotten.

    \b
    Examples:
      strategy forget plans/draft.pdf
      strategy forget 'drafts/*'
      strategy forget plans/draft.pdf --undo
    """
    from ui.keeping import forget_files

    forget_files(files, index_dir, undo=undo)


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The file to write.")],
    index_dir: IndexOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there already.")
    ] = False,
) -> None:
    """Write an index into one file, for `strategy import`.

    To keep it, or to take it to another machine. It holds the text of all documents and all that
    was computed from them, not the documents themselves. The index can be searched and updated
    meanwhile.

    \b
    Examples:
      strategy export plans.zip
      strategy export plans.zip --index ~/indexes/plans --replace
    """
    from ui.keeping import export_index

    export_index(out, index_dir, replace=replace)


def import_index(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `strategy export` wrote.")],
    index_dir: IndexOption = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="FOLDER",
            help="Where its documents stand on this machine; without it no file is opened.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the index that is there.")
    ] = False,
) -> None:
    """Make an index of what `strategy export` wrote.

    Nothing is read or embedded again. The file is checked first. The index can be asked at once.
    Where the documents stand is never taken from the file: with --folder their pages can be
    looked at; without it quotes open as text. `strategy index` needs the documents at hand.

    \b
    Examples:
      strategy import plans.zip --folder documents
      strategy import plans.zip --index ~/indexes/plans --replace
    """
    from ui.keeping import import_archive

    import_archive(file, index_dir, folder, replace=replace)


def check(index_dir: IndexOption = None, as_json: JsonOption = False) -> None:
    """Check that an index is still what was written, and mend it.

    Reads all of it and compares checksums: what a failing disk or memory changed is found.
    Damaged documents are read again from their folder, search files are written anew. A damaged
    document is never quoted meanwhile. Exit code 1 where something could not be mended.

    \b
    Examples:
      strategy check
      strategy check --index ~/indexes/plans --json
    """
    from ui.keeping import check_index

    check_index(index_dir, as_json=as_json)
