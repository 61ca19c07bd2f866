"""What marks a sentence as the answer to a question of some kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.kinds import QuestionKind
from assistant.signs import fits, holds_figure


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionKind.NUMBER, "The council has 9 members."),
        (QuestionKind.NUMBER, "The council has nine members."),
        (QuestionKind.NUMBER, "Le conseil compte cinq membres."),
        (QuestionKind.NUMBER, "The report appears annually."),
        (QuestionKind.WHO, "It is led by Maren Oduya."),
        (QuestionKind.WHO, "The portal is run by the National Archive."),
        (QuestionKind.WHO, "That falls to the EU."),
        (QuestionKind.REASON, "It was missed because the plant came late."),
        (QuestionKind.REASON, "Trees are planted to protect the bank."),
        (QuestionKind.REASON, "Il a renoncé parce que l’eau manquait."),
        (QuestionKind.DEFINITION, "Shore power means electricity from land."),
        (QuestionKind.DEFINITION, "Resilience: the ability to carry on."),
        (QuestionKind.DEFINITION, "Das Revier ist ein Teil des Waldes."),
    ],
)
def test_a_sentence_that_holds_what_is_asked_for(kind: QuestionKind, text: str) -> None:
    assert fits(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionKind.NUMBER, "The council has several members."),
        (QuestionKind.WHO, "It is led by its cycling director."),
        (QuestionKind.REASON, "The target was missed."),
        (QuestionKind.DEFINITION, "Ships use shore power at berth."),
    ],
)
def test_a_sentence_that_does_not(kind: QuestionKind, text: str) -> None:
    assert not fits(kind, text)


@settings(deadline=None)
@given(st.text())
def test_every_sentence_can_be_a_fact_or_an_item(text: str) -> None:
    assert fits(QuestionKind.FACT, text)
    assert fits(QuestionKind.LIST, text)


@pytest.mark.parametrize(
    "text",
    [
        "It costs €38.5 million.",
        "It costs 118 million euros.",
        "The city pays 20 million.",
        "A member receives 60 euros.",
        "Le coût est de 3,4 millions d'euros.",
        "The ministry sets aside 6,500 crowns a year.",
        "The price is £ 12.",
    ],
)
def test_a_sum_answers_a_question_about_money(text: str) -> None:
    assert holds_figure("What is the budget?", text)


@pytest.mark.parametrize(
    "question",
    [
        "What is the budget of the plan?",
        "How much does it cost?",
        "How many euros does a member receive?",
        "Quel est le salaire de la directrice ?",
    ],
)
def test_any_other_figure_does_not(question: str) -> None:
    assert not holds_figure(question, "The plan was adopted on 14 June 2022 by nine members.")


def test_any_figure_answers_a_question_about_a_number() -> None:
    assert holds_figure("How many members are there?", "There are nine.")
    assert not holds_figure("How many members are there?", "There are some.")
