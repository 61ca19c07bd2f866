"""Comparing two runs: which questions became right or wrong, and how far every figure moved."""

from __future__ import annotations

import json

import pytest

from assistant.comparison import Comparison
from assistant.questions import GoldEvidence, GoldQuestion
from assistant.record import Excerpt, Record

LAMPS = "The harbour has forty lamps on its quays."


def gold(id: str, type: str = "factoid") -> GoldQuestion:
    evidence = () if type == "unanswerable" else (GoldEvidence("a.md", None, LAMPS),)
    return GoldQuestion(id, type, f"How many lamps, {id}?", (), ("a.md",), evidence, (("forty",),))


def record(question: GoldQuestion, text: str = "", *, retrieved: str = "") -> Record:
    return Record(
        question, bool(text), text, (), (Excerpt("a.md", None, retrieved),) if retrieved else (), 1
    )


BEFORE = [
    record(gold("stays"), "forty", retrieved=LAMPS),
    record(gold("gained"), "nine"),
    record(gold("lost"), "forty", retrieved=LAMPS),
    record(gold("silence", "unanswerable"), "forty"),
    record(gold("only before"), "forty"),
]
NOW = [
    record(gold("only now"), "nine"),
    record(gold("stays"), "forty", retrieved=LAMPS),
    record(gold("gained"), "forty", retrieved=LAMPS),
    record(gold("lost"), "", retrieved=LAMPS),
    record(gold("silence", "unanswerable")),
]


def ids(pairs: list[tuple[Record, Record]]) -> list[str]:
    return [now.question.id for _, now in pairs]


def test_each_question_is_held_against_itself() -> None:
    comparison = Comparison.of(BEFORE, NOW)
    assert ids(list(comparison.pairs)) == ["stays", "gained", "lost", "silence"]
    assert ids(comparison.gained) == ["gained", "silence"]
    assert ids(comparison.lost) == ["lost"]
    assert comparison.chance == 1.0


def test_a_change_that_goes_one_way_is_no_luck() -> None:
    questions = [gold(str(number)) for number in range(9)]
    comparison = Comparison.of(
        [record(question) for question in questions],
        [record(question, "forty") for question in questions],
    )
    assert comparison.chance == pytest.approx(2 / 2**9)


def test_every_figure_is_compared_over_the_questions_that_have_it_in_both_runs() -> None:
    changes = Comparison.of(BEFORE, NOW).changes
    assert (changes["answer_right"].before, changes["answer_right"].now) == (2 / 3, 2 / 3)
    assert changes["refused_unanswerable"].difference.mean == 1.0
    evidence = changes["evidence@5"]
    assert evidence.difference.count == 3
    assert evidence.difference.mean == pytest.approx(1 / 3)
    assert evidence.difference.low <= 1 / 3 <= evidence.difference.high


def test_a_run_against_itself_changes_nothing() -> None:
    comparison = Comparison.of(NOW, NOW)
    assert comparison.gained == comparison.lost == []
    for change in comparison.changes.values():
        assert (change.difference.low, change.difference.high) == (0, 0)


def test_a_comparison_is_told_in_plain_values() -> None:
    told = json.loads(json.dumps(Comparison.of(BEFORE, NOW).to_dict()))
    assert told["questions"] == 4
    assert told["gained"] == ["gained", "silence"]
    assert told["lost"] == ["lost"]
    assert told["figures"]["evidence@5"]["before"] == 0.667
    assert told["figures"]["evidence@5"]["difference"]["mean"] == 0.333


def test_runs_that_share_no_question_have_no_figures() -> None:
    comparison = Comparison.of(BEFORE[:1], NOW[:1])
    assert comparison.pairs == ()
    assert comparison.changes == {}
    assert comparison.chance == 1.0
