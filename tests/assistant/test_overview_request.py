"""Which document an overview is asked of: all that is said of it must be in its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from assistant import Answer, Assistant, Settings
from assistant.prompts import TO_ASK, WHICH_DOCUMENT
from index import sync

if TYPE_CHECKING:
    from index import Encoder

DOCUMENTS = {
    "norvale-ferry-strategy-2031.md": "# Ferry Strategy of Norvale\n\nNorvale, May 2031\n\n"
    "This strategy aims to bring a ferry to every inhabited island of Norvale by 2040.\n\n"
    "It has three goals:\n\n- more ferries\n- dry landings\n- cheap tickets\n\n"
    "The fine for riding without a ticket is 40 crowns.\n",
    "karelund-ferry-strategy-2025.md": "# Ferry Strategy of Karelund 2025\n\n"
    "The purpose of this strategy is to keep the old ferries of Karelund afloat.\n",
    "karelund-ferry-strategy-2032.md": "# Ferry Strategy of Karelund 2032\n\n"
    "This strategy sets out how Karelund replaces its ferries with bridges.\n",
    "brennland-faehren.md": "# Fährprogramm der Republik Brennland\n\n"
    "Dieses Programm soll die Zahl der Fähren bis 2040 verdoppeln. Die Fähren sind alt.\n",
}


@pytest.fixture(scope="module")
def ferries(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("ferries")
    (folder / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "documents" / name).write_text(text, encoding="utf-8")
    sync(folder / "documents", folder / "index", encoder=encoder)
    with Assistant.open(folder / "index", Settings(), encoder) as opened:
        yield opened


def documents(answer: Answer) -> set[str]:
    return {citation.document for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What is Norvale's ferry strategy about?", "norvale-ferry-strategy-2031.md"),
        ("Summarise the Norvale strategy, please.", "norvale-ferry-strategy-2031.md"),
        ("Give me an overview of the ferry strategy of Norvale.", "norvale-ferry-strategy-2031.md"),
        ("What does the strategy of Norvale say?", "norvale-ferry-strategy-2031.md"),
        (
            "Summarise Karelund's 2032 strategy in three sentences.",
            "karelund-ferry-strategy-2032.md",
        ),
        ("Tell me about the 2025 ferry strategy of Karelund.", "karelund-ferry-strategy-2025.md"),
        ("Worum geht es im Fährprogramm Brennlands?", "brennland-faehren.md"),
        ("Fasse das Fährprogramm der Republik Brennland zusammen.", "brennland-faehren.md"),
    ],
)
def test_the_document_that_is_named_is_told_of(
    ferries: Assistant, question: str, document: str
) -> None:
    answer = ferries.answer(question)
    assert answer.found
    assert documents(answer) == {document}
    assert answer.about == (document,)


def test_the_aim_and_the_goals_are_the_answer(ferries: Assistant) -> None:
    answer = ferries.answer("What is Norvale's ferry strategy about?")
    assert answer.text.startswith("This strategy aims to bring a ferry to every inhabited island")
    assert "- dry landings" in answer.text


@pytest.mark.parametrize("question", ["Summarise the strategy.", "What is this document about?"])
def test_where_none_is_named_the_assistant_asks_back(ferries: Assistant, question: str) -> None:
    answer = ferries.answer(question)
    assert not answer.found
    assert not answer.evidence
    assert answer.text.startswith(WHICH_DOCUMENT)
    assert "- Ferry Strategy of Norvale (2031)" in answer.text


@pytest.mark.parametrize(
    "question",
    ["Hello!", "Bonjour", "What documents do you have?", "Welche Dokumente gibt es?", "help"],
)
def test_a_newcomer_is_told_what_can_be_asked_about(ferries: Assistant, question: str) -> None:
    answer = ferries.answer(question)
    assert not answer.found
    assert answer.text.startswith(TO_ASK)
    assert "- Ferry Strategy of Norvale (2031)" in answer.text


@pytest.mark.parametrize(
    "question", ["Help for whom?", "What documents must a skipper carry?", "Hello Bay ferries"]
)
def test_what_only_begins_like_that_is_a_question(ferries: Assistant, question: str) -> None:
    assert TO_ASK not in ferries.answer(question).text


def test_of_two_editions_alike_it_asks_which(ferries: Assistant) -> None:
    listed = ferries.answer("Summarise the ferry strategy of Karelund.").text.splitlines()
    assert listed[2:] == ["- Ferry Strategy of Karelund 2025", "- Ferry Strategy of Karelund 2032"]


def test_the_only_document_in_the_search_is_meant_without_a_name(ferries: Assistant) -> None:
    path = "karelund-ferry-strategy-2032.md"
    answer = ferries.answer("Summarise the document.", documents=[path])
    assert documents(answer) == {path}


@pytest.mark.parametrize(
    "question",
    [
        "What does the strategy of Norvale say about tractors?",
        "Summarise the tractors in Norvale's strategy.",
        "What is the ferry strategy of Lirona about?",
        "Give me an overview of the tractors.",
    ],
)
def test_something_in_a_document_or_another_one_is_no_document(
    ferries: Assistant, question: str
) -> None:
    text = ferries.answer(question).text
    assert "- more ferries" not in text
    assert WHICH_DOCUMENT not in text


def test_a_question_for_one_thing_in_it_is_answered_as_before(ferries: Assistant) -> None:
    answer = ferries.answer("What is the fine for riding without a ticket in Norvale?")
    assert "40 crowns" in answer.text
    assert "three goals" not in answer.text


def test_in_a_conversation_the_document_that_is_spoken_of_is_meant(ferries: Assistant) -> None:
    history = [
        {"role": "user", "content": "What is the fine for riding without a ticket in Norvale?"},
        {"role": "assistant", "content": "The fine is 40 crowns."},
    ]
    answer = ferries.answer("Summarise the strategy.", history)
    assert documents(answer) == {"norvale-ferry-strategy-2031.md"}
    assert "- more ferries" in answer.text
