"""What a question is about, and what its answer named and listed."""

from __future__ import annotations

import pytest

from assistant.topic import anchor, entity, items, spoken_of, topic, year_of


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How often does the Harbour Board of Port Merrow meet?",
         "the Harbour Board of Port Merrow"),
        ("What is the lamp fund in Norvale's plan?", "the lamp fund in Norvale's plan"),
        ("Which speed limit applies in Tesmar?", "the speed limit in Tesmar"),
        ("What target does Norvale's 2014 plan set?", "the target of Norvale's 2014 plan"),
        ("How many deaths were there in 2020?", "the deaths in 2020"),
        ("Who is in charge of fog signals in Norvale?", "fog signals in Norvale"),
        ("Are there foghorns in Norvale?", "foghorns in Norvale"),
        ("Name the goals of the Norvalian plan.", "the goals of the Norvalian plan"),
        ("Quel est le budget du plan ?", "le budget du plan"),
        ("Wie heißt das Ziel in Brennland?", "das Ziel in Brennland"),
    ],
)  # fmt: skip
def test_a_question_has_a_topic(question: str, told: str) -> None:
    found = topic(question)
    assert (found.text, found.alone) == (told, True)


@pytest.mark.parametrize(
    "question",
    [
        "Did the second plan of Norvale change the Lamp Council?",
        "Why does Tesmar build rest areas along the roads?",
        "Wie viel Geld kostet der Plan in Brennland?",
    ],
)
def test_where_there_is_more_than_one_thing_to_be_meant_it_is_not_alone(question: str) -> None:
    assert not topic(question).alone


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who leads Norvale's plan for the North Sea?", "Norvale"),
        ("Who runs the Port Office of Tesmar?", "Tesmar"),
        ("What does the EU say?", "EU"),
        ("Wer leitet das Programm der Schweiz?", "Schweiz"),
        ("Wer leitet das Programm?", None),
        ("Which National Strategy is older?", None),
    ],
)
def test_a_question_is_anchored_in_a_name(question: str, name: str | None) -> None:
    found = anchor(question)
    assert (found.text if found else None) == name


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("The Harbour Board leads it. [1]", "the Harbour Board"),
        ("**Ada Thorne**, the keeper, leads it. [1]", "Ada Thorne"),
        ("L'Agence nationale des ports conduit le plan. [1]", "l'Agence nationale des ports"),
        ("It covers five fields. [1]", ""),
        ("Forty.", "Forty"),
        ("nobody knows", ""),
    ],
)
def test_an_answer_begins_with_whom_it_names(answer: str, named: str) -> None:
    assert entity(answer) == named


@pytest.mark.parametrize(
    ("answer", "listed"),
    [
        ("It has aims: [1]\n- brighter lamps [2]\n- dry feet. [3]", ["brighter lamps", "dry feet"]),
        ("1. Speed\n2. Cycling", ["Speed", "Cycling"]),
        ("Two: a Lamp Council and an Oil Office. [1]", ["a Lamp Council", "an Oil Office"]),
        ("Fog; ice; and wind.", ["Fog", "ice", "wind"]),
        ("The board meets in May and in June. [1]", []),
    ],
)
def test_an_answer_holds_a_list(answer: str, listed: list[str]) -> None:
    assert items(answer) == listed


def test_a_year_is_known_where_an_answer_has_one() -> None:
    assert year_of("The base year is 1994. [1] In 2020 it changed.") == "1994"
    assert year_of("From 1994 to 2001.") == ""
    assert year_of("Long ago.") == ""


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What are the goals of the water strategy?", "the water strategy"),
        ("Who pays for the old town heating plan?", None),
        ("Qui pilote la stratégie de mobilité ?", "la stratégie de mobilité"),
        ("Quel est le coût du plan national ?", None),
        ("Was kostet das Wohnungsprogramm?", "das Wohnungsprogramm"),
        ("What does the second plan say?", None),
        ("Who leads the work under the plan?", None),
        ("What does Norvale's water strategy say?", "Norvale"),
    ],
)
def test_what_is_spoken_of_is_a_name_or_a_document_by_its_subject(
    question: str, document: str | None
) -> None:
    found = spoken_of(question)
    assert (found and found.text) == document
