"""Archive: an index as one file, to keep or to take elsewhere.

A zip of the catalog, copied in one piece while others read and write, and a manifest with its
checksum. The search files are written anew from the catalog when it is imported; nothing is
embedded again. An archive may come from anybody: only these two names are read from it, no more
bytes are unpacked than the manifest says, and the tables are checked before they are used.
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
import zipfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index import generation
from index.catalog import Catalog
from index.database import FILE, Database
from index.errors import (
    ArchiveUnusable,
    IndexDamaged,
    IndexExists,
    IndexingError,
    IndexMissing,
    IndexUnwritable,
)
from index.private_files import keep_index_private, keep_private, make_folder
from index.publish import IMPORTING
from index.records import State
from index.transfer import check_tables, copy_in, copy_out, sha256_of
from ingest import FolderError
from ingest.inside import is_document_path
from ingest.leftovers import sweep_leftovers

_KIND = "strategy-assistant index"
_VERSION = 1
_SCRATCH = ".export-"
_MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 1 << 16  # bytes
_TIGHTEST = 200  # times smaller than what comes out: catalogs shrink to a half, bombs to nothing
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says about itself."""

    kind: str
    version: int
    sha256: str  # of the catalog, hexadecimal
    size: int  # of the catalog, bytes
    encoder: str
    generation: int
    documents: int
    passages: int


def export_index(index_dir: str | Path, out: str | Path, *, replace: bool = False) -> Manifest:
    """Write the newest state of an index into the file ``out``, whole or not at all.

    Raises IndexExists where ``out`` is there already, unless ``replace``; ArchiveUnusable where
    it cannot be written; IndexMissing, IndexDamaged, IndexForeign, IndexUnwritable.
    """
    index_dir, out = Path(index_dir), Path(out)
    if out.exists() and not replace:
        raise IndexExists(f"{out}: this file is there already. Give another name, or --replace.")
    Database.reading(index_dir).close()
    sweep_leftovers(out.absolute().parent, _SCRATCH)
    try:
        with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=_SCRATCH) as scratch:
            copy, packed = Path(scratch, FILE), Path(scratch, "packed")
            copy_out(index_dir, copy)
            manifest = _describe(copy, index_dir)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=2))
                archive.write(copy, FILE)
            keep_private(packed)
            packed.replace(out)
    except OSError as error:
        why, remedy = error.strerror or str(error), "Check the permissions and the room on the disk"
        if error.errno == errno.ENOSPC:
            why, remedy = f"the disk of {out.absolute().parent} is full", "Make room on it"
        raise ArchiveUnusable(
            f"{out}: the index cannot be written there ({why}). {remedy}, or choose another place;"
            " the index itself is well."
        ) from error
    return manifest


