"""Markers: the bullets and numbers that lines begin with, and what only looks like one."""

import pytest

from ingest.markers import (
    SECTION_NUMBER,
    WORDED_NUMBER,
    Marker,
    counts_on,
    is_lone_bullet,
    is_lone_number,
    is_numbered,
    marker_of,
)


@pytest.mark.parametrize("bullet", ["•", "▪", "➢", "✓", "\uf0b7", "\uf098", "–", "-", "*"])
def test_a_bullet_ends_where_the_text_begins(bullet):
    assert marker_of(f"{bullet} lamps") == Marker(bullet=True, length=2)
    assert is_lone_bullet(bullet)


@pytest.mark.parametrize("number", ["1.", "12)", "(3)", "a)", "(b)", "B.", "iv.", "(ii)"])
def test_a_number_does_too_and_is_part_of_what_is_said(number):
    assert marker_of(f"{number} lamps") == Marker(bullet=False, length=len(number) + 1)
    assert is_numbered(f"{number} lamps")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lamps",
        "-5 degrees",
        "– 40 degrees",
        "1831. In that year",
        "e.g. lamps",
        "1.lamps",
        "o lamps",
    ],
)
def test_other_lines_have_none(text):
    assert marker_of(text) is None


def test_a_bullet_may_stand_twice():
    assert marker_of("\uf0a7 \uf0a7 lamps") == Marker(bullet=True, length=4)


def test_words_of_a_symbol_font_are_no_bullets():
    assert marker_of("\uf041\uf042\uf043") is None
    assert marker_of("\uf041\uf042 lamps") is None


@pytest.mark.parametrize("text", ["1", "2.1", "3)", "A.", "IV."])
def test_numbers_may_stand_alone(text):
    assert is_lone_number(text)


@pytest.mark.parametrize("text", ["1831", "1 lamp", "A", "12,5"])
def test_figures_and_words_are_no_such_numbers(text):
    assert not is_lone_number(text)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("1. oil", "2. glass", True), ("(9) oil", "(10) glass", True), ("1. oil", "3. glass", False),
     ("oil", "1. glass", False), ("1. oil", "glass", False)],
)  # fmt: skip
def test_numbers_count_on(before, after, expected):
    assert counts_on(before, after) is expected


@pytest.mark.parametrize(
    ("text", "number"), [("1 Oil", "1"), ("2.1. Oil", "2.1"), ("10.2.3 Oil", "10.2.3")]
)
def test_sections_have_numbers(text, number):
    match = SECTION_NUMBER.match(text)
    assert match is not None
    assert match["number"] == number


@pytest.mark.parametrize(
    "text", ["1831 was a bad year", "2.1", "3 % of the oil", "1.1.1.1.1.1 Oil"]
)
def test_years_and_shares_are_no_section_numbers(text):
    assert SECTION_NUMBER.match(text) is None


@pytest.mark.parametrize("text", ["Annex B: lamps", "CHAPTER 4", "Pillar ii - oil", "Goal 2.1"])
def test_some_headings_are_counted_in_words(text):
    assert WORDED_NUMBER.match(text)


@pytest.mark.parametrize("text", ["Part of the oil", "Goals 3", "The annex B"])
def test_other_words_do_not_count(text):
    assert WORDED_NUMBER.match(text) is None
