"""Follow-ups: what a question takes from those before it, and what is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Turn
from assistant.followup import standalone


def after(*turns: str) -> list[Turn]:
    """Turns of a conversation: a question, its answer, a question, ..."""
    roles = ("user", "assistant")
    return [{"role": roles[i % 2], "content": turn} for i, turn in enumerate(turns)]


LEADER = after("Who leads Norvale's 2014 harbour plan?", "The Harbour Board leads it. [1]")
GOALS = after(
    "What are the goals of Norvale's lighthouse plan?",
    "The plan pursues three goals: [1]\n- brighter lamps [2]\n- fewer wrecks [3]\n- dry feet [4]",
)
BODIES = after(
    "Which bodies does Norvale's plan set up?",
    "Two: a Lamp Council and an Oil Office. [1]",
)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What about Valdraine?", "Who leads Valdraine's 2014 harbour plan?"),
        ("And Valdraine?", "Who leads Valdraine's 2014 harbour plan?"),
        ("In the Sable Islands?", "Who leads the Sable Islands' 2014 harbour plan?"),
        ("And the Tesmarian one?", "Who leads the Tesmarian 2014 harbour plan?"),
        ("and in the 2021 one?", "Who leads Norvale's 2021 harbour plan?"),
        ("In 2021-2025?", "Who leads Norvale's 2021-2025 harbour plan?"),
        ("What about Valdraine's 2021 plan?", "Who leads Valdraine's 2021 harbour plan?"),
    ],
)
def test_another_country_or_year_takes_the_place_of_the_last_one(asked: str, meant: str) -> None:
    assert standalone(asked, LEADER) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("When was it adopted?", "When was Norvale's 2014 harbour plan adopted?"),
        ("What are its goals?", "What are Norvale's 2014 harbour plan's goals?"),
        ("What does the plan cost?", "What does Norvale's 2014 harbour plan cost?"),
        (
            "And how many members does it have?",
            "How many members does the Harbour Board have (Norvale's 2014 harbour plan)?",
        ),
        (
            "How many people work there?",
            "How many people work at the Harbour Board (Norvale's 2014 harbour plan)?",
        ),
        ("and if it isn't met?", "If Norvale's 2014 harbour plan isn't met?"),
        (
            "And what's the budget?",
            "What's the budget (Norvale's 2014 harbour plan; the Harbour Board)?",
        ),
        ("Since when?", "Since when (Norvale's 2014 harbour plan)?"),
        ("What about the budget?", "What about the budget (Norvale's 2014 harbour plan)?"),
    ],
)
def test_what_is_pointed_at_is_named(asked: str, meant: str) -> None:
    assert standalone(asked, LEADER) == meant


def test_a_person_is_taken_from_the_answer() -> None:
    history = after("Who chairs the Lamp Council of Norvale?", "Ada Thorne chairs it. [1]")
    asked = "When was she appointed?"
    assert (
        standalone(asked, history) == "When was Ada Thorne appointed (the Lamp Council of Norvale)?"
    )


@pytest.mark.parametrize(
    ("history", "asked", "meant"),
    [
        (GOALS, "What does the second one mean?", "What does “fewer wrecks” mean"),
        (GOALS, "And the last one?", "“dry feet”"),
        (GOALS, "How is the first to be reached?", "How is “brighter lamps” to be reached"),
        (BODIES, "What is the second one for?", "What is the Oil Office for"),
        (
            BODIES,
            "What is the second one supposed to watch in Tesmar?",
            "What is the Oil Office supposed to watch in Tesmar",
        ),
        (BODIES, "Who appoints the latter?", "Who appoints the Oil Office"),
    ],
)
def test_an_item_of_the_last_answer_is_named(history: list[Turn], asked: str, meant: str) -> None:
    told = standalone(asked, history)
    assert told.startswith(meant)
    assert "Norvale's" in told


def test_an_item_that_the_answer_does_not_have_is_asked_for_with_the_topic() -> None:
    told = standalone("What is the fifth one?", GOALS)
    assert told == "What is the fifth one (the goals of Norvale's lighthouse plan)?"


def test_those_are_what_was_asked_for_and_answered() -> None:
    told = standalone("Which of those is about ships?", GOALS)
    assert told == (
        "Which of the goals of Norvale's lighthouse plan is about ships:"
        " brighter lamps; fewer wrecks; dry feet?"
    )
    told = standalone("Which of them helps ships from Tesmar?", GOALS[:1])
    assert told == "Which of the goals of Norvale's lighthouse plan helps ships from Tesmar?"


@pytest.mark.parametrize(
    ("before", "answer", "asked", "meant"),
    [
        ("Which year is the base year of Norvale's plan?", "The base year is 1994. [1]",
         "Why that year?", "Why that year (the base year of Norvale's plan; 1994)?"),
        ("Quelle est l'année de base du plan de la Valdraine ?", "L'année de base est 1994.",
         "Et pourquoi cette année-là ?",
         "Pourquoi cette année-là (l'année de base du plan de la Valdraine; 1994) ?"),
        ("Wie heißt das Basisjahr in Brennland?", "Das Basisjahr ist 1994.", "Warum dieses Jahr?",
         "Warum dieses Jahr (das Basisjahr in Brennland; 1994)?"),
        ("¿Cuál es el año base de Norvale?", "Es 1994.", "¿Y por qué ese año?",
         "¿Por qué ese año (el año base de Norvale; 1994)?"),
        ("Qual è l'anno di base del piano?", "È il 1994.", "Perché quell'anno?",
         "Perché quell'anno (l'anno di base del piano; 1994)?"),
        ("Wat is het basisjaar van Norvale?", "Dat is 1994.", "Waarom dat jaar?",
         "Waarom dat jaar (het basisjaar van Norvale; 1994)?"),
    ],
)  # fmt: skip
def test_a_year_is_asked_after_in_six_languages(
    before: str, answer: str, asked: str, meant: str
) -> None:
    assert standalone(asked, after(before, answer)) == meant


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("Did Norvale's plan change the Lamp Council?", "How many sit on it?",
         "Did Norvale's plan change the Lamp Council? How many sit on it?"),
        ("Are there foghorns in Norvale?", "Why not?",
         "Are there foghorns in Norvale? Why not?"),
        ("By which year will Norvale close its ports?", "Why that year?",
         "By which year will Norvale close its ports? Why that year?"),
        ("Why does Norvale build breakwaters along its coast?", "How many are there?",
         "Why does Norvale build breakwaters along its coast? How many are there?"),
        ("Are there foghorns in Norvale?", "Why?", "Why are there foghorns in Norvale?"),
        ("Wie viel Geld kostet der Plan in Norvale?", "Und wer zahlt das?",
         "Wie viel Geld kostet der Plan in Norvale? Wer zahlt das?"),
        ("Which authority keeps the lamps?", "And how much does it spend?",
         "Which authority keeps the lamps? How much does it spend?"),
        ("Gibt es Nebelhörner in Norvale?", "Warum?", "Warum gibt es Nebelhörner in Norvale?"),
    ],
)  # fmt: skip
def test_where_it_is_not_clear_what_is_meant_the_last_question_comes_first(
    before: str, asked: str, meant: str
) -> None:
    assert standalone(asked, after(before, "...")) == meant


@pytest.mark.parametrize(
    ("history", "asked", "meant"),
    [
        (after("What does Norvale's plan cost?", "5.", "And Tesmar's?", "6."), "And in Valdraine?",
         "What does Valdraine's plan cost?"),
        (after("Who leads Norvale's plan?", "The Lamp Board.", "How many ships are there?", "9."),
         "What does it cost?", "What does Norvale's plan cost?"),
        (after("What are the goals of Norvale's plan?", "A.", "And in Tesmar?", "B."),
         "When should they be reached?", "When should the goals of Tesmar's plan be reached?"),
        (after("What does Norvale's 2014 plan cost?", "5.", "And the 2021 one?", "6."),
         "And in Tesmar?", "What does Tesmar's 2021 plan cost?"),
    ],
)  # fmt: skip
def test_follow_ups_of_follow_ups_keep_the_topic(
    history: list[Turn], asked: str, meant: str
) -> None:
    assert standalone(asked, history) == meant


ALONE = [
    "What does the forest strategy of Valdraine say about peat bogs?",
    "Quelle est la longueur totale du réseau de chaleur de Port Merrow ?",
    "How does Tesmar intend to train its police?",
    "How long does it take to get a licence in Tesmar?",
    "Is there a glossary in the Tesmarian plan?",
    "Y a-t-il un glossaire dans la stratégie du Montréval ?",
    "Gibt es in Brennland eine Helmpflicht?",
    "What is a night bus?",
    "Was ist ein Unterfahrschutz?",
    "¿Qué es un puerto seco?",
    "Summarise Tesmar's strategy.",
    "Which country spends most on lamp oil?",
    "Summarise the housing policy",
    "Quels sont les objectifs de la stratégie culturelle ?",
    "Was kostet die Wohnungsstrategie?",
]


@pytest.mark.parametrize("asked", ALONE)
@pytest.mark.parametrize("history", [LEADER, GOALS, BODIES])
def test_a_new_topic_is_left_alone(asked: str, history: list[Turn]) -> None:
    assert standalone(asked, history) == asked


def test_a_word_alone_is_looked_for_where_the_conversation_is() -> None:
    assert standalone("Lamp oil", LEADER) == "Lamp oil (Norvale)?"
    assert standalone("Lamp oil", after("Who pays?", "Nobody.")) == "Lamp oil"


def test_a_plan_has_a_price_and_its_goals_have_none() -> None:
    before = after("What are the goals of the water plan?", "- clean rivers\n- dry cellars")
    assert standalone("How much does it cost?", before) == "How much does the water plan cost?"


def test_a_joining_word_is_dropped_from_a_question_that_stands_by_itself() -> None:
    told = standalone("And what does Tesmar's plan say about fog?", LEADER)
    assert told == "What does Tesmar's plan say about fog?"


def test_what_the_assistant_said_before_any_question_is_not_searched_for() -> None:
    history: list[Turn] = [{"role": "assistant", "content": "Welcome! Ask about Estonia."}]
    assert standalone("Since when?", history) == "Since when?"
    assert "Estonia" not in standalone("Since when?", [*LEADER, *history])


COUNTRIES = st.sampled_from(["Norvale", "Tesmar", "Valdraine", "Karelund", "Port Merrow"])
YEARS = st.integers(1950, 2049).map(str)
FRAMES = st.sampled_from(
    [
        "Who leads {0}'s {1} harbour plan?",
        "How much does the {1} plan of {0} cost?",
        "Which goals did {0} set itself in {1}?",
        "Why was the port of {0} closed in {1}?",
    ]
)


@given(FRAMES, COUNTRIES, COUNTRIES, YEARS, YEARS)
def test_any_country_and_any_year_can_be_exchanged(
    frame: str, one: str, other: str, year: str, later: str
) -> None:
    history = after(frame.format(one, year), "An answer.")
    for asked, meant in (
        (f"What about {other}?", frame.format(other, year)),
        (f"and in {later}?", frame.format(one, later)),
        (f"And in {other} in {later}?", frame.format(other, later)),
    ):
        assert standalone(asked, history) == meant
        assert standalone(meant, history) == meant


SAID = """and what about it they there the second one of those why ? . ( ) Norvale's Tesmar 2014
    plan strategy et la celle en Guinée und dort ¿ y los ; : - [1] **bold** which who leads does"""
WORDS = st.sampled_from(SAID.split())
TURNS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=7)
LITTLE_WORDS = set(
    re.findall(r"\w+", "in on at of the edition and s en au aux à de du des la les l di")
)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), TURNS)
def test_whatever_is_carried_over_was_said_in_the_conversation(
    asked: str, turns: list[str]
) -> None:
    told = standalone(asked, after(*turns))
    assert words_of(told) <= words_of(" ".join([asked, *turns])) | LITTLE_WORDS


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=5))
def test_no_text_is_too_odd(asked: str, turns: list[str]) -> None:
    told = standalone(asked, after(*turns))
    assert len(told) <= len(asked) + 2 * sum(map(len, turns)) + 50


@given(st.text(max_size=100))
def test_without_a_history_a_question_stays_as_it_is(asked: str) -> None:
    assert standalone(asked, None) == standalone(asked, []) == asked


def test_an_endless_history_makes_no_endless_question() -> None:
    history = after(*["and it is " * 50_000] * 9)
    assert len(standalone("And then?", history)) < 2_200
