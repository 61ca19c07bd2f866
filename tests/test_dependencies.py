"""The packages we stand on: pinned once, locked with their hashes, under licences that we know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-cuda.lock")
LOCKED_EXTRAS = {"ocr"}  # as in the Makefile
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")

# SPDX identifiers, and what classifiers and older metadata call the same licences.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause",
    "BSL-1.0", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0",
    "Zlib", "3-Clause BSD License", "Apache 2.0 License", "Apache Software License", "BSD License",
    "ISC License (ISCL)", "MIT License", "Python Software Foundation License",
}  # fmt: skip
# Copyleft, or without a word that a program can read: each with why it may stay.
NAMED = {
    "axe-playwright-python": "MIT in its licence file, with axe-core, MPL-2.0; tests only",
    "certifi": "MPL-2.0, file by file: used unchanged",
    "docutils": "public domain and BSD-2-Clause; its one GPL file, for Emacs, is not in the wheel",
    "fqdn": "MPL-2.0, file by file: used unchanged; for the list of parts only",
    "hypothesis": "MPL-2.0, file by file: used unchanged; tests only",
    "orjson": "MPL-2.0 in part, file by file: used unchanged",
    "pathspec": "MPL-2.0, file by file: used unchanged; mypy only",
    "pypdfium2": "BSD-3-Clause or Apache-2.0, with the licences of what PDFium holds beside it",
    "tqdm": "MPL-2.0 in part, file by file: used unchanged",
}


def requirements(path: Path) -> dict[str, Requirement]:
    """What a file of requirements pins, by name."""
    lines = path.read_text("utf-8").replace("\\\n", " ").splitlines()
    pinned = [HASH.sub("", line) for line in lines if line and not line.startswith("#")]
    found = [Requirement(line) for line in pinned]
    assert len({canonicalize_name(one.name) for one in found}) == len(found)
    return {canonicalize_name(one.name): one for one in found}


PINNED = requirements(ROOT / "constraints.txt")
LOCKED = {
    name: requirement for lock in LOCKS for name, requirement in requirements(ROOT / lock).items()
}
INSTALLED = {canonicalize_name(one.metadata["Name"]): one for one in distributions()}


def needed(name: str, extras: set[str]) -> Iterator[tuple[str, set[str]]]:
    """What an installed package needs here, with the extras that it asks for."""
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield canonicalize_name(requirement.name), set(requirement.extras)


def licences(package: Distribution) -> set[str]:
    """All that a package's metadata says of its licence; the newest way of saying it counts."""
    metadata = package.metadata
    if expression := metadata.get("License-Expression"):
        return set(re.split(r" (?:AND|OR) ", re.sub(r"[()]", "", expression)))
    classifiers = {
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License :: ")
    }
    stated = (metadata.get("License") or "").partition("\n")[0].strip()  # some hold the whole text
    return classifiers - {"OSI Approved", "DFSG approved"} or {stated}


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_locked_is_what_is_pinned(lock: str) -> None:
    locked = requirements(ROOT / lock)
    assert locked
    differing = {
        name: str(requirement.specifier)
        for name, requirement in locked.items()
        if name not in PINNED or requirement.specifier != PINNED[name].specifier
    }
    assert not differing, "constraints.txt says otherwise: repeat `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_all_that_is_locked_has_its_hashes_and_names_no_server(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    lines = text.replace("\\\n", " ").splitlines()
    assert not [line[:60] for line in lines if "==" in line and not HASH.search(line)]


def test_nothing_that_the_assistant_needs_is_missing_from_the_lock() -> None:
    # pip is told not to look for more (--no-deps): what were missing would be missed when it runs.
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = list(pyproject["dependencies"])
    for extra in LOCKED_EXTRAS:
        asked += pyproject["optional-dependencies"][extra]
    waiting = [(canonicalize_name(one.name), set(one.extras)) for one in map(Requirement, asked)]
    seen: set[tuple[str, frozenset[str]]] = set()
    missing = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, frozenset(extras)) in seen:
            continue
        seen.add((name, frozenset(extras)))
        if name not in LOCKED:
            missing.add(name)
        try:
            waiting += needed(name, extras)
        except PackageNotFoundError:  # of an extra that is not installed here
            continue
    assert len(seen) > 50
    assert not missing, "repeat `make lock`"


def test_what_only_graphics_cards_need_stands_in_its_own_lock() -> None:
    last = (
        (ROOT / "constraints.txt").read_text("utf-8").rpartition("\n# Only the build of torch")[2]
    )
    names = {
        canonicalize_name(line.partition("==")[0]) for line in last.splitlines() if "==" in line
    }
    assert names == set(requirements(ROOT / "requirements-cuda.lock"))


def test_every_build_of_torch_is_locked() -> None:
    # A wheel for each Python and each system that we support; one alone would be this machine's.
    lock = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    (line,) = (line for line in lock.splitlines() if line.startswith("torch=="))
    assert (
        len(HASH.findall(line)) >= 12
    )  # Python 3.11 to 3.13 on Linux (two processors), macOS, Windows


def test_licences_are_allowed_or_named_with_a_reason() -> None:
    found = {name: licences(INSTALLED[name]) for name in PINNED if name in INSTALLED}
    assert len(found) > 100
    refused = {
        name: sorted(said - ALLOWED)
        for name, said in found.items()
        if not said <= ALLOWED and name not in NAMED and not nvidia(name)
    }
    assert not refused


def test_no_licence_is_excused_that_needs_no_excuse() -> None:
    assert set(NAMED) <= set(PINNED)
    assert not {
        name for name in NAMED if name in INSTALLED and licences(INSTALLED[name]) <= ALLOWED
    }


def nvidia(name: str) -> bool:
    """Whether only torch's build for graphics cards takes it in; most have NVIDIA's own licence."""
    return name in requirements(ROOT / "requirements-cuda.lock")
