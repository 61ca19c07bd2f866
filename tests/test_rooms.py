"""The rooms of the house: who may import whom, what stands where, and what is handed on."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ingest", "index", "assistant", "ui")  # each may import those to its left
LONGEST = 300  # lines of a file
# Where a library may be imported: one file, several, or one room.
PLACES: dict[str, str | tuple[str, ...]] = {
    "babel": ("ui/formats.py", "ui/language.py"),
    "docutils": "ingest/readers/rst.py",
    "faiss": "index/vectors.py",
    "fastapi": "ui/",
    "gradio": "ui/",
    "mcp": "ui/model_context.py",
    "onnxruntime": ("index/compiled_encoder.py", "index/model_export.py"),
    "openpyxl": "ingest/readers/xlsx.py",
    "rapidocr": "ingest/ocr/rapidocr.py",
    "sentence_transformers": ("index/sentence_transformer_encoder.py", "index/model_export.py"),
    "sqlite3": ("index/database.py", "index/transfer.py", "ui/kept_file.py", "ui/conversations.py"),
    "tantivy": ("index/lexical.py", "index/postings.py"),
    "tokenizers": ("index/compiled_encoder.py", "index/model_export.py"),
    "torch": "index/model_export.py",
}
HEAVY = {
    "docutils",
    "faiss",
    "gradio",
    "onnxruntime",
    "openpyxl",
    "rapidocr",
    "sentence_transformers",
    "torch",
    "transformers",
}
NAMELESS = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")  # parted, or this file names itself
EXPORTED = {
    "assistant": [
        "Answer",
        "Assistant",
        "AssistantError",
        "ChatModelUnavailable",
        "Citation",
        "Evaluation",
        "History",
        "QuestionError",
        "QuestionFileError",
        "Settings",
        "SettingsError",
        "Turn",
        "UnknownPage",
        "answer",
        "evaluate",
    ],
    "index": [
        "DEFAULT_MODEL",
        "DocumentInfo",
        "Encoder",
        "EncoderMismatch",
        "EncoderUnavailable",
        "Evidence",
        "FileOutcome",
        "Hit",
        "IndexBusy",
        "IndexDamaged",
        "IndexForeign",
        "IndexMissing",
        "IndexUnwritable",
        "IndexingError",
        "LocalStore",
        "NoDocuments",
        "OtherFolder",
        "PassageStore",
        "Progress",
        "Retriever",
        "Scope",
        "SentenceTransformerEncoder",
        "Snapshot",
        "StrategyRetriever",
        "SyncReport",
        "UnknownDocument",
        "VectorForm",
        "open_encoder",
        "sync",
    ],
    "ingest": [
        "TEXT_PIPELINE",
        "Block",
        "BlockKind",
        "DamagedDocument",
        "Document",
        "EmptyDocument",
        "FolderError",
        "IngestError",
        "OversizedDocument",
        "Page",
        "PageCounts",
        "PageStatus",
        "Passage",
        "ProtectedDocument",
        "ReaderUnavailable",
        "ReadingLimits",
        "ReadingStopped",
        "ScannedDocument",
        "SourceFile",
        "UnopenedDocument",
        "UnreadableDocument",
        "UnsupportedFormat",
        "known_as",
        "read",
        "scan",
        "split",
    ],
}

ROOM_FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
ALL_FILES = sorted([*ROOM_FILES, *(ROOT / "tests").rglob("*.py")])


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, at its top or anywhere inside."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}: relative imports hide which room is meant"
            yield node.module or ""


def names(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", ROOM_FILES, ids=place)
def test_imports_run_one_way(path: Path) -> None:
    room = place(path).partition("/")[0]
    above = set(ROOMS[ROOMS.index(room) + 1 :])
    assert not names(path) & (above | {"tests"})


@pytest.mark.parametrize("library", PLACES)
def test_each_library_has_its_place(library: str) -> None:
    users = {place(path) for path in ROOM_FILES if library in names(path)}
    assert users, f"{library} is not used any more"
    assert {user for user in users if not user.startswith(PLACES[library])} == set()


def test_every_library_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wishes = project["dependencies"] + extras["ocr"] + extras["mcp"]
    wishes += extras["multilingual"]
    asked = {re.split(r"[<>=\[]", wish)[0].lower() for wish in wishes}
    foreign = {name for path in ROOM_FILES for name in names(path)}
    foreign -= sys.stdlib_module_names | set(ROOMS)
    makers = packages_distributions()
    missing = {
        name
        for name in foreign
        if not {maker.lower().replace("_", "-") for maker in makers.get(name, [name])} & asked
    }
    assert missing == set()


def test_nothing_is_pickled() -> None:
    pickles = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
    assert {place(path) for path in ALL_FILES if names(path) & pickles} == set()


def test_no_file_is_longer_than_can_be_read_at_one_sitting() -> None:
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in ALL_FILES}
    assert {name: count for name, count in lengths.items() if count > LONGEST} == {}


def test_every_file_is_named_for_what_it_holds() -> None:
    assert {place(path) for path in ALL_FILES if path.stem.strip("_") in NAMELESS} == set()


def test_nothing_is_left_for_later() -> None:
    assert {place(p) for p in ALL_FILES if UNFINISHED.search(p.read_text("utf-8"))} == set()


@pytest.mark.parametrize("room", EXPORTED)
def test_a_room_hands_on_what_is_written_here(room: str) -> None:
    exported = importlib.import_module(room).__all__
    assert exported == sorted(exported, key=lambda name: (not name.isupper(), name))
    assert exported == EXPORTED[room]
    assert [name for name in exported if not hasattr(importlib.import_module(room), name)] == []


@pytest.mark.parametrize(
    "action",
    [
        "import assistant, index, ingest",
        "import sys; sys.argv = ['strategy', '--help']; from ui.cli import main; main()",
    ],
    ids=["import", "help"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(action: str) -> None:
    watch = (
        "import atexit, sys\n"
        f"heavy = {HEAVY!r}\n"
        "atexit.register(lambda: print('loaded:', sorted(heavy & set(sys.modules))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch + action],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "loaded: []"


def packages() -> list[str]:
    """The packages that are installed, as pyproject.toml lists them."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    return list(tools["setuptools"]["packages"])


def test_the_picture_of_the_rooms_in_the_readme_names_every_file() -> None:
    picture = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^((?:ingest|index|assistant|ui)/\S+?),? ", picture, re.MULTILINE))
    files = {
        path.relative_to(ROOT).as_posix()
        for room in ("ingest", "index", "assistant", "ui")
        for path in (ROOT / room).glob("*.py")
        if path.name != "__init__.py"
    }
    assert files == {name for name in named if name.endswith(".py")}
    folders = {f"{package.replace('.', '/')}/" for package in packages() if "." in package}
    assert {name for name in named if name.endswith("/")} == folders
