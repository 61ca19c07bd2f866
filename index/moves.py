"""Moves: new files of a folder that are indexed documents under other names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePosixPath

from index.records import KnownFile
from index.report import FileOutcome
from index.update import Update
from ingest import TEXT_PIPELINE, SourceFile, UnreadableDocument
from ingest.exchange import FileReading
from ingest.metadata import renamed
from ingest.opening import read_content


class Moves:
    """The documents whose files are gone, until a file with their content turns up."""

    def __init__(self, update: Update, present: Collection[str]) -> None:
        """``present``: the paths that are not gone."""
        self._update = update
        self._known = update.catalog.files.known()
        self._gone: dict[int, list[KnownFile]] = defaultdict(list)  # by size
        for path, file in sorted(self._known.items()):
            if path not in present and not file.failed and file.text_pipeline == TEXT_PIPELINE:
                self._gone[file.size].append(file)

    def settle(self, file: SourceFile) -> FileOutcome | None:
        """Give a document its new name without reading it again; None where it must be read.

        Title and date hang on the name, and what is embedded has words of it: what comes out
        the same is not embedded again.
        """
        origin = self._origin(file)
        catalog = self._update.catalog
        was = None if origin is None else catalog.document(origin.path)
        document = None if was is None else renamed(was, file.path)
        if origin is None or document is None:
            return None
        stored = catalog.passages(catalog.passage_ids([origin.path])).values()
        passages = tuple(
            replace(passage, document=file.path, title=document.title)
            for passage in sorted(stored, key=lambda passage: passage.ordinal)
        )
        reading = FileReading(
            document,
            passages,
            content_hash=origin.content_hash,
            size=file.size,
            mark=file.mark,
            seconds=catalog.files.seconds(origin.path),
        )
        self._update.put(reading, document, replaced=origin.path, ocr=origin.ocr)
        moved = replace(origin, path=file.path)
        catalog.files.note(moved)
        return replace(FileOutcome.of(moved, "moved"), moved_from=origin.path)

    def _origin(self, file: SourceFile) -> KnownFile | None:
        """The document that this file was, which nobody else is then; None for any other file.

        Only a file of the size of one that is gone is opened, to compare what it holds.
        """
        candidates = self._gone.get(file.size)
        if file.path in self._known or not file.supported or not candidates:
            return None
        try:
            content_hash = read_content(file.path, file.location, file.size).content_hash
        except UnreadableDocument:
            return None
        same = [known for known in candidates if known.content_hash == content_hash]
        if not same:
            return None
        name = PurePosixPath(file.path).name
        origin = next((known for known in same if PurePosixPath(known.path).name == name), same[0])
        candidates.remove(origin)
        return origin
