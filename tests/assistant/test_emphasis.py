"""The words that were asked for are set off: the figure, the name, the place; or nothing is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import Answer, Assistant
from assistant.emphasis import emphasis
from assistant.question import understand


def emphasised(question: str, text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in emphasis(understand(question), text, language)]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("When was the lamp lit?", "The lamp was lit on 3 May 2031, in a gale. [1]", "3 May 2031"),
        ("Since when does it burn?", "It has burned since March 2029. [1]", "March 2029"),
        ("What share of ships came home?", "Of the ships 94% came home. [1]", "94%"),
        ("What does the oil cost?", "Oil costs €2.1 million a year. [1]", "€2.1 million"),
        ("What is the budget?", "It is 840 million krel. [1]", "840 million krel"),
        ("How much do ferries cost?", "They cost 5 million from now on. [1]", "5 million"),
        ("How many keepers are there?", "There are eighty-five keepers. [1]", "eighty-five"),
        ("How often does the board meet?", "It meets every two months. [1]", "every two months"),
        ("How long is the quay?", "The quay is 41 kilometres long. [1]", "41 kilometres"),
        (
            "Who leads the board?",
            "Chief Keeper Ada Thorne leads it. [1]",
            "Chief Keeper Ada Thorne",
        ),
        ("Who chairs the board?", "It is chaired by the Harbour Master. [1]", "the Harbour Master"),
        ("Who leads it?", "The keeper, Ada Thorne, leads it. [1]", "Ada Thorne"),
        (
            "Which body runs the ferries?",
            "The Norvale Ferry Office, founded in 1912, runs the ferries. [1]",
            "The Norvale Ferry Office",
        ),
        ("Where does the board sit?", "It has its seat in Port Merrow. [1]", "Port Merrow"),
    ],
)
def test_what_was_asked_for_is_set_off(question: str, text: str, words: str) -> None:
    assert emphasised(question, text) == [words]


@pytest.mark.parametrize(
    ("question", "text", "language", "words"),
    [
        (
            "Quel est le budget ?",
            "Il est de 64 milliards de sols. [1]",
            "fr",
            "64 milliards de sols",
        ),
        ("Wie viele Lampen gibt es?", "Es gibt 187 Lampen. [1]", "de", "187"),
        ("Qui dirige le phare ?", "Awa Delcourt dirige le phare. [1]", "fr", "Awa Delcourt"),
    ],
)
def test_in_other_languages_too(question: str, text: str, language: str, words: str) -> None:
    assert emphasised(question, text, language) == [words]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # Two that may be meant, and none that the question does not name itself.
        ("What share is spruce?", "Spruce falls from 66% to 40% of the forest. [1]"),
        ("When was the plan of 2031 adopted?", "The plan of 2031 was adopted late. [1]"),
        ("Who leads it?", "Ada Thorne saw Maren Oduya in Port Merrow. [1]"),
        ("Who leads it?", "The President signs what the others lead. [1]"),
        ("Who leads New Norvale?", "New Norvale’s leads were long. [1]"),
        # It asks for two things, for a reason, for a thing.
        ("What does it cost and how long does it take?", "It costs 5 million crowns. [1]"),
        ("Why did it fail when it rained?", "It failed in 2029 because it rained. [1]"),
        ("What is a fog bell?", "A fog bell rings every 10 seconds. [1]"),
        # Lists and comparisons.
        ("How many aims are there?", "There are three aims: [1]\n\n- light [2]\n- oil [3]"),
        ("How many lamps?", "**The Plan (2031)**: It has 40 lamps. [1]"),
    ],
)
def test_in_doubt_nothing_is(question: str, text: str) -> None:
    assert emphasised(question, text) == []


def test_a_name_that_goes_on_in_small_letters_is_not_cut() -> None:
    text = "La Direction des routes dirige la stratégie. [1]"
    assert emphasised("Qui dirige la stratégie ?", text, "fr") == []


def test_in_german_where_every_noun_has_a_capital_no_name_is_told() -> None:
    assert emphasised("Wer leitet das Amt?", "Ein Bote Der Stadt leitet das Amt. [1]", "de") == []


def test_the_sentence_with_the_words_of_the_question_decides() -> None:
    text = "The board was founded in 1912. The last lamp was lit in 1931. [1]"
    assert emphasised("When was the last lamp lit?", text) == ["1931"]


@settings(deadline=None)
@given(
    st.sampled_from(["When was it?", "Who leads it?", "How many are there?", "Where is it?"]),
    st.text(),
)
def test_what_is_set_off_stands_in_the_text(question: str, text: str) -> None:
    for start, end in emphasis(understand(question), text, None):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which body leads Port Merrow's climate strategy from 2025?", "Climate Office"),
        ("How much did Port Merrow emit in 2019?", "412,000 tonnes"),
        ("How long will the valley spine cycle track be?", "41 kilometres"),
    ],
)
def test_answers_carry_it_beside_their_text(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = assistant.answer(question)
    assert f"**{words}**" in answer.marked
    assert "**" not in answer.text
    assert f"<strong>{words}</strong>" in MarkdownIt().render(answer.marked)


def test_a_refusal_and_a_list_have_none(assistant: Assistant) -> None:
    assert assistant.answer("Who is the mayor of Dunmarsh?").emphasis == ()
    assert assistant.answer("What are the five policy domains?").emphasis == ()


def test_signs_are_set_around_the_words() -> None:
    answer = Answer("When?", "In 1912 and in 1931.", found=True, emphasis=((3, 7), (15, 19)))
    assert answer.marked == "In **1912** and in **1931**."
    assert answer.text_with("<", ">") == "In <1912> and in <1931>."
