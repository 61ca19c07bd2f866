"""Words hyphenated at the end of a line are made whole, as the document writes them."""

import pytest

from ingest.word_breaks import WordBreaks


def joined(*lines, elsewhere=""):
    return WordBreaks([*lines, elsewhere]).join(lines)


def test_lines_are_joined_with_a_space():
    assert joined("The lamps burn", "all night.") == "The lamps burn all night."


def test_a_hyphenated_word_is_made_whole():
    assert joined("The light-", "house burns.") == "The lighthouse burns."


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it():
    assert joined("a long-", "term plan", elsewhere="our long-term aims") == "a long-term plan"
    assert joined("a light-", "house", elsewhere="the lighthouse") == "a lighthouse"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Port-", "Merrow burns."), "Port- Merrow burns."),
        (("lamps -", "all of them"), "lamps - all of them"),
        (("2021-", "2025"), "2021- 2025"),
    ],
)
def test_other_dashes_break_no_word(lines, text):
    assert joined(*lines) == text


def test_soft_hyphens_go_with_the_break_that_they_mark():
    assert joined("The light\u00ad house burns.") == "The lighthouse burns."
    assert joined("long\u00adterm aims", elsewhere="long-term") == "long-term aims"


def test_no_lines_make_no_text():
    assert joined() == ""


@pytest.mark.parametrize(
    ("before", "after", "seam"),
    [
        ("The lamps", "burn", (" ", 0)),
        ("The light-", "house burns", ("", 1)),
        ("The light\u00ad", "house burns", ("", 0)),
        ("a long-", "term plan", ("-", 1)),
        ("Port-", "Merrow burns", (" ", 0)),
        ("lamps -", "all of them", (" ", 0)),
    ],
)
def test_a_word_parted_by_the_end_of_a_page_is_made_whole(before, after, seam):
    assert WordBreaks(["our long-term aims"]).seam(before, after) == seam
