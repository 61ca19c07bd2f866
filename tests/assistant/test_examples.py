"""Example questions, made from what the indexed documents hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.examples import example_questions
from index import LocalStore, sync

if TYPE_CHECKING:
    from assistant import Assistant
    from index import Encoder

DOCUMENTS = {
    "harbour.md": (
        "# Harbour plan\n\nThe plan sets three strategic goals:\n\n- deeper basins\n- taller"
        " cranes\n- cleaner ships\n\nThe harbour is run by the town and open all year round.\n"
    ),
    "forest.md": (
        "# Forest charter\n\nThe charter was drawn up by the foresters of the valley.\n\n"
        "## 2. HUNTING AND FISHING\n\nHunting is allowed in October and in November alone.\n"
    ),
    "foret.md": (
        "---\nlang: fr\n---\n# Charte de la forêt\n\nLa charte repose sur trois principes :\n\n"
        "- la patience\n- la mesure\n\n## Chasse et pêche\n\nLa chasse est ouverte en octobre.\n"
    ),
    "peat.md": (
        "# Peat plan\n\nThis plan aims to keep the peat where it is.\n\n## Foreword\n\nDear all.\n"
        "\n## Goals\n\n### 1. Wet bogs\n\nNo ditch is dug.\n\n### 2. Quiet cranes\n\nNobody shoots."
        "\n\n### 3. Dry feet\n\nThere are planks.\n"
    ),
    "long.md": (
        "# The plan of plans for everything that may ever be planned by anybody in this town\n\n"
        "Planning begins early.\n\n## Money and people\n\nThere is enough of both for two years.\n"
    ),
}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory, remembering: Encoder) -> list[str]:
    folder = tmp_path_factory.mktemp("examples")
    documents = folder / "documents"
    documents.mkdir()
    for name, text in DOCUMENTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    (documents / "empty.pdf").write_bytes(b"")
    sync(documents, folder / "index", encoder=remembering)
    with LocalStore.open(folder / "index") as store:
        assert example_questions(store, 2) == example_questions(store, 10)[:2]
        return example_questions(store, 10)


def test_a_counted_list_makes_the_first_example(examples: list[str]) -> None:
    assert examples[0] == "What are the three strategic goals in “Harbour plan”?"


def test_a_heading_makes_one_without_its_number_and_its_capitals(examples: list[str]) -> None:
    assert "What is said about “Hunting and fishing” in “Forest charter”?" in examples


def test_a_french_document_is_asked_in_french(examples: list[str]) -> None:
    assert "Que dit le document sur “Chasse et pêche” ?" in examples


def test_a_document_that_says_what_it_is_made_of_is_asked_for_that(examples: list[str]) -> None:
    assert "What is “Peat plan” about?" in examples


def test_an_endless_title_is_left_out(examples: list[str]) -> None:
    assert "What is said about “Money and people”?" in examples


def test_no_example_comes_twice(examples: list[str]) -> None:
    assert len(examples) == len(set(examples))


def test_the_examples_of_the_samples_are_answered(assistant: Assistant) -> None:
    examples = assistant.examples(3)
    assert len(examples) == 3
    for question in examples:
        answer = assistant.answer(question)
        assert answer.found, question
        assert any(citation.title in question for citation in answer.citations)
