"""What marks a sentence as the answer to a question of some kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.kinds import QuestionKind
from assistant.signs import fit, holds_figure, lists_what_is_asked

ASKED = {
    QuestionKind.NUMBER: "How many members has the council?",
    QuestionKind.WHO: "Who leads the harbour board?",
    QuestionKind.LIST: "What are the aims?",
    QuestionKind.REASON: "Why was it missed?",
    QuestionKind.DEFINITION: "What is shore power?",
    QuestionKind.FACT: "What happens next?",
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionKind.NUMBER, "The council has 9 members."),
        (QuestionKind.NUMBER, "The council has nine members."),
        (QuestionKind.NUMBER, "Le conseil compte cinq membres."),
        (QuestionKind.NUMBER, "The report appears annually."),
        (QuestionKind.WHO, "The portal is run by the National Archive office."),
        (QuestionKind.LIST, "The aims are light, warmth, rest and dry feet."),
        (QuestionKind.LIST, "Il s'agit de la lumière, de la chaleur, du pain et du repos."),
        (QuestionKind.LIST, "(1) light for ships; (2) warmth for keepers; (3) dry feet."),
        (QuestionKind.REASON, "It was missed because the plant came late."),
        (QuestionKind.REASON, "Trees are planted to protect the bank."),
        (QuestionKind.REASON, "Il a renoncé parce que l’eau manquait."),
        (QuestionKind.DEFINITION, "Shore power means electricity from land."),
    ],
)
def test_a_sentence_that_holds_what_is_asked_for(kind: QuestionKind, text: str) -> None:
    assert fit(kind, ASKED[kind], text) == 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionKind.NUMBER, "The council has several members."),
        (QuestionKind.WHO, "It is led by its cycling director."),
        (QuestionKind.WHO, "The Harbour Board meets often."),
        (QuestionKind.LIST, "The aims are many."),
        (QuestionKind.REASON, "The target was missed."),
        (QuestionKind.DEFINITION, "Ships use shore power at berth."),
    ],
)
def test_a_sentence_that_does_not(kind: QuestionKind, text: str) -> None:
    assert fit(kind, ASKED[kind], text) == 0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does “shore power” mean?", "Shore power: electricity from land."),
        ("What does the plan understand by dry feet?", "Dry feet are feet in whole boots."),
        ("How does the plan define a keeper?", "A keeper is whoever tends a lamp."),
        ("Comment la charte définit-elle un phare ?", "Le phare est une tour avec une lampe."),
        ("Was ist ein Revier?", "Das Revier ist ein Teil des Waldes."),
    ],
)
def test_a_definition_begins_with_its_term(question: str, text: str) -> None:
    assert fit(QuestionKind.DEFINITION, question, text) == 1
    assert fit(QuestionKind.DEFINITION, question, f"Everybody knows: {text}") < 1


def test_a_name_without_an_office_may_be_somebody() -> None:
    found = fit(QuestionKind.WHO, ASKED[QuestionKind.WHO], "It is led by Maren Oduya.")
    assert 0 < found < 1


@settings(deadline=None)
@given(st.sampled_from(QuestionKind), st.text(), st.text())
def test_a_fit_is_a_share_and_every_sentence_can_be_a_fact(
    kind: QuestionKind, question: str, text: str
) -> None:
    assert 0 <= fit(kind, question, text) <= 1
    assert fit(QuestionKind.FACT, question, text) == 1


@pytest.mark.parametrize(
    ("question", "held", "missing"),
    [
        ("What percentage pays by card?", "41 % pay by card.", "In 2021 it was nine million."),
        ("Quelle part paie par carte ?", "41 pour cent paient.", "Neuf personnes paient."),
        ("When was it adopted?", "The council adopted it on 14 June.", "It has nine members."),
        ("In which year was it adopted, what year?", "Adopted in 2022.", "It has 9 members."),
        ("Wann beginnt der Bau?", "Der Bau beginnt am 3. Mai.", "Es sind 40 Häuser."),
        ("How often does it report?", "It reports every two years.", "It has 9 members."),
    ],
)
def test_the_sort_of_figure_that_is_asked_for(question: str, held: str, missing: str) -> None:
    assert holds_figure(question, held)
    assert not holds_figure(question, missing)


def test_an_enumeration_is_a_list_of_what_it_names() -> None:
    asked = "Which sectors took part?"
    assert lists_what_is_asked(asked, "Five sectors took part: peat, salt, rope, wool and tin.")
    assert not lists_what_is_asked(asked, "Ships, boats, rafts and barges took part.")
    assert not lists_what_is_asked(asked, "All sectors took part.")
    again = "In line with these five sectors, peat, salt, rope and wool will be taxed."
    assert not lists_what_is_asked(asked, again)


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
