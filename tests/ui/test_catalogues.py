"""Every message has its words in every language: nothing missing, left over or out of step."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from ui import sayings
from ui.language import LOCALE, languages, speaking
from ui.told import told

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None, "said": None}  # as in the Makefile
TRANSLATED = [name for name in languages() if name != "en"]
Id = str | tuple[str, ...]


@pytest.fixture(scope="module")
def messages() -> set[Id]:
    """All that stand in the code."""
    methods = [("**.py", "python"), ("static/**.js", "javascript")]
    found = extract_from_dir(str(UI), methods, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue(language: str) -> Catalog:
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translated(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def values(words: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(words) if name}


def test_german_and_french_are_there() -> None:
    assert {"de", "fr"} <= set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_the_messages_of_the_code_and_no_others(
    language: str, messages: set[Id]
) -> None:
    held = {message.id for message in translated(language)}
    assert held == messages, "run `make words`, then translate what is empty"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_in_all_its_forms(language: str) -> None:
    plurals = catalogue(language).num_plurals
    for message in translated(language):
        words = forms(message.string)
        assert all(words), f"{language}: {message.id}"
        assert len(words) == (plurals if message.pluralizable else 1), f"{language}: {message.id}"
        assert not message.fuzzy, f"{language}: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_message(language: str) -> None:
    for message in translated(language):
        wanted = {name for form in forms(message.id) for name in values(form)}
        for words in forms(message.string):
            assert values(words) == wanted, f"{language}: {message.id}"
            assert words.strip() == words


def test_no_message_stands_where_the_extractor_cannot_see_it() -> None:
    """Inside an f-string on Python 3.11, or as anything but a literal."""
    for path in UI.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext")
        ]
        inside = {
            id(node)
            for string in ast.walk(tree)
            if isinstance(string, ast.JoinedStr)
            for node in ast.walk(string)
        }
        hidden = [call.lineno for call in calls if id(call) in inside]
        assert hidden == [], f"{path.name}: a message in an f-string"
        if path.name not in ("assets.py", "told.py", "language.py"):  # these look messages up
            unclear = [
                call.lineno
                for call in calls
                if not isinstance(call.args[0], ast.Constant | ast.Starred)
            ]
            assert unclear == [], f"{path.name}: a message that is no literal"


GROUPS = ["ANSWERS", "NOTES", "ERRORS", "REASONS", "KINDS", "REMEDIES"]


@pytest.mark.parametrize("group", GROUPS)
def test_a_saying_is_what_the_lower_rooms_say(group: str, spoken: str) -> None:
    """Whoever changes such a sentence changes ui/sayings.py too, and ui/locale."""
    unknown = [
        saying
        for saying in getattr(sayings, group)
        for words in re.split(r"\{\w+\}|[.:] ", saying)
        if words.strip(" .:()*").casefold() not in spoken
    ]
    assert unknown == []


@pytest.fixture(scope="module")
def spoken() -> str:
    """All strings of the lower rooms, a line each, in which what is filled in is cut out."""
    lines = []
    for room in ("ingest", "index", "assistant"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    lines.append(node.value)
    return "\n".join(lines).casefold()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_saying_hides_another(language: str) -> None:
    with speaking(language):
        for saying in (*sayings.KINDS, *sayings.REMEDIES):
            filled = dict.fromkeys(values(saying), "x")
            words = str(catalogue(language)[saying].string)
            assert told(saying.format_map(filled)) == words.format_map(filled)
