"""Inquiry: what of a question is asked of which document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.inquiry import Inquiry, inquire
from assistant.kinds import QuestionKind
from assistant.question import understand
from index import LocalStore, Retriever, sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index import Encoder

    Ask = Callable[[str], Inquiry]

TEXTS = {
    "norway-2019.md": "# Harbour plan of Norway\n\nThe coast office leads the harbour centre.\n",
    "finland-2021.md": "# Harbour plan of Finland\n\nThe sea board hosts the harbour centre.\n",
    "moor.md": "# Moor charter\n\nPeat is cut in spring.\n",
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Ask]:
    folder: Path = tmp_path_factory.mktemp("inquiry")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    index_dir = folder.with_name("inquiry-index")
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        yield lambda question: inquire(understand(question), retriever, store.snapshot(), 6)


def test_a_question_about_one_document_has_one_part(ask: Ask) -> None:
    inquiry = ask("Who leads the harbour centre of Norway?")
    assert not inquiry.compares
    assert inquiry.evidence == inquiry.parts[0].evidence
    assert inquiry.parts[0].document is None


def test_the_document_that_a_question_names_is_told(ask: Ask) -> None:
    assert ask("Who leads the harbour centre of Norway?").about == ("norway-2019.md",)
    assert ask("When is peat cut?").about == ()


def test_a_comparison_asks_each_document_for_its_own(ask: Ask) -> None:
    inquiry = ask("Compare the harbour centres of Norway and Finland.")
    asked = {part.document: part.question.standalone for part in inquiry.parts}
    assert set(asked) == {"norway-2019.md", "finland-2021.md"}
    assert "Finland" not in asked["norway-2019.md"]
    assert "Norway" not in asked["finland-2021.md"]
    for part in inquiry.parts:
        assert {item.passage.document for item in part.evidence} == {part.document}


def test_a_clause_goes_to_the_document_that_it_names(ask: Ask) -> None:
    inquiry = ask("Which office leads the centre of Norway, and which one hosts that of Finland?")
    asked = {part.document: part.question for part in inquiry.parts}
    assert asked["norway-2019.md"].standalone == "Which office leads the centre of Norway"
    assert asked["finland-2021.md"].standalone == "which one hosts that of Finland?"
    assert {question.kind for question in asked.values()} == {QuestionKind.WHO}


def test_the_evidence_of_a_comparison_comes_in_turn_with_falling_scores(ask: Ask) -> None:
    evidence = ask("Compare the harbour centres of Norway and Finland.").evidence
    assert len({item.passage.document for item in evidence[:2]}) == 2
    scores = [item.score for item in evidence]
    assert scores == sorted(scores, reverse=True)


def test_how_something_changed_asks_for_it_and_not_for_a_reason(ask: Ask) -> None:
    inquiry = ask("How did the goals change from Norway 2019 to Finland 2021?")
    assert {part.question.kind for part in inquiry.parts} == {QuestionKind.LIST}


def test_a_document_about_a_country_that_nothing_is_about_is_absent(ask: Ask) -> None:
    inquiry = ask("Who leads the Canadian harbour plan?")
    assert inquiry.absent == ("Canada",)
    assert "none of them is about Canada" in inquiry.refusal()
    assert ask("Who leads the plan of Norway?").absent == ()
    assert ask("Is peat sold to Canada?").absent == ()
