"""Running lines: what recurs at one place of several pages, and what is said once."""

import pytest

from ingest.running_lines import EdgeLine, RunningLines

TOP, FOOT = 5, 200


def held(*pages):
    """The texts that run, for each page of (text, place) or (text, place, aside)."""
    edges = [[EdgeLine(*line) for line in page] for page in pages]
    running = RunningLines(edges)
    return [
        [line.text for line in page if running.holds(line, position)]
        for position, page in enumerate(edges)
    ]


def labels(*texts):
    edges = [[EdgeLine(text, FOOT)] for text in texts]
    running = RunningLines(edges)
    return [running.label(page[0], position) for position, page in enumerate(edges)]


def test_three_pages_make_a_running_line_and_two_do_not():
    assert held(*[[("Lamp Plan", TOP)]] * 3) == [["Lamp Plan"]] * 3
    assert held(*[[("Lamp Plan", TOP)]] * 2) == [[]] * 2


def test_it_stands_at_one_place():
    assert held(*([("Lamp Plan", TOP + 20 * n)] for n in range(4))) == [[]] * 4
    assert held(*([("Lamp Plan", TOP + n % 2)] for n in range(4))) == [["Lamp Plan"]] * 4


def test_left_and_right_pages_have_their_own():
    assert held(*([(("Lamp Plan", "Harbour board")[n % 2], TOP)] for n in range(8))) == [
        [("Lamp Plan", "Harbour board")[n % 2]] for n in range(8)
    ]


def test_a_number_in_it_may_count_the_pages():
    counted = [f"Lamp Plan, page {n + 3}" for n in range(4)]
    assert held(*([(text, FOOT)] for text in counted)) == [[text] for text in counted]


def test_numbers_that_count_something_else_stay():
    assert held(*([(f"{n} lamps were lit", TOP)] for n in (7, 31, 2, 90))) == [[]] * 4


def test_a_sentence_must_recur_on_most_pages():
    sentence = ("Nobody minds.", TOP)
    assert held(*[[sentence]] * 3, *[[("Gulls cry", 90 + 9 * n)] for n in range(5)]) == [[]] * 8
    assert held(*[[sentence]] * 4) == [["Nobody minds."]] * 4


def test_small_type_runs_where_others_do_though_it_says_something_else():
    pages = [[("Lamp Plan", TOP, True)]] * 5
    assert held(*pages, [("What the glass costs", TOP, True)])[-1] == ["What the glass costs"]
    assert held(*pages, [("What the glass costs", TOP, False)])[-1] == []


@pytest.mark.parametrize(
    "texts",
    [
        ["1", "2", "3"],
        ["- 7 -", "- 8 -", "- 9 -"],
        ["ii", "iii", "iv"],
        ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
        ["Seite 4", "Seite 5", "Seite 6"],
        ["8 | 30", "9 | 30", "10 | 30"],
    ],
)
def test_numbers_that_count_with_the_pages_are_their_labels(texts):
    found = labels(*texts)
    assert all(label and label in text for label, text in zip(found, texts, strict=True))


def test_a_figure_that_does_not_count_is_no_label():
    assert labels("412", "7", "1831") == [None] * 3


def test_roman_and_arabic_numbers_may_follow_each_other():
    assert labels("i", "ii", "iii", "1", "2", "3") == ["i", "ii", "iii", "1", "2", "3"]


def test_one_page_that_has_no_number_does_not_end_the_count():
    assert labels("1", "Lamps", "3", "4") == ["1", None, "3", "4"]
