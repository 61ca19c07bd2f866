"""What `strategy chat` does: choose the documents, bring their index up to date, serve."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Settings
from index import Encoder, IndexMissing, LocalStore, open_encoder, sync
from index.background_check import BackgroundCheck
from ingest.reader_pool import ReaderPool
from ingest.samples import SAMPLES
from ui.access import Access
from ui.background_sync import BackgroundSync
from ui.console import SyncBar, note, say
from ui.errors import ServeError
from ui.language import fixed_language
from ui.listener import address_for_others, is_loopback, listen
from ui.report import print_report
from ui.tls import IN_CLEAR, is_in_clear, tls_of
from ui.users import Users
from ui.watching import Follower


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents to chat with."""

    folder: Path | None  # None: the folder of the index is gone, so that nothing can be re-indexed
    index_dir: Path
    fresh: bool  # whether the index is to be brought up to date first


def serve_chat(
    folder: Path | None,
    index_dir: Path | None,
    port: int | None,
    host: str | None,
    on_address: Callable[[str], object] | None = None,
    *,
    watch: bool = False,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
) -> None:
    """Serve the chat until interrupted; ``on_address`` gets its address once it answers.

    With ``watch`` the index follows its folder meanwhile.

    Raises what indexing and opening raise, and ServeError.
    """
    settings = Settings.load(
        index=index_dir, port=port, host=host, tls_cert=tls_cert, tls_key=tls_key
    )
    fixed_language(settings.language)  # one without words is known at once
    tls = tls_of(settings)
    scheme = "http" if tls is None else "https"
    encoder = open_encoder(settings.encoder, settings.cache, note)
    # Before any work is done: a port that is taken is known at once.
    listener = listen(settings.host, settings.port)
    with listener:
        access = choose_access(settings, listener.getsockname()[0])
        if is_in_clear(settings, listener.getsockname()[0]):
            note(IN_CLEAR, "yellow")
        shelf = choose_shelf(folder, settings)
        if shelf.folder == SAMPLES:
            note(
                "These are the sample documents."
                " For your own: strategy chat FOLDER, or make chat DOCUMENTS=FOLDER"
            )
        if shelf.fresh and shelf.folder is not None:
            with SyncBar() as bar:
                report = sync(
                    shelf.folder,
                    shelf.index_dir,
                    encoder=encoder,
                    progress=bar,
                    readers=ReaderPool.shared(settings.reading_limits),
                )
            print_report(report)
        note("Starting the chat ...", "dim")
        with Assistant.open(shelf.index_dir, settings, encoder) as assistant:
            # Gradio takes seconds to import: not before everything else has gone well.
            from ui.server import create_app, serve

            background = None
            if watch and shelf.folder is not None:
                background = BackgroundSync(
                    shelf.folder, shelf.index_dir, encoder, settings.reading_limits
                )
            app = create_app(
                assistant,
                folder=shelf.folder,
                index_dir=shelf.index_dir,
                encoder=encoder,
                background=background,
                access=access,
            )

            others = address_for_others(listener, scheme)  # its socket is handed on

            def announce(address: str) -> None:
                say(f"Chat: {address}", "bold")
                if others:
                    note(f"For others: {others}", "dim")
                note("Stop it with Ctrl-C.", "dim")
                if on_address is not None:
                    on_address(address)
                _warm(encoder)

            follower = Follower(background) if background is not None else nullcontext()
            with BackgroundCheck(shelf.index_dir), follower:
                serve(app, listener, announce, settings, tls)


def choose_access(settings: Settings, address: str) -> Access | None:
    """Who may use a chat that is served on ``address``; None: whoever reaches it.

    A login is asked for where there are users. Raises ServeError where other machines reach the
    chat and nobody could log in.
    """
    users = Users(settings.users_file)
    if users.names():
        return Access(users, settings.session_hours)
    if is_loopback(address) and not settings.public_name:
        return None
    raise ServeError(
        "Other people could reach this chat, so they have to log in, and there are no users yet."
        f" Add one with: strategy user add NAME (kept in {settings.users_file});"
        " or leave out --host: then only this machine reaches it."
    )


def choose_shelf(folder: Path | None, settings: Settings) -> Shelf:
    """Which documents to serve, from which index."""
    if folder is not None:
        return Shelf(folder, settings.index, fresh=True)
    named = "index" in settings.model_fields_set
    if named:
        try:
            with LocalStore.open(settings.index) as store:
                known = store.folder
            there = known is not None and known.is_dir()
            return Shelf(known if there else None, settings.index, fresh=False)
        except IndexMissing:
            return Shelf(SAMPLES, settings.index, fresh=True)
    # Beside the index of the person's own documents, never in it.
    return Shelf(SAMPLES, samples_index(settings.index), fresh=True)


def samples_index(index: Path) -> Path:
    """Where the sample documents are indexed, seen from a person's own index."""
    return index.with_name(f"{index.name}-of-samples")


def _warm(encoder: Encoder) -> None:
    """Load the model while the first question is still being typed."""
    encoder.encode_queries(["What does the strategy say?"])
