"""Settings: defaults, then strategy.toml, then STRATEGY_* variables, then what the caller says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant import Settings, SettingsError
from index import DEFAULT_MODEL
from ingest import ReadingLimits


def write(text: str) -> None:
    Path("strategy.toml").write_text(text, encoding="utf-8")


def test_everything_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    settings = Settings.load()
    assert settings.cache == Path("/elsewhere/strategy-assistant")
    assert settings.index == Path("/somewhere/strategy-assistant/index")
    assert settings.encoder == DEFAULT_MODEL
    assert settings.host == "127.0.0.1"  # for nobody but the person at this computer


def test_without_a_data_folder_the_index_is_in_the_persons_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.load().index == tmp_path / ".local/share/strategy-assistant/index"


def test_the_later_source_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    write("port = 1001\npassages = 5\nhost = '0.0.0.0'\n")
    assert Settings.load().port == 1001
    monkeypatch.setenv("STRATEGY_PORT", "1002")
    monkeypatch.setenv("STRATEGY_PASSAGES", "6")
    assert Settings.load().port == 1002
    settings = Settings.load(port=1003)
    assert (settings.port, settings.passages, settings.host) == (1003, 6, "0.0.0.0")


def test_none_counts_as_not_given() -> None:
    write("port = 1001\n")
    assert Settings.load(port=None, index=None).port == 1001


def test_files_for_other_programs_are_not_read() -> None:
    Path(".env").write_text("STRATEGY_PORT=1001\n", encoding="utf-8")
    assert Settings.load().port == 7860


def test_an_unknown_variable_is_named_with_those_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STRATEGY_COLOUR", "blue")
    with pytest.raises(SettingsError, match=r"STRATEGY_COLOUR: no such setting.*index, encoder"):
        Settings.load()


def test_an_unknown_key_is_named_with_its_file() -> None:
    write('colour = "blue"\n')
    with pytest.raises(SettingsError, match=r"colour: no such setting \(in strategy\.toml"):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", 65_536),
        ("port", -1),
        ("port", "harbour"),
        ("passages", 0),
        ("passages", 101),
        ("encoder", ""),
        ("host", ""),
    ],
)
@pytest.mark.parametrize("source", ["given", "file", "variable"])
def test_a_value_that_cannot_be_is_named_wherever_it_comes_from(
    name: str, value: Any, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {}
    if source == "given":
        given[name] = value
    elif source == "file":
        write(f"{name} = {value!r}\n")
    else:
        monkeypatch.setenv(f"STRATEGY_{name.upper()}", str(value))
    with pytest.raises(SettingsError) as caught:
        Settings.load(**given)
    assert str(caught.value).startswith(f"{name}: ")
    assert str(value) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["port = = 1", "just words", "[port"])
def test_a_file_that_is_no_toml_is_named_with_the_way_out(text: str) -> None:
    write(text)
    with pytest.raises(SettingsError, match=r"strategy\.toml: .* Mend or remove the file\."):
        Settings.load()


def test_settings_do_not_change() -> None:
    settings = Settings.load()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_the_limits_of_reading_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().reading_limits == ReadingLimits()
    write("reading_seconds = 300\nreading_file_mb = 20\n")
    monkeypatch.setenv("STRATEGY_READING_MEMORY_MB", "4096")
    assert Settings.load().reading_limits == ReadingLimits(300, 4096, 20)
    monkeypatch.setenv("STRATEGY_READING_MEMORY_MB", "1")
    with pytest.raises(SettingsError, match="reading_memory_mb"):
        Settings.load()
