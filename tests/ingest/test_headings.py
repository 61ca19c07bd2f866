"""Headings: told by what names them, by their type, their number, their capitals."""

import pytest

from ingest.headings import Headings, set_alike
from ingest.lines import Line

TEXT = "The lighthouse authority keeps forty lamps along the whole of the coast"


def line(text, size=10.0, *, bold=False, gap=0.0, wide=None):
    width = 5.0 * len(text) if wide is None else wide
    return Line(text, 0.0, width, gap, size, bold, measure=360.0)


def level(candidate, *after, known=None, in_list=False):
    """The level of a line that stands between lines of running text."""
    lines = [line(TEXT), line(TEXT), candidate, *(after or [line(TEXT)])]
    return Headings(lines, known or {}).level(lines, 2, None, in_list)


@pytest.mark.parametrize(
    "candidate",
    [
        line("Oil and glass", 14),
        line("2.1 Oil and glass", gap=1),
        line("OIL AND GLASS", gap=1),
        line("Annex B: oil and glass", gap=1),
        line("Oil and glass", bold=True, gap=1),
    ],
    ids=["large", "numbered", "capitals", "annex", "bold"],
)
def test_a_line_that_stands_out_is_a_heading(candidate):
    assert 1 <= level(candidate) <= 6


@pytest.mark.parametrize(
    "candidate",
    [
        line("Oil and glass", gap=1),
        line("oil and glass", 14),
        line("Oil and glass are bought here.", 14),
        line("• Oil and glass", 14),
        line("412 of 1,204", 24),
        line("Oil and glass, which:", bold=True, gap=1),
        line("OIL AND GLASS"),
        line(" ".join(["Oil"] * 17), 14),
        line("Oil ........ 7", 14),
        line("www.norvale.example", 14),
    ],
    ids=["plain", "small letter", "sentence", "bullet", "sum", "lead-in", "not apart", "long",
         "contents", "address"],
)  # fmt: skip
def test_other_lines_are_none(candidate):
    assert level(candidate) == 0


def test_a_line_that_the_next_one_goes_on_from_is_none():
    assert level(line("OIL AND GLASS", gap=1), line("are bought here.")) == 0


def test_a_number_that_counts_on_in_a_list_makes_no_heading():
    item = line("2. OIL AND GLASS", gap=1)
    assert level(item) > 0
    assert level(item, in_list=True) == 0


def test_a_whole_paragraph_of_large_type_is_an_introduction():
    large = [line(TEXT, 14) for _ in range(3)]
    lines = [*(line(TEXT) for _ in range(9)), *large]
    assert Headings(lines, {}).level(lines, 9, None, False) == 0


def test_larger_sizes_stand_higher():
    lines = [*(line(TEXT) for _ in range(9)), line("The Lamp Plan", 24), line("Oil", 14)]
    headings = Headings(lines, {})
    assert [headings.level(lines, index, None, False) for index in (9, 10)] == [1, 2]


def test_a_known_heading_may_take_several_lines():
    lines = [line("What the board"), line("of the harbour does"), line(TEXT)]
    headings = Headings(lines, {"whattheboardoftheharbourdoes": 2})
    assert headings.known_at(lines, 0) == (2, 2)
    assert headings.known_at(lines, 1) == (0, 0)


def test_the_longest_of_known_headings_is_meant():
    lines = [line("What the board"), line("of the harbour does"), line(TEXT)]
    known = {"whattheboard": 1, "whattheboardoftheharbourdoes": 2}
    assert Headings(lines, known).known_at(lines, 0) == (2, 2)


@pytest.mark.parametrize("sign", [":", "."])
def test_a_known_heading_may_run_into_its_paragraph(sign):
    lines = [line(f"What the board does{sign} It keeps lamps.")]
    headings = Headings(lines, {"whattheboarddoes": 3})
    assert headings.run_in(lines, 0) == (1, f"What the board does{sign}", "It keeps lamps.", 3)
    assert Headings(lines, {}).run_in(lines, 0)[0] == 0


def test_full_lines_are_told_by_the_measure():
    headings = Headings([line(TEXT)], {})
    assert headings.is_full(line(TEXT, wide=350.0))
    assert not headings.is_full(line(TEXT, wide=200.0))


def test_lines_are_set_alike_in_size_and_weight():
    assert set_alike(line("Oil", 10), line("Glass", 10.4))
    assert not set_alike(line("Oil", 10), line("Glass", 12))
    assert not set_alike(line("Oil"), line("Glass", bold=True))
