"""An index goes through one file and answers as before; a hostile file is refused and harmless."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index import IndexMissing, LocalStore, Retriever, sync
from index.archive import export_index, import_index
from index.errors import ArchiveUnusable, IndexExists
from ingest import FolderError

QUESTIONS = ["Which quays get shore power?", "Who may fell a tree?", "late fees of children"]


@pytest.fixture
def exported(folder, index_dir, encoder, tmp_path) -> Path:
    (folder / "empty.txt").write_text("")
    sync(folder, index_dir, encoder=encoder)
    export_index(index_dir, tmp_path / "plans.zip")
    return tmp_path / "plans.zip"


def answers(index_dir, encoder):
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        return [retriever.search(question) for question in QUESTIONS], store.documents()


def test_an_imported_index_answers_as_the_exported_one(
    folder, index_dir, exported, counting, tmp_path
):
    counting.texts.clear()
    manifest = import_index(exported, tmp_path / "copy")
    assert (manifest.documents, manifest.passages) == (3, 3)
    assert answers(tmp_path / "copy", counting) == answers(index_dir, counting)
    assert sync(folder, tmp_path / "copy", encoder=counting).unchanged == 3
    assert counting.texts == []
    assert {path.name.partition("-")[0] for path in (tmp_path / "copy").iterdir()} <= {
        "catalog.sqlite",
        "generation",
    }


def test_an_archive_holds_the_catalog_and_its_checksum_alone(exported):
    with zipfile.ZipFile(exported) as archive:
        assert sorted(archive.namelist()) == ["catalog.sqlite", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
        catalog = archive.read("catalog.sqlite")
    assert manifest["sha256"] == hashlib.sha256(catalog).hexdigest()
    assert [path.name for path in exported.parent.glob(".export-*")] == []


def test_nothing_is_written_over_unasked(index_dir, exported):
    before = exported.read_bytes()
    with pytest.raises(IndexExists, match="--replace"):
        export_index(index_dir, exported)
    assert exported.read_bytes() == before
    with pytest.raises(IndexExists, match="--replace"):
        import_index(exported, index_dir)


def test_a_replaced_index_serves_those_who_have_it_open(folder, index_dir, exported, encoder):
    (folder / "harbour.md").write_text("# Harbour plan\n\nThe pilots moved to Osk.\n")
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        held = store.snapshot()
        generation = store.generation
        import_index(exported, index_dir, replace=True)
        assert "electrify all twelve quays" in store.document("harbour.md").text
        assert store.generation > generation
        assert "pilots" in held.document("harbour.md").text
        assert len(held.lexical("pilots", 5)) == 1


def test_a_damaged_index_can_be_replaced(index_dir, exported, encoder):
    (index_dir / "catalog.sqlite").write_bytes(b"no catalog " * 1000)
    import_index(exported, index_dir, replace=True)
    assert answers(index_dir, encoder)[0][0][0].passage.document == "harbour.md"


def test_there_must_be_an_index_to_export(tmp_path):
    with pytest.raises(IndexMissing):
        export_index(tmp_path / "none", tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []


def repacked(exported: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Unpack, let somebody meddle, and pack again with a checksum that fits."""
    with zipfile.ZipFile(exported) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if "manifest.json" in files and "catalog.sqlite" in files:
        manifest = json.loads(files["manifest.json"])
        catalog = files["catalog.sqlite"]
        manifest |= {"sha256": hashlib.sha256(catalog).hexdigest(), "size": len(catalog)}
        files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(exported, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def with_statement(statement: str, tmp_path: Path) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        path = tmp_path / "meddled.sqlite"
        path.write_bytes(files["catalog.sqlite"])
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()
        files["catalog.sqlite"] = path.read_bytes()

    return change


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (lambda files: files.update({"../../escaped.txt": b"out"}), "does not hold"),
        (lambda files: files.pop("manifest.json"), "does not hold"),
        (lambda files: files.update({"catalog.sqlite": bytes(20 << 20)}), "far more"),
        (lambda files: files.update({"catalog.sqlite": b"SQLite format 3\0 no"}), "damaged"),
        ("CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM documents; END", "damaged"),
        ("CREATE VIEW v AS SELECT * FROM documents", "damaged"),
        ("UPDATE meta SET value = '99' WHERE key = 'format'", "newer version"),
        ("UPDATE passages SET vector = x'00'", "make no sense"),
        ("UPDATE meta SET value = '{\"generation\": [' WHERE key = 'state'", "make no sense"),
    ],
)
def test_a_hostile_archive_is_refused_and_leaves_nothing(exported, tmp_path, meddle, said):
    change = with_statement(meddle, tmp_path) if isinstance(meddle, str) else meddle
    repacked(exported, change)
    place = tmp_path / "deep" / "copy"
    with pytest.raises(ArchiveUnusable, match=said):
        import_index(exported, place)
    with pytest.raises(IndexMissing):
        LocalStore.open(place)
    assert not list(tmp_path.rglob("escaped.txt"))
    assert not list(place.rglob("import.part"))


def test_the_folder_of_an_archive_is_never_asked(folder, exported, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    statement = (
        f"UPDATE meta SET value = json_set(value, '$.folder', '{elsewhere}') WHERE key = 'state'"
    )
    repacked(exported, with_statement(statement, tmp_path))
    import_index(exported, tmp_path / "copy")
    with LocalStore.open(tmp_path / "copy") as store:
        assert store.folder is None
        assert "electrify all twelve quays" in store.document("harbour.md").text
    import_index(exported, tmp_path / "named", folder=folder)
    with LocalStore.open(tmp_path / "named") as store:
        assert store.folder == folder
    with pytest.raises(FolderError, match="leave it out"):
        import_index(exported, tmp_path / "none", folder=tmp_path / "gone")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("table", ["documents", "failures"])
@pytest.mark.parametrize("path", ["../near.md", "/near.md", "a/../../near.md", ".hidden/a.md"])
def test_an_archive_that_names_files_outside_is_refused_with_the_name(
    exported, tmp_path, table, path
):
    statement = f"UPDATE {table} SET path = '{path}' WHERE path IN ('harbour.md', 'empty.txt')"
    repacked(exported, with_statement(statement, tmp_path))
    with pytest.raises(ArchiveUnusable, match=re.escape(path)):
        import_index(exported, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_file_that_was_cut_off_or_is_none_is_refused(exported, tmp_path):
    whole = exported.read_bytes()
    for content in (b"", b"no zip at all", whole[: len(whole) // 2]):
        exported.write_bytes(content)
        with pytest.raises(ArchiveUnusable):
            import_index(exported, tmp_path / "copy")
    with pytest.raises(ArchiveUnusable, match="cannot be opened"):
        import_index(tmp_path / "none.zip", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_file_that_is_not_there_is_told_before_an_index_that_is(
    folder, index_dir, encoder, tmp_path
):
    sync(folder, index_dir, encoder=encoder)
    with pytest.raises(ArchiveUnusable, match="cannot be opened"):
        import_index(tmp_path / "none.zip", index_dir)


def test_a_refused_import_leaves_the_index_as_it_was(index_dir, exported, encoder):
    before = answers(index_dir, encoder)
    exported.write_bytes(exported.read_bytes()[:-30])
    with pytest.raises(ArchiveUnusable):
        import_index(exported, index_dir, replace=True)
    assert answers(index_dir, encoder) == before
