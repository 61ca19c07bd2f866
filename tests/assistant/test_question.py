"""A question is understood: what is asked, of what kind, and what it takes from the history."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import QuestionError
from assistant.kinds import QuestionKind
from assistant.question import LONGEST_QUESTION, understand


def user(content: str) -> dict[str, str]:
    return {"role": "user", "content": content}


@pytest.mark.parametrize("asked", ["", "   ", "\n\t", "?", "?!…", "—"])
def test_a_question_without_a_word_is_refused_with_an_example(asked: str) -> None:
    with pytest.raises(QuestionError, match=r"empty\. Ask in a sentence, for example"):
        understand(asked)


def test_a_question_of_a_hundred_thousand_characters_is_refused_with_both_lengths() -> None:
    with pytest.raises(QuestionError, match=r"100,000 characters; 2,000 are read"):
        understand("a" * 100_000)


def test_the_longest_question_is_still_read() -> None:
    assert understand("a" * LONGEST_QUESTION).asked == "a" * LONGEST_QUESTION
    with pytest.raises(QuestionError):
        understand("a" * (LONGEST_QUESTION + 1))


def test_white_space_does_not_count() -> None:
    spaced = understand("  Who\n\tleads   it?" + " " * 100_000)
    assert spaced.asked == "Who leads it?"
    assert spaced.kind is QuestionKind.WHO


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused(asked: str) -> None:
    try:
        question = understand(asked)
    except QuestionError:
        return
    assert question.asked == question.standalone == " ".join(asked.split())


@pytest.mark.parametrize(
    ("asked", "compares"),
    [
        ("Compare the budgets of the two editions.", True),
        ("How do Kenya and Estonia train their staff?", True),
        ("What has changed since the first edition?", True),
        ("Was the target different in each plan?", True),
        ("Quelle différence entre les deux plans ?", True),
        ("Who leads the harbour plan?", False),
    ],
)
def test_what_may_be_about_several_documents(asked: str, compares: bool) -> None:
    assert understand(asked).compares is compares


TOPIC = "Who settles disputes about closed datasets in Norvale?"


def test_the_kind_is_that_of_what_is_asked_now() -> None:
    question = understand("How many members does it have?", [user(TOPIC)])
    assert question.kind is QuestionKind.NUMBER


def test_a_question_without_a_kind_of_its_own_asks_for_what_was_asked_before() -> None:
    question = understand("What about Kenya?", [user("How much does Estonia's plan cost?")])
    assert question.standalone == "How much does Kenya's plan cost?"
    assert question.kind is QuestionKind.NUMBER


def test_the_word_that_joins_a_follow_up_compares_nothing() -> None:
    assert not understand("And who pays for it?", [user("What is the harbour plan?")]).compares
