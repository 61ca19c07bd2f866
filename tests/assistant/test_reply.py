"""A model's words as sentences, each with the markers that it carries."""

from __future__ import annotations

import pytest

from assistant.reply import sentences, tail


def said(reply: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.markers) for one in sentences(reply, "en")]


@pytest.mark.parametrize(
    "marked",
    [
        "The pier is open [1].",
        "The pier is open. [1]",
        "The pier is open.[1]",
        "The pier is open【1】.",
        "The pier is open [^1].",
        "The pier is open [Passage 1].",
        "The pier is open [ 1 ].",
        "**The pier is open** [1].",
        "[1] The pier is open.",
        "### The pier is open. [1]",
    ],
)
def test_a_marker_in_or_after_a_sentence_is_its_own(marked: str) -> None:
    assert said(marked) == [("The pier is open.", (1,))]


def test_several_markers_are_read_in_all_their_forms() -> None:
    assert said("The pier is open [1][3].") == [("The pier is open.", (1, 3))]
    assert said("The pier is open [1, 3; 4].") == [("The pier is open.", (1, 3, 4))]
    assert said("The pier is open [2-4].") == [("The pier is open.", (2, 3, 4))]
    assert said("The pier is open [1-400].") == [("The pier is open.", ())]


def test_each_sentence_has_those_that_follow_it() -> None:
    assert said("The pier is open. [1] It has a lamp [2]. Nobody knows why.") == [
        ("The pier is open.", (1,)),
        ("It has a lamp.", (2,)),
        ("Nobody knows why.", ()),
    ]


def test_a_line_that_introduces_a_list_has_the_markers_of_the_items() -> None:
    lead, first, second, after = sentences("Aims:\n- lamps [1]\n- reefs [3]\nThat is all.", "en")
    assert (lead.text, lead.markers) == ("Aims:", (1, 3))
    assert [first.bullet, second.bullet, after.bullet] == ["- ", "- ", ""]
    assert after.markers == ()


def test_the_number_of_an_item_is_no_sentence() -> None:
    first, second = sentences("1. Lamps are lit [1].\n2) Reefs are marked [2].", "en")
    assert (first.bullet, first.text) == ("1. ", "Lamps are lit.")
    assert (second.bullet, second.text) == ("2. ", "Reefs are marked.")


def test_a_year_in_brackets_is_no_marker() -> None:
    assert said("The pier opened [2031].") == [("The pier opened [2031].", ())]


@pytest.mark.parametrize("thought", ["<think>Aha. </think>", "\n<think>\nWell\n</think>\n"])
def test_thoughts_are_no_words(thought: str) -> None:
    assert said(f"{thought}The pier is open [1].") == [("The pier is open.", (1,))]
    assert said("<think>The pier is") == []


def test_what_steers_a_terminal_is_taken_out() -> None:
    assert said("The \x1b[1mpier\u202e is\u200b open.") == [("The [1mpier is open.", ())]


@pytest.mark.parametrize("written", ["The pier [", "The pier [1", "The pier [1]", "The pier 【Pa"])
def test_a_marker_half_there_is_not_shown(written: str) -> None:
    assert tail(written) == "The pier"
