"""The command `strategy`: index, ask, chat, evaluate; the others are in upkeep.py.

Exit codes: 0 done; 1 could not be done (one sentence on standard error); 2 wrong usage;
130 interrupted. An answer that the documents do not hold is an answer: 0, with found false.
"""

from __future__ import annotations

import sys
import webbrowser
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from ui import upkeep
from ui.accounts import user_app
from ui.commands import Commands
from ui.options import IndexOption, JsonOption, limit_option, scope_of

app = typer.Typer(
    name="strategy",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)


def main() -> None:
    """The entry point of the installed command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another alphabet gets question marks instead of a crash.
        if stream is not None:  # closed by whoever started this
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app()


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            typer.echo(metadata.version("strategy-assistant"))
        except metadata.PackageNotFoundError:
            typer.echo("not installed")
        raise typer.Exit


@app.callback()
def strategy(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Ask your strategy documents; every statement comes with the exact words on their page.

    \b
    Examples:
      strategy chat                      try it on the sample documents
      strategy chat documents            ask your own, in the browser
      strategy index documents           read and index a folder
      strategy ask "Who is in charge?"   ask from the terminal
    """


@app.command()
def index(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of documents.")],
    index_dir: IndexOption = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read and index everything anew.")
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again what could not be read before.")
    ] = False,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar="FILE",
            help="Read only this file, although it has not changed, or these: '*.pdf'; repeatable.",
            show_default=False,
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Compare the content of all files, not size and times."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done; change nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read a folder of documents and bring its index up to date.

    Reads PDF, Word, PowerPoint, Excel, CSV, OpenDocument text, EPUB, RTF, HTML, Markdown, RST and
    text. Only what changed since the last time is read again. A file that cannot be read is named
    with the reason; the others go on. Scanned pages are read last, where there is an OCR engine,
    and everything else can be searched by then.

    \b
    Examples:
      strategy index documents
      strategy index documents --index ~/indexes/strategies
      strategy index documents --rebuild
      strategy index documents --file plans/climate.pdf
      strategy index documents --verify
      strategy index documents --dry-run
    """
    from ui.indexing import index_folder, show_plan

    if files and (rebuild or dry_run):
        raise typer.BadParameter("--file goes neither with --rebuild nor with --dry-run.")
    if dry_run:
        show_plan(folder, index_dir, rebuild=rebuild, retry=retry, verify=verify, as_json=as_json)
        return
    index_folder(
        folder,
        index_dir,
        rebuild=rebuild,
        retry=retry,
        only=files or (),
        verify=verify,
        as_json=as_json,
    )


@app.command()
def ask(
    words: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, best in quotation marks.")
    ],
    index_dir: IndexOption = None,
    documents: Annotated[
        list[str] | None,
        limit_option("--documents", "-d", metavar="PATH", limit="this document, or these: '*.pdf'"),
    ] = None,
    folders: Annotated[
        list[str] | None, limit_option("--folder", metavar="FOLDER", limit="below this folder")
    ] = None,
    languages: Annotated[
        list[str] | None, limit_option("--language", metavar="CODE", limit="this language: en")
    ] = None,
    years: Annotated[
        list[str] | None,
        limit_option("--year", metavar="YEAR", limit="the year of the date: 2024, or 2020-2024"),
    ] = None,
    formats: Annotated[
        list[str] | None, limit_option("--format", metavar="FORMAT", limit="this format: pdf")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, with the exact words and their place.

    Where the documents do not hold the answer it says so and lists the nearest passages
    ("found": false in JSON); that is no failure.

    The search can be limited to documents (their paths as `strategy status` lists them), folders,
    languages, years and formats. Each can be given several times; a document must meet one of
    each kind.

    \b
    Examples:
      strategy ask "What are the five policy domains?"
      strategy ask "Who pays?" --folder kenya --year 2020-2024 --language en
      strategy ask "What is the target for 2030?" --documents plans/climate.pdf
      strategy ask "Who leads the work?" --json
    """
    from ui.asking import ask_index

    scope = scope_of(documents, folders, languages, years, formats)
    ask_index(" ".join(words), index_dir, scope, as_json=as_json)


@app.command()
def chat(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="The folder of documents; without it, samples to try."
        ),
    ] = None,
    index_dir: IndexOption = None,
    port: Annotated[
        int | None,
        typer.Option("--port", help="The port; 0 takes any free one.  [default: 7860]"),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option("--host", help="The address to serve on.  [default: 127.0.0.1, this machine]"),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow the folder: what arrives is read at once.")
    ] = False,
    open_page: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in a browser.")
    ] = False,
    tls_cert: Annotated[
        Path | None,
        typer.Option(
            "--tls-cert", metavar="FILE", help="Serve https with this certificate (PEM) ..."
        ),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="... and its key.")
    ] = None,
) -> None:
    """Chat with a folder of documents in the browser.

    Brings the index of FOLDER up to date first. Without FOLDER it serves the index that --index
    names; where there is none yet, the sample documents with an index of their own.

    \b
    Examples:
      strategy chat
      strategy chat documents --open --watch
      strategy chat --index ~/indexes/strategies --port 8080
    """
    from ui.serving import serve_chat

    serve_chat(
        folder,
        index_dir,
        port,
        host,
        on_address=webbrowser.open if open_page else None,
        watch=watch,
        tls_cert=tls_cert,
        tls_key=tls_key,
    )


@app.command()
def evaluate(
    questions: Annotated[
        Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions with their right answers.")
    ],
    index_dir: IndexOption = None,
    as_json: JsonOption = False,
    records: Annotated[
        Path | None,
        typer.Option(
            "--records", metavar="OUT.jsonl", help="Write what was answered.", show_default=False
        ),
    ] = None,
    wrong: Annotated[
        bool, typer.Option("--wrong", help="List what was answered wrongly, and why.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="RUN.jsonl",
            help="Compare with what an earlier run wrote with --records.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask all questions of a file and print how good the answers are.

    Each line of the file is a question in JSON. A right answer holds one of each inner list of
    `must_contain`, and cites a place of `evidence`. The type is a word of your own, for the
    table; only `unanswerable` means something: the documents do not hold the answer.

    \b
    Example of a line:
      {"id": "1", "type": "who", "question": "Who leads the work?", "documents": ["plan.pdf"],
       "must_contain": [["Aylin Berg", "chief engineer"]], "evidence": [{"document": "plan.pdf",
       "page": 3, "quote": "The work is led by the chief engineer, Aylin Berg."}]}

    \b
    Examples:
      strategy evaluate questions.jsonl
      strategy evaluate questions.jsonl --index ~/indexes/strategies --records today.jsonl
      strategy evaluate questions.jsonl --wrong --against yesterday.jsonl
    """
    from ui.evaluating import run_evaluation

    run_evaluation(questions, index_dir, records, against, wrong=wrong, as_json=as_json)


for command in (
    upkeep.status,
    upkeep.watch,
    upkeep.forget,
    upkeep.export,
    upkeep.import_index,
    upkeep.check,
):
    app.command(command.__name__.removesuffix("_index"))(command)
app.add_typer(user_app, name="user")


if __name__ == "__main__":
    main()
