"""`strategy evaluate`: figures with their intervals, what was wrong, and what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

PLAN = "norvale-open-data-policy-2024.docx"
PORTAL = "The National Archive runs the portal data.norvale"
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "portal", "type": "who", "question": "Who runs the portal data.norvale?",
        "documents": [PLAN], "evidence": [{"document": PLAN, "page": None, "quote": PORTAL}],
        "must_contain": [["National Archive"]], "answer": "The National Archive.",
    },
    {
        "id": "moon", "type": "who", "question": "Who runs the portal data.norvale?",
        "documents": [PLAN], "evidence": [{"document": PLAN, "page": None, "quote": PORTAL}],
        "must_contain": [["the man in the moon"]], "answer": "The man in the moon.",
    },
    {
        "id": "tungsten", "type": "unanswerable", "documents": [], "evidence": [],
        "question": "What is the melting point of tungsten?", "must_contain": [],
    },
]  # fmt: skip

Evaluate = Callable[..., Result]


@pytest.fixture
def evaluate(run: Callable[..., Result], sample_index: Path, tmp_path: Path) -> Evaluate:
    """Runs `strategy evaluate` over the questions above."""
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return lambda *options: run("evaluate", path, "--index", sample_index, *options)


def test_every_figure_stands_with_its_interval_and_the_types_below(evaluate: Evaluate) -> None:
    lines = evaluate().stdout.splitlines()
    right = next(line for line in lines if line.startswith("answer_right"))
    assert right.split() == ["answer_right", "0.500", "[0.095,", "0.905]", "of", "2"]
    assert any(line.split()[:2] == ["who", "1/2"] for line in lines)
    assert any(line.split()[:2] == ["unanswerable", "1/1"] for line in lines)
    assert any(line.startswith("ms_p95") for line in lines)
    assert "Wilson" in lines[-1]
    assert "bootstrap" in lines[-1]


def test_what_was_wrong_is_listed_with_the_rank_of_its_evidence(evaluate: Evaluate) -> None:
    told = evaluate("--wrong").stdout.partition("Answered wrongly: 1")[2]
    assert "moon  who  Who runs the portal data.norvale?" in told
    assert "wanted         The man in the moon." in told
    assert "got            The National Archive runs the portal" in told
    assert f"evidence       {PLAN}: retrieved at rank 1" in told
    assert "tungsten" not in told


def test_a_run_is_held_against_an_earlier_one(evaluate: Evaluate, tmp_path: Path) -> None:
    evaluate("--records", "then.jsonl")
    path = tmp_path / "then.jsonl"
    earlier = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    earlier[0] |= {"found": False, "text": "The documents do not say."}
    path.write_text("\n".join(map(json.dumps, earlier)), encoding="utf-8")
    told = evaluate("--against", path).stdout.partition("Against ")[2]
    assert "3 questions in both" in told
    assert "0.000 -> 0.500  +0.500" in told
    assert "1 gained, 0 lost; sign test p = 1.000" in told
    assert "gained  portal  who  Who runs the portal data.norvale?" in told
    assert "before  no answer: The documents do not say." in told


def test_all_of_it_can_be_had_as_json(evaluate: Evaluate) -> None:
    evaluate("--records", "then.jsonl")
    told = json.loads(evaluate("--json", "--wrong", "--against", "then.jsonl").stdout)
    assert told["answer_right"] == 0.5
    assert told["estimates"]["answer_right"]["count"] == 2
    assert [mistake["id"] for mistake in told["wrong"]] == ["moon"]
    assert told["wrong"][0]["ranks"] == [1]
    assert (told["against"]["gained"], told["against"]["lost"]) == ([], [])


def test_a_run_over_other_questions_is_nothing_to_compare_with(
    evaluate: Evaluate, tmp_path: Path
) -> None:
    (tmp_path / "other.jsonl").write_text('{"id": "other"}\n', encoding="utf-8")
    assert "holds none of these questions" in evaluate("--against", "other.jsonl").stdout


@pytest.mark.parametrize("words", [None, "not a record\n"])
def test_a_run_that_cannot_be_read_is_named_before_anything_is_asked(
    evaluate: Evaluate, tmp_path: Path, words: str | None
) -> None:
    if words:
        (tmp_path / "then.jsonl").write_text(words, encoding="utf-8")
    result = evaluate("--against", "then.jsonl", "--records", "now.jsonl")
    assert result.exit_code == 1
    assert "then.jsonl" in result.stderr
    assert not (tmp_path / "now.jsonl").exists()
