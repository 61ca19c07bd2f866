"""A definition is told by its form: what says what a term is, and what only uses it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.definition import asked_term, defines


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is a fog bell?", "fog bell"),
        ("What does the plan mean by a fog bell?", "fog bell"),
        ("What is meant by dry feet in Norvale?", "dry feet"),
        ("Define left-hand lamp.", "left-hand lamp"),
        ("What counts as a wreck under the plan?", "wreck"),
        ("What does NLB stand for?", "NLB"),
        ("What does “light dues” mean in the strategy?", "light dues"),
        ("Qu'appelle-t-on une corne de brume ?", "corne de brume"),
        ("Was versteht man unter einem Leuchtfeuer?", "Leuchtfeuer"),
        ("Was heißt „außer Dienst“ im Programm?", "außer Dienst"),
        ("¿Qué es un faro?", "faro"),
        ("Wat is een vuurtoren?", "vuurtoren"),
        ("Who keeps the lamp?", ""),
        ("What does “every ship carries a lamp and a bell at night” mean?", ""),
    ],
)
def test_the_term_that_is_asked_for(question: str, term: str) -> None:
    assert asked_term(question) == term


@pytest.mark.parametrize(
    "text",
    [
        "A fog bell is a bell that rings by itself in fog.",
        "Fog bells are bells that ring by themselves.",
        "The term is old: fog bell (a bell in fog) | a bell that rings by itself.",
        "Fog bell: rings by itself.",
        "Fog bell – rings by itself in fog.",
        "“Fog bell” means a bell that rings by itself.",
        "Fog bell The instrument that rings by itself.",
        "A fog bell, that is, a bell that rings by itself, hangs on the cape.",
        "By fog bell we mean a bell that rings by itself.",
        "Term: Fog bell | Meaning: rings by itself.",
    ],
)
def test_a_sentence_that_defines_it(text: str) -> None:
    assert defines("What is a fog bell?", text) >= 0.4


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("What is a fog bell?", "A fog bell rings by itself when the air is wet.", 0.7),
        ("What is a copper fog bell?", "A bell is a thing that rings.", 0.7),
        ("What is a fog bell?", "Every cape has a fog bell of its own.", 0.0),
        ("What is a fog bell?", "A fog bell can be heard for nine miles.", 0.0),
        ("What is a fog bell?", "Fog bells were paid for by the ports.", 0.0),
        ("What is a fog bell?", "Ships are warned by the fog bell of the cape.", 0.0),
        ("What does NLB stand for?", "The Norvale Lamp Board (NLB) sits in Port Merrow.", 1.0),
        ("Qu'appelle-t-on un phare ?", "On entend par phare une tour avec une lampe.", 1.0),
        ("Was ist ein Revier?", "Als Revier gilt ein Teil des Waldes.", 1.0),
        ("Who keeps the lamp?", "Ada Thorne does.", 0.5),
    ],
)
def test_how_far_a_sentence_defines(question: str, text: str, share: float) -> None:
    assert defines(question, text) == share


def test_below_the_term_as_a_heading_stands_what_it_means() -> None:
    text = "An instrument that rings by itself in fog."
    assert defines("What is a fog bell?", text, "3.2 Fog bells") == 1
    assert defines("What is a fog bell?", text, "Fog") == 0
    assert defines("What is a fog bell?", "The plan buys nine fog bells.", "Fog bells") == 0


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_every_text_defines_a_term_to_some_share(term: str, text: str, heading: str) -> None:
    assert 0 <= defines(f"What is a {term}?", text, heading) <= 1


def test_the_defining_sentence_is_quoted_alone(assistant: Assistant) -> None:
    answer = assistant.answer("What does managed retreat mean?")
    assert answer.text.startswith("Managed retreat means giving land back to the sea")
    assert len(answer.citations) == 1


def test_a_term_that_is_only_used_is_not_defined(assistant: Assistant) -> None:
    answer = assistant.answer("What is meant by a residents' panel in Port Merrow's strategy?")
    assert not answer.found
