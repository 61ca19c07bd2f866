"""How sure it is that a statement answers: what the question names, the evidence must hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.confidence import CONFIDENT, sureness
from assistant.question import understand
from assistant.relevance import Rated
from assistant.statements import statements
from index import Evidence
from ingest import read, split

PLAN = """# Water plan of Norwick

In 2022 the council of Norwick adopted the plan. Mayor Ada Thorne leads it with nine clerks.
Estonian engineers drew the pipes. The pipes cost 12 million crowns.
"""


def rated(sentence: str, meaning: float = 0.6, words: float = 0.7, text: str = PLAN) -> Rated:
    """The statement of the plan that begins so, as if it had been rated."""
    (passage,) = split(read("plan.md", text.encode()))
    found = statements(read("plan.md", text.encode()), Evidence(passage, 1.0), 0)
    statement = next(item for item in found if item.text.startswith(sentence))
    return Rated(statement, meaning, words, 0.0, 1.0)


LEADER = rated("Mayor Ada Thorne")


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the plan?",
        "Who leads the plan of Norwick?",
        "Who leads the plan of 2022?",
        "Does Ada Thorne’s plan have a leader?",
        "Who is the Mayor?",
        "Did engineers from Estonia draw it?",
        "Who leads the plan? And who else?",
    ],
)
def test_a_question_whose_names_and_years_stand_there_is_answered(question: str) -> None:
    assert sureness(understand(question), LEADER) >= CONFIDENT


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the plan of Eastgate?",
        "Who leads the plan of 1987?",
        "Does the plan of Norwick cover Estonia and Peru?",
    ],
)
def test_a_name_or_a_year_that_is_missing_makes_it_a_near_miss(question: str) -> None:
    assert sureness(understand(question), LEADER) < CONFIDENT


def test_a_year_that_a_question_only_asserts_may_be_another() -> None:
    assert sureness(understand("Does Mayor Ada Thorne lead the plan by 2035?"), LEADER) >= CONFIDENT


def test_one_of_the_years_is_enough() -> None:
    assert sureness(understand("Who led the plan between 2022 and 2027?"), LEADER) >= CONFIDENT


def test_a_name_that_the_document_often_mentions_counts_as_there() -> None:
    question = understand("Who leads the plan with Harrow?")
    for annex, sure in (("Harrow will pay.", False), ("Harrow agrees. Harrow will pay.", True)):
        item = rated("Mayor Ada Thorne", text=f"{PLAN}\n{annex}\n")
        far = replace(item, statement=replace(item.statement, around=item.statement.text))
        assert (sureness(question, far) >= CONFIDENT) is sure


def test_a_figure_that_is_missing_leaves_less() -> None:
    asked = understand("How many engineers drew the pipes?")
    without = rated("Estonian engineers")
    counted = rated("Estonian engineers", text=PLAN.replace("engineers", "engineers, 40 in all,"))
    assert sureness(asked, without) < sureness(asked, counted)


def test_a_figure_that_counts_something_else_is_a_near_miss() -> None:
    clerks = rated("Mayor Ada Thorne", words=0.5)  # leads it with nine clerks
    asked = [understand(f"How many {thing} work for the plan?") for thing in ("clerks", "divers")]
    assert sureness(asked[1], clerks) < CONFIDENT <= sureness(asked[0], clerks)


def test_a_thing_may_be_counted_in_the_spelling_of_the_other_side_of_the_ocean() -> None:
    text = PLAN.replace("nine clerks", "nine programs")
    asked = understand("How many programmes work for the plan?")
    assert sureness(asked, rated("Mayor Ada Thorne", text=text)) >= CONFIDENT


def test_a_figure_in_the_line_that_introduces_a_list_is_there() -> None:
    asked = understand("How many engineers drew the pipes?")
    item = rated("Estonian engineers")
    led = replace(item, statement=replace(item.statement, lead="The 40 engineers:"))
    assert sureness(asked, item) < sureness(asked, led)


def test_a_question_about_money_wants_a_sum() -> None:
    asked = understand("How much do the pipes cost?")
    unpaid = rated("The pipes cost", text=PLAN.replace("12 million crowns", "9 men a week"))
    assert sureness(asked, unpaid) < sureness(asked, rated("The pipes cost"))


def test_in_a_comparison_the_names_of_the_other_document_prove_nothing() -> None:
    question = understand("Compare the leaders of Norwick and Eastgate in 2022 and 2031.")
    assert sureness(question, LEADER) < CONFIDENT
    assert sureness(question, LEADER, compared=True) >= CONFIDENT


def test_a_question_in_capitals_names_nothing() -> None:
    asked = understand("WHO LEADS THE EASTGATE PLAN?")
    assert sureness(asked, LEADER) >= CONFIDENT


shares = st.floats(0, 1)


@settings(deadline=None)
@given(shares, shares, shares, shares, st.sampled_from(["Who leads it?", "Who leads Peru?"]))
def test_it_is_a_share_and_never_falls_as_relevance_grows(
    meaning: float, words: float, more: float, surroundings: float, question: str
) -> None:
    asked = understand(question)
    item = replace(LEADER, meaning=meaning, words=words, surroundings=surroundings)
    sure = sureness(asked, item)
    assert 0.0 <= sure <= 1.0
    assert sureness(asked, replace(item, meaning=max(meaning, more))) >= sure
    assert sureness(asked, replace(item, words=max(words, more))) >= sure
