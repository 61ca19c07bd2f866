"""`strategy ask` limits its search to what the options name, and says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from ui.console import BOLD, say_bold

Run = Callable[..., Result]
QUESTION = "What is the target for 2030?"


@pytest.mark.parametrize(
    ("options", "searched"),
    [
        (["--format", "docx"], {"norvale-open-data-policy-2024.docx"}),
        (["--language", "fr"], {"strategie-forestiere-valdraine-2024-2034.md"}),
        (
            ["--documents", "port-*", "--documents", "river-*"],
            {
                "port-merrow-climate-strategy-2021-2024.pdf",
                "port-merrow-climate-strategy-2025-2029.pdf",
                "river-osk-basin-water-plan-2022-2027.txt",
            },
        ),
    ],
)
def test_the_search_keeps_to_the_options(
    run: Run, sample_index: Path, options: list[str], searched: set[str]
) -> None:
    result = run("ask", QUESTION, "--index", sample_index, "--json", *options)
    answer = json.loads(result.stdout)
    assert set(answer["searched"]) == searched
    assert {item["document"] for item in answer["evidence"]} <= searched


def test_a_span_of_years_takes_every_year_in_it(run: Run, sample_index: Path) -> None:
    listed = json.loads(run("status", "--index", sample_index, "--json").stdout)["documents"]
    dated = {info["path"] for info in listed if "2020" <= (info["date"] or "")[:4] <= "2022"}
    result = run("ask", QUESTION, "--index", sample_index, "--json", "--year", "2020-2022")
    assert set(json.loads(result.stdout)["searched"]) == dated


def test_a_limit_that_nothing_meets_is_a_failure_and_says_what_there_is(
    run: Run, sample_index: Path
) -> None:
    result = run("ask", QUESTION, "--index", sample_index, "--language", "pl")
    assert result.exit_code == 1
    assert "language pl" in result.stderr
    assert "There is en, fr." in result.stderr


@pytest.mark.parametrize("year", ["last", "2024-2020", "24"])
def test_what_is_no_year_is_wrong_usage(run: Run, sample_index: Path, year: str) -> None:
    result = run("ask", QUESTION, "--index", sample_index, "--year", year)
    assert result.exit_code == 2
    assert "is no year" in result.stderr


def test_a_terminal_shows_the_words_that_were_asked_for_in_bold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"It was lit in {BOLD[0]}1912{BOLD[1]}. [1]"
    say_bold(text)
    assert capsys.readouterr().out == "It was lit in 1912. [1]\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say_bold(text)
    assert "\x1b[1m1912\x1b[0m" in capsys.readouterr().out