def import_index(
    file: str | Path,
    index_dir: str | Path,
    *,
    folder: str | Path | None = None,
    replace: bool = False,
) -> Manifest:
    """Make an index of an archive, or with ``replace`` put it in the place of the one there.

    ``folder`` holds its documents here; with None nothing is opened or deleted on the disk. What
    the archive says of that is not asked.

    Readers of that one get the new documents with their next search. Killed at any moment, the
    index there is the old one or the new one.

    Raises ArchiveUnusable where ``file`` holds no index, or a damaged or hostile one; FolderError
    where there is no such ``folder``; IndexExists, IndexBusy, IndexForeign, IndexUnwritable.
    """
    file, index_dir = Path(file), Path(index_dir)
    place = "" if folder is None else str(_folder(Path(folder)))
    if not file.is_file():
        raise ArchiveUnusable(f"{file}: this file cannot be opened (no such file). Check its name.")
    fresh = _check_place(index_dir, replace=replace)
    scratch = index_dir / IMPORTING
    made = not index_dir.exists()
    try:
        shutil.rmtree(scratch, ignore_errors=True)  # of a process that was killed
        make_folder(index_dir)
        scratch.mkdir(mode=0o700)
        manifest = _unpack(file, scratch)
        _check_catalog(file, scratch)
        if not fresh:
            _set_aside_damaged(index_dir)
        _take_over(file, scratch, index_dir, place)
        keep_index_private(index_dir)
    except OSError as error:
        raise IndexUnwritable(index_dir, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if made and index_dir.is_dir() and not any(index_dir.iterdir()):
            index_dir.rmdir()
    return manifest


def _describe(copy: Path, index_dir: Path) -> Manifest:
    """The manifest of a copied catalog."""
    database = Database.reading(copy.parent)
    try:
        catalog = Catalog(database)
        state = catalog.state()
        if not state.generation:
            raise IndexMissing(index_dir)
        return Manifest(
            kind=_KIND,
            version=_VERSION,
            sha256=sha256_of(copy),
            size=copy.stat().st_size,
            encoder=state.encoder,
            generation=state.generation,
            documents=sum(info.status == "indexed" for info in catalog.documents()),
            passages=catalog.passage_count(),
        )
    finally:
        database.close()


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise FolderError(
            f"{folder}: no such folder. Check the path, or leave it out: then the documents are "
            "quoted and not opened."
        )
    return folder.resolve()


def _check_place(index_dir: Path, *, replace: bool) -> bool:
    """Whether there is no index yet; raises IndexExists where there is one that shall stay."""
    try:
        database = Database.reading(index_dir)
    except IndexMissing:
        return True
    except IndexDamaged:
        if replace:
            return False
        raise
    database.close()
    if not replace:
        raise IndexExists(
            f"{index_dir}: there is an index already. Give another place with --index, or put "
            "this one in its place with --replace."
        )
    return False


def _set_aside_damaged(index_dir: Path) -> None:
    try:
        Database.writing(index_dir).close()
    except IndexDamaged:
        Database.set_aside(index_dir)


def _unpack(file: Path, scratch: Path) -> Manifest:
    """The catalog out of the archive, checked against its manifest."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if set(entries) != {_MANIFEST, FILE} or len(archive.infolist()) != 2:
                raise _unusable(file, "it does not hold what `strategy export` writes")
            if entries[_MANIFEST].file_size > _LONGEST_MANIFEST:
                raise _unusable(file, "its manifest is too long")
            manifest = _manifest(file, archive.open(_MANIFEST).read(_LONGEST_MANIFEST))
            entry = entries[FILE]
            if entry.file_size > _TIGHTEST * max(entry.compress_size, 1):
                raise _unusable(file, "it would unpack to far more than an index holds")
            if entry.file_size != manifest.size:
                raise _unusable(file, "its manifest gives another size")
            if entry.file_size > shutil.disk_usage(scratch).free:
                raise IndexUnwritable(scratch.parent, "no room on the disk for what it holds")
            with archive.open(entry) as packed, (scratch / FILE).open("wb") as target:
                left = manifest.size
                while left and (chunk := packed.read(min(_CHUNK, left))):
                    target.write(chunk)
                    left -= len(chunk)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _unusable(file, str(error) or "it is cut off") from error
    except OSError as error:
        if error.filename is None or Path(error.filename) != file:
            raise
        raise ArchiveUnusable(
            f"{file}: this file cannot be opened ({error.strerror}). Check its name."
        ) from error
    if sha256_of(scratch / FILE) != manifest.sha256:
        raise _unusable(file, "its content has been changed or damaged")
    return manifest


def _manifest(file: Path, raw: bytes) -> Manifest:
    try:
        manifest = Manifest(**json.loads(raw))
    except (ValueError, TypeError, RecursionError) as error:
        raise _unusable(file, "its manifest makes no sense") from error
    if manifest.kind != _KIND:
        raise _unusable(file, "it does not hold what `strategy export` writes")
    if manifest.version != _VERSION:
        raise ArchiveUnusable(f"{file}: a newer version of this program wrote it. Update this one.")
    return manifest


def _check_catalog(file: Path, scratch: Path) -> None:
    try:
        check_tables(scratch)
        database = Database.reading(scratch)  # brings an older format up to date
        try:
            database.check()
            paths = Catalog(database).files.paths()
        finally:
            database.close()
    except IndexingError as error:
        raise _unusable(file, "its catalog is damaged, or of a newer version") from error
    for path in paths:
        if not is_document_path(path):
            raise _unusable(file, f"it names a document outside of any folder: {path!r}")


def _take_over(file: Path, scratch: Path, index_dir: Path, folder: str) -> None:
    """Write the search files of the new catalog, then let it be the catalog, all at once."""
    target = Database.writing(index_dir)  # nobody else writes meanwhile
    try:
        before = Catalog(target).state()
        state = _with_search_files(file, scratch, index_dir, before.generation, folder)
    finally:
        target.close()
    copy_in(scratch / FILE, index_dir)
    generation.sweep(index_dir, keep=state.generation, below=state.generation)


def _with_search_files(
    file: Path, scratch: Path, index_dir: Path, above: int, folder: str
) -> State:
    source = Database.writing(scratch)
    try:
        catalog = Catalog(source)
        state = catalog.state()
        # A number that readers of the old index have not seen.
        number = max(above, state.generation) + 1
        place = generation.folder_of(index_dir, number)
        files = generation.write(catalog, index_dir, place, dimension=state.dimension)
        state = replace(
            state, generation=number, layout=generation.LAYOUT, files=files, folder=folder
        )
        catalog.set_state(state)
        source.commit()
        source.execute("PRAGMA journal_mode = DELETE")
    except IndexUnwritable:
        raise
    except (IndexingError, ValueError, TypeError, KeyError, RuntimeError, AssertionError) as error:
        # FAISS and tantivy have their own kinds for vectors and texts that make no sense.
        raise _unusable(file, "its passages make no sense") from error
    finally:
        source.close()
    return state


def _unusable(file: Path, reason: str) -> ArchiveUnusable:
    return ArchiveUnusable(
        f"{file}: this is no index that can be imported ({reason}). Export it anew with: "
        "strategy export OUT.zip"
    )
