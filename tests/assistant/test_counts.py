"""The number of things that a text names, and what "how many" asks for."""

from __future__ import annotations

import pytest

from assistant.counts import count_in, counted_thing


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What are the five policy domains?", 5),
        ("Name both editions.", 2),
        ("What are the 12 measures?", 12),
        ("Quelles sont les trois orientations ?", 3),
        ("Welches sind die vier Ziele?", 4),
        ("¿Cuáles son los ocho principios?", 8),
        ("What are the goals?", None),
        ("What are the goals for 2029?", None),
        ("Name the one goal.", None),
        ("How many km² does it cover?", None),
        ("² or ④?", None),
    ],
)
def test_the_number_of_things_that_a_text_names(text: str, count: int | None) -> None:
    assert count_in(text) == count


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many cyclists died on the roads of Norvale?", "cyclists"),
        ("How many electric buses does it run?", "buses"),
        ("By 2030, how many lamps should burn?", "lamps"),
        ("Combien d'écoles compte la commune ?", "écoles"),
        ("Wie viele Kinder starben auf dem Schulweg?", "Kinder"),
        ("¿Cuántas escuelas hay en Norvale?", "escuelas"),
        ("Hoeveel bruggen worden gesloten?", "bruggen"),
        ("How many people live there?", None),  # others say inhabitants, or nothing
        ("How many are there?", None),
        ("How much does it cost?", None),
        ("Who counts the lamps?", None),
    ],
)
def test_the_thing_that_a_question_counts(question: str, thing: str | None) -> None:
    assert counted_thing(question) == thing
