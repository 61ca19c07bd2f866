"""Contents: which page is one of contents, and which headings it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contents import find_contents, squash
from ingest.lines import Line, LinedPage

ENTRIES = [("The lamps", 3), ("The oil", 5), ("The glass", 9), ("The boats", 12), ("The cost", 20)]


def page(*texts):
    return LinedPage(tuple(text if isinstance(text, Line) else Line(text) for text in texts))


def titles(*pages):
    return list(find_contents(pages).titles)


LEADERS = [f"{title} ........ {number}" for title, number in ENTRIES]
SPACES = [f"{title}  {number}" for title, number in ENTRIES]
SQUASHED = [squash(title) for title, _ in ENTRIES]


def test_two_ways_of_printing_a_heading_are_one():
    assert squash("2.1  Oil & Glass:") == squash("2.1 OIL GLASS") == "21oilglass"


@pytest.mark.parametrize(
    "title", ["Contents", "TABLE OF CONTENTS", "Sommaire", "Inhaltsverzeichnis", "Índice"]
)
def test_a_page_with_that_title_names_the_headings(title):
    assert titles(page(title, *SPACES)) == SQUASHED


def test_leaders_make_contents_without_a_title():
    assert titles(page(*LEADERS)) == SQUASHED
    assert titles(page(*SPACES)) == []


def test_contents_go_on_over_pages():
    assert titles(page("Contents", *SPACES), page(*(f"Annex to {line}" for line in SPACES))) == [
        *SQUASHED,
        *(f"annexto{title}" for title in SQUASHED),
    ]


def test_pages_that_do_not_rise_are_no_contents():
    assert titles(page("Contents", *SPACES[::-1])) == []


def test_lines_among_other_text_are_no_contents():
    text = ["The board keeps forty lamps along the coast."] * 10
    assert titles(page("Contents", *LEADERS, *text)) == []


def test_a_title_over_short_lines_is_enough_without_numbers():
    assert titles(page("Contents", *(title for title, _ in ENTRIES))) == SQUASHED


def test_a_title_over_sentences_is_not():
    assert (
        titles(page("Contents", "The lamps are lit.", "The oil is bought.", "The cost is paid."))
        == []
    )


def test_entries_are_known_with_and_without_their_numbers():
    lines = [f"{n} {line}" for n, line in enumerate(LEADERS, start=1)]
    assert set(titles(page(*lines))) >= {"1thelamps", "thelamps"}


def test_an_entry_may_take_two_lines_and_roman_pages():
    lines = ["What the board of the harbour does", "with the lamps ..... ix", *LEADERS]
    assert titles(page(*lines))[0] == squash("What the board of the harbour does with the lamps")


def test_numbers_indents_and_sizes_say_how_deep_an_entry_stands():
    numbered = ["1 Lamps .... 3", "1.1 Oil .... 4", "1.1.1 Whale oil .... 5", "2 Boats .... 6"]
    found = find_contents([page(*numbered)]).titles
    assert [found[squash(t)] for t in ("Lamps", "Whale oil", "Boats")] == [1, 3, 1]
    indented = [
        Line(f"{title} ..... {number}", indent=20.0 * (number % 2), size=10.0)
        for title, number in ENTRIES
    ]
    found = find_contents([page(*indented)]).titles
    assert [found[title] for title in SQUASHED] == [2, 2, 2, 1, 1]


def test_the_lines_of_contents_are_told_from_their_likes():
    contents = page("Contents", *LEADERS)
    found = find_contents([contents, page(*LEADERS[:2])])
    assert found.lines == frozenset(map(id, contents.lines[1:]))


def test_contents_are_looked_for_at_the_beginning_only():
    assert titles(*[page("Lamps.")] * 20, page("Contents", *LEADERS)) == []


TEXTS = st.lists(
    st.sampled_from(
        [*LEADERS, *SPACES, "Contents", "1 Oil 3", "", "7", "iv", "Lamps.", "....", "²"]
    ),
    max_size=10,
)


@given(st.lists(TEXTS.map(lambda texts: page(*texts)), max_size=4))
def test_whatever_the_pages_levels_are_sound_and_lines_are_theirs(pages):
    found = find_contents(pages)
    assert all(1 <= level <= 6 for level in found.titles.values())
    assert all(title == squash(title) and len(title) > 3 for title in found.titles)
    assert found.lines <= {id(line) for each in pages for line in each.lines}
