"""Questions of yes or no: the sentence that decides, and silence where nobody speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, Settings
from assistant.yes_no import asks_yes_or_no
from index import sync

if TYPE_CHECKING:
    from index import Encoder

HARBOUR = """# Harbour Rules of Norvale 2031

## Boats

Rowing boats may land at any quay without a fee. No sailing ship older than forty years may enter
the inner basin. Dogs are not allowed on the ferry deck in summer.

## Lamps

The harbour board closes six of the nine old lamps and repairs the other three. The keeper writes
down every ship that passes.
"""


@pytest.fixture(scope="module")
def harbour(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("harbour")
    (folder / "documents").mkdir()
    (folder / "documents" / "harbour-rules-2031.md").write_text(HARBOUR, encoding="utf-8")
    sync(folder / "documents", folder / "index", encoder=encoder)
    with Assistant.open(folder / "index", Settings(), encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "Does the Norvale plan allow dogs on the ferry?",
        "Is there a fee for rowing boats?",
        "Has the board bought a new lamp?",
        "are the old lamps repaired",
        "Was Norvale's harbour ever closed?",
        "May sailing ships enter?",
        "Le plan prévoit-il des lampes ?",
        "Est-ce que les chiens sont admis ?",
        "Y a-t-il une taxe ?",
        "Gibt es eine Gebühr?",
        "Dürfen Hunde auf die Fähre?",
        "Sieht das Programm eine Gebühr vor?",
        "¿Hay una tasa para los botes?",
        "¿La estrategia prohíbe los perros?",
        "C'è una tassa per le barche?",
        "Il piano prevede una tassa?",
        "Is er een heffing voor roeiboten?",
        "Mogen honden op de veerboot?",
    ],
)
def test_it_is_told_by_its_form(question: str) -> None:
    assert asks_yes_or_no(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who keeps the lamp?",
        "Can you list the lamps?",
        "Could you tell me who keeps them?",
        "Does the plan say who keeps the lamp?",
        "Is it known? Then say: does it state when the lamp burns?",
        "Quand le plan prévoit-il des lampes ?",
        "Où y a-t-il des lampes ?",
        "Was kostet die Fähre?",
        "Wann gibt es eine Fähre?",
        "¿Qué tasa hay?",
        "May 2031 ferries",
        "What about Norway?",
        "Le budget ?",
    ],
)
def test_a_question_for_something_else_is_none(question: str) -> None:
    assert not asks_yes_or_no(question)


@given(st.text())
def test_every_text_is_one_or_is_none(text: str) -> None:
    assert asks_yes_or_no(text) in {True, False}


@pytest.mark.parametrize(
    ("question", "deciding"),
    [
        ("Do rowing boats pay a fee at the quay?", "Rowing boats may land at any quay without"),
        ("May a sailing ship of fifty years enter the inner basin?", "No sailing ship older"),
        ("Are dogs allowed on the deck of the ferry?", "Dogs are not allowed"),
        ("Will the board close all nine old lamps?", "closes six of the nine old lamps"),
    ],
)
def test_the_sentence_that_decides_is_quoted(
    harbour: Assistant, question: str, deciding: str
) -> None:
    answer = harbour.answer(question)
    assert deciding in answer.text
    assert len(answer.text.split()) < 60


@pytest.mark.parametrize(
    "question", ["Are dogs allowed on the ferry deck in summer?", "Do dogs need a ticket?"]
)
def test_no_answer_says_yes_or_no_of_its_own(harbour: Assistant, question: str) -> None:
    assert not harbour.answer(question).text.lower().startswith(("yes", "no,", "no."))


@pytest.mark.parametrize(
    "question",
    [
        "Does Norvale ban electric scooters from the promenade?",
        "Is there a minimum wage for dock workers in Norvale?",
        "Has Norvale vaccinated its pilots?",
    ],
)
def test_a_document_without_a_word_on_it_neither_bans_nor_allows(
    harbour: Assistant, question: str
) -> None:
    assert not harbour.answer(question).found
