"""Segments: words with nothing but word spaces between them, marks and letters put together."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.printed.segments import segments
from ingest.printed.word import Box, Word
from pieces import LETTER, SIZE, word


def set_line(texts, gaps, left=0.0, top=100.0, size=SIZE):
    """Words on one line, with the given gaps behind them."""
    words = []
    for text, gap in zip(texts, [*gaps, 0.0], strict=True):
        words.append(word(left, top, text, size))
        left = words[-1].box.right + gap
    return words


def texts(words):
    return [segment.text for segment in segments(words)]


def test_word_spaces_join_and_gutters_part():
    line = set_line(["The", "lamps", "of", "Norvale"], [3, 20, 3])
    assert texts(line) == ["The lamps", "of Norvale"]


def test_lines_are_parted():
    assert texts([word(0, 100, "The"), word(0, 114, "lamps")]) == ["The", "lamps"]


def test_words_go_on_only_in_the_order_in_which_they_were_set():
    assert texts([word(40, 100, "lamps"), word(0, 100, "The")]) == ["lamps", "The"]


@pytest.mark.parametrize(
    ("before", "expected"), [("lamps", "lamps²"), ("1831", "1831 2"), ("oil.", "oil.²")]
)
def test_the_small_raised_number_of_a_note_goes_to_its_word_but_not_to_a_figure(before, expected):
    mark = word(LETTER * len(before), 98, "2", 6)
    assert texts([word(0, 100, before), mark]) == [expected]


def test_a_small_number_on_the_line_is_no_mark():
    assert texts([word(0, 100, "lamps"), word(LETTER * 5, 104, "2", 6)]) == ["lamps 2"]


def test_a_stop_that_was_set_alone_belongs_to_the_word_before():
    assert texts(set_line(["lamps", "."], [0.5])) == ["lamps."]


def test_letters_with_small_spaces_are_one_word_and_large_spaces_part_words():
    line = set_line(list("OFTHELAMPS"), [2, 8, 2, 2, 8, 2, 2, 2, 2])
    assert texts(line) == ["OF THE LAMPS"]


def test_letters_with_kerned_pairs_between_them_are_one_word():
    assert texts(set_line(["N", "AT", "I", "O", "N", "A", "L"], [2] * 6)) == ["NATIONAL"]


def test_a_wide_space_behind_a_number_does_not_hide_those_between_words():
    line = set_line(["1.1", *"OFTHELAMP"], [9, 2, 5, 2, 2, 5, 2, 2, 2])
    assert texts(line) == ["1.1 OF THE LAMP"]


@pytest.mark.parametrize("short", ["it is up to us", "IT IS UP TO US", "de la mer et de la rade"])
def test_short_words_stay_words(short):
    words = short.split()
    assert texts(set_line(words, [3] * (len(words) - 1))) == [short]


def test_an_initial_goes_to_the_first_of_the_lines_beside_it():
    lines = [word(32, 100 + 14 * n, text) for n, text in enumerate(["he", "lamps", "burn"])]
    initial = word(0, 98, "T", 44)
    for order in ([initial, *lines], [*lines, initial]):
        assert texts(order) == ["The", "lamps", "burn"]


def test_turned_words_are_joined_along_their_line():
    upwards = [
        Word("Lamp", Box(30, 180, 40, 200), SIZE, turn=1),
        Word("Plan", Box(30, 157, 40, 177), SIZE, turn=1),
    ]
    (segment,) = segments(upwards)
    assert (segment.text, segment.turn, segment.box) == ("Lamp Plan", 1, Box(30, 157, 40, 200))


def test_a_turned_word_is_not_joined_to_an_upright_one():
    words = [word(0, 100, "Lamp"), Word("Plan", Box(22, 95, 32, 115), SIZE, turn=1)]
    assert texts(words) == ["Lamp", "Plan"]


WORDS = st.builds(
    Word,
    st.sampled_from(["Lamps", "a", "T", "9", "12", "of", "AT", ".", ",", "•", "¹", "ı", "O"]),
    st.builds(
        lambda left, top, wide, high: Box(left, top, left + wide, top + high),
        st.floats(0, 200),
        st.sampled_from([100.0, 98.0, 104.0, 114.0]),
        st.floats(0, 40),
        st.sampled_from([0.0, 6.0, 10.0, 44.0]),
    ),
    st.sampled_from([0.0, 6.0, 10.0, 44.0]),
    st.booleans(),
    st.integers(0, 3),
)


@given(st.lists(WORDS, max_size=20))
def test_whatever_the_words_each_of_their_characters_stands_in_one_segment(words):
    found = segments(words)
    # A note's mark is raised; nothing else about a character changes.
    shown = unicodedata.normalize("NFKC", "".join(texts(words)).replace(" ", ""))
    given_ = unicodedata.normalize("NFKC", "".join(word.text for word in words))
    assert sorted(shown) == sorted(given_)
    assert all(segment.text.split(" ") == segment.text.split() for segment in found)


@given(st.lists(WORDS, max_size=20))
def test_whatever_the_words_no_segment_mixes_what_is_turned_with_what_is_not(words):
    turned = {turn: "".join(word.text for word in words if word.turn == turn) for turn in range(4)}
    for segment in segments(words):
        shown = unicodedata.normalize("NFKC", segment.text.replace(" ", ""))
        assert set(shown) <= set(unicodedata.normalize("NFKC", turned[segment.turn]))
