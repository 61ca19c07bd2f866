"""The project's own questions over its own documents: floors that a regression breaks.

Each floor lies about two standard errors under what was measured when it was set (a ceiling as far
above), so that it moves with the answers and not with chance. Raise it when the figures rise.
`strategy evaluate tests/samples/strategy-questions.jsonl --index INDEX --wrong` says what is wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Evaluation, evaluate

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Encoder

OWN = Path(__file__).parents[1] / "samples"
FLOORS = {
    "evidence@5": 0.90,
    "evidence@10": 0.96,
    "document@5": 0.96,
    "answer_right": 0.68,
    "right_and_cited": 0.68,
    "citation_precision": 0.60,
    "citation_recall": 0.68,
    "cited_document_right": 0.90,
    "page_right": 0.78,
    "refused_unanswerable": 0.35,
}
CEILINGS = {"false_refusal": 0.12, "answer_words": 50}
# Types with enough questions for a floor of their own: right answers, of all.
FLOORS_BY_TYPE = {
    "definition": 0.75,
    "factoid": 0.50,
    "followup": 0.40,
    "list": 0.45,
    "number_or_date": 0.55,
    "overview": 0.80,
    "yes_no": 0.70,
}


@pytest.fixture(scope="module")
def evaluation(
    assistant: Assistant, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Evaluation:
    """All own questions: those over the samples, and those over the alike strategies."""
    from assistant import Assistant, Settings
    from index import sync

    index = tmp_path_factory.mktemp("strategies") / "index"
    sync(OWN / "strategies", index, encoder=encoder)
    with Assistant.open(index, Settings(), encoder) as strategies:
        asked = evaluate(strategies, OWN / "strategy-questions.jsonl").records
    return Evaluation((*evaluate(assistant, OWN / "questions.jsonl").records, *asked))


def test_there_are_enough_questions_for_a_figure_to_mean_something(evaluation: Evaluation) -> None:
    assert len(evaluation.records) > 140
    assert all(len(records) >= 9 for records in evaluation.by_type.values())


@pytest.mark.parametrize("figure", FLOORS)
def test_no_figure_falls_through_its_floor(figure: str, evaluation: Evaluation) -> None:
    assert evaluation.figures[figure] >= FLOORS[figure]


@pytest.mark.parametrize("figure", CEILINGS)
def test_no_figure_rises_above_its_ceiling(figure: str, evaluation: Evaluation) -> None:
    assert evaluation.figures[figure] <= CEILINGS[figure]


@pytest.mark.parametrize("kind", FLOORS_BY_TYPE)
def test_no_type_of_question_is_forgotten(kind: str, evaluation: Evaluation) -> None:
    assert evaluation.estimates_by_type[kind]["answer_right"].mean >= FLOORS_BY_TYPE[kind]
