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


def assistant(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}


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
    ("asked", "count"),
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
def test_the_number_of_items_that_a_question_speaks_of(asked: str, count: int | None) -> None:
    assert understand(asked).count == count


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
SUJET = "Qui dirige le syndicat forestier de Valdraine ?"


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        (TOPIC, "How many members does it have?"),
        (TOPIC, "And how long are their terms of office in the council?"),
        (TOPIC, "What about the portal that the National Archive runs?"),
        (TOPIC, "How are those people chosen by the minister of digital affairs?"),
        (TOPIC, "Since when?"),
        (SUJET, "Et combien de communes le composent aujourd’hui ?"),
        (SUJET, "Quand est-ce que cette personne a été nommée au syndicat ?"),
        (SUJET, "Pourquoi ?"),
    ],
)
def test_a_question_that_leans_on_the_one_before_is_searched_with_it(
    topic: str, asked: str
) -> None:
    question = understand(asked, [user(topic), assistant("An answer.")])
    assert question.asked == asked
    assert question.standalone == f"{topic} {asked}"


@pytest.mark.parametrize(
    "asked",
    [
        "What does the forest strategy of Valdraine say about peat bogs?",
        "Quelle est la longueur totale du réseau de chaleur de Port Merrow ?",
    ],
)
def test_a_question_that_stands_by_itself_is_searched_alone(asked: str) -> None:
    assert understand(asked, [user(TOPIC), assistant("The Data Council.")]).standalone == asked


def test_the_kind_is_that_of_what_is_asked_now() -> None:
    question = understand("How many members does it have?", [user(TOPIC)])
    assert question.kind is QuestionKind.NUMBER


def test_what_the_assistant_said_is_not_searched_for() -> None:
    history = [assistant("Welcome! Ask about Estonia.")]
    assert understand("Since when?", history).standalone == "Since when?"
    history = [user(TOPIC), assistant("Ask about Estonia.")]
    assert "Estonia" not in understand("Since when?", history).standalone


def test_the_topic_is_found_two_questions_back() -> None:
    history = [user(TOPIC), assistant("Nine."), user("And who appoints them?"), assistant("...")]
    question = understand("And for how long?", history)
    assert question.standalone == f"{TOPIC} And who appoints them? And for how long?"


def test_an_endless_history_makes_no_endless_question() -> None:
    history = [user("and " * 50_000), user("and " * 50_000)]
    assert len(understand("And then?", history).standalone) <= 2 * LONGEST_QUESTION
