"""Running headers, footers and page numbers leave the pages; the numbers become labels."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lines import Line, LinedPage, without_running_lines

BODY = ["The lamps burn all night,", "and so does the keeper's pipe.", "Nobody minds."]


def stripped(*pages):
    """(label, lines) of each page after the running lines are gone."""
    lined = [LinedPage(tuple(Line(text) for text in page)) for page in pages]
    return [
        (page.label, [line.text for line in page.lines]) for page in without_running_lines(lined)
    ]


def body(number):
    return [f"{line} ({word})" for line, word in zip(BODY, ["a", "b", "c"], strict=True)] + [
        ["Ships sail.", "Gulls cry.", "Fog falls.", "Tides turn."][number % 4]
    ]


def test_a_line_at_the_edge_of_several_pages_goes():
    pages = stripped(*(["The Lamp Plan 2031", *body(n)[n % 2 :]] for n in range(4)))
    assert all("The Lamp Plan 2031" not in lines for _, lines in pages)
    assert all(lines for _, lines in pages)


def test_page_numbers_become_labels():
    pages = stripped(*([*body(n), str(n + 5)] for n in range(3)))
    assert [label for label, _ in pages] == ["5", "6", "7"]
    assert not any(line.isdigit() for _, lines in pages for line in lines)


def test_numbers_in_roman_and_in_words_are_page_numbers_too():
    ends = ["ii", "iii", "- 1 -", "Page 2 of 9", "3 | 9"]
    pages = stripped(*([*body(n), end] for n, end in enumerate(ends)))
    assert [label for label, _ in pages] == ["ii", "iii", "1", "2", "3"]


def test_a_lone_figure_that_counts_no_pages_stays():
    ends = ["412", "7", "1031"]
    pages = stripped(*([*body(n), end] for n, end in enumerate(ends)))
    assert [label for label, _ in pages] == [None, None, None]
    assert [lines[-1] for _, lines in pages] == ends


def test_a_single_page_keeps_all_its_lines():
    assert stripped(["The Lamp Plan", *BODY, "1"]) == [(None, ["The Lamp Plan", *BODY, "1"])]


def test_a_label_that_the_file_states_stays():
    pages = [LinedPage(tuple(map(Line, [*body(n), str(n + 1)])), label=f"A-{n}") for n in range(3)]
    assert [page.label for page in without_running_lines(pages)] == ["A-0", "A-1", "A-2"]


def test_why_a_page_could_not_be_read_stays_with_it():
    pages = [LinedPage((), reason="a picture"), LinedPage((Line("Lamps."),))]
    assert [page.reason for page in without_running_lines(pages)] == ["a picture", ""]


LINES = st.sampled_from(
    ["1", "2", "iv", "İ", "ı", "x", "²", "٣", "Page 3", "The Plan", "Lamps.", "-"]
)


@settings(deadline=None)
@given(st.lists(st.lists(LINES, max_size=12), max_size=8))
def test_whatever_the_pages_hold_lines_are_only_taken_away(pages):
    for (_, left), page in zip(stripped(*pages), pages, strict=True):
        kept = iter(page)
        assert all(line in kept for line in left)  # a subsequence
