"""Answer and Citation: what is handed out."""

from __future__ import annotations

import json

import pytest

from assistant import Answer, Citation
from index import Evidence
from ingest import Passage


def citation(page: int | None, label: str | None) -> Citation:
    return Citation(1, "plan.pdf", "Plan", page, label, ("Lamps",), "Forty.", 0, 6, "ab12")


@pytest.mark.parametrize(
    ("page", "label", "place"),
    [
        (3, None, "plan.pdf, p. 3"),
        (3, "3", "plan.pdf, p. 3"),
        (3, "iv", "plan.pdf, p. 3 (iv)"),
        (None, None, "plan.pdf"),
    ],
)
def test_a_citation_says_where_to_look(page: int | None, label: str | None, place: str) -> None:
    assert citation(page, label).place == place


def test_an_answer_is_plain_values_to_json() -> None:
    passage = Passage("plan.pdf", "ab12", "Plan", 0, 0, 6, "Forty.", ("Lamps",), 3, 3)
    answer = Answer(
        "How many?", "Forty. [1]", True, (citation(3, "iv"),), (Evidence(passage, 0.5),), 0.9
    )
    plain = json.loads(json.dumps(answer.to_dict()))
    assert plain["question"] == "How many?"
    assert plain["found"] is True
    assert plain["citations"][0] == {
        "number": 1,
        "document": "plan.pdf",
        "title": "Plan",
        "page": 3,
        "page_label": "iv",
        "section": ["Lamps"],
        "quote": "Forty.",
        "start": 0,
        "end": 6,
        "content_hash": "ab12",
        "language": None,
    }
    assert plain["evidence"] == [
        {
            "document": "plan.pdf",
            "title": "Plan",
            "page": 3,
            "section": ["Lamps"],
            "text": "Forty.",
            "score": 0.5,
        }
    ]
