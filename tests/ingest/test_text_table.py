"""Tables printed in plain text are told by their columns; prose is never taken for one."""

from __future__ import annotations

import random

import pytest

from ingest.builder import DocumentBuilder
from ingest.layout import Layout
from ingest.lines import LinedPage
from ingest.readers.text_table import find_tables

RULED = """
  Action               Lead              Deadline
  -------------------  ----------------  --------
  Dredge the basin     Harbour office        2031
  Plant trees          Parks                 2032
  Widen the lock                             2040
"""
NUMBERS = """
Year    Vessels   Berths
2028        120       14
2029        131       15
2030        144       16
"""
YEARS = """
Emissions of the port     2029    2030    2031
Ships at berth            32.6    32.3    33.0
Cranes                     9.3     9.6       –
"""
SPACED = """
ACTION                 LEAD               YEAR

Dredge the basin       Harbour office     2031

Plant trees            Parks              2032

Widen the lock         Council            2040
"""
TWO_LINES_OF_HEAD = """
Part of             Vessels     Berths
the harbour         a year      in use
North                   120         14
South                   131         15
"""
BARS = """
| Action | Lead   |
|--------|--------|
| Dredge | Office |
| Plant  | Parks  |
"""
WORDS = """
Pillar                 Goal                       Owner
Water                  Clean basin                Harbour office
Trees                  Shade everywhere           Parks
Light                  Lit quays                  Council
"""


def rows(text: str) -> list[str]:
    grids = tuple(found.grid for found in find_tables(text.split("\n")))
    builder = DocumentBuilder()
    Layout([LinedPage(grids)]).write(builder, paged=False)
    return builder.text.split("\n") if builder.blocks else []


@pytest.mark.parametrize(
    ("table", "first", "count"),
    [
        (RULED, "Action: Dredge the basin | Lead: Harbour office | Deadline: 2031", 3),
        (NUMBERS, "Year: 2028 | Vessels: 120 | Berths: 14", 3),
        (YEARS, "Emissions of the port: Ships at berth | 2029: 32.6 | 2030: 32.3 | 2031: 33.0", 2),
        (SPACED, "ACTION: Dredge the basin | LEAD: Harbour office | YEAR: 2031", 3),
        (
            TWO_LINES_OF_HEAD,
            "Part of the harbour: North | Vessels a year: 120 | Berths in use: 14",
            2,
        ),
        (BARS, "Action: Dredge | Lead: Office", 2),
        (WORDS, "Pillar | Goal | Owner", 4),
    ],
    ids=["ruled", "numbers", "years", "spaced", "two lines of head", "bars", "words"],
)
def test_rows_carry_the_head_where_one_is_evident(table: str, first: str, count: int) -> None:
    found = rows(table)
    assert (found[0], len(found)) == (first, count)


def test_an_empty_cell_moves_no_other() -> None:
    assert rows(RULED)[-1] == "Action: Widen the lock | Deadline: 2040"


def test_two_tables_are_two_and_know_their_lines() -> None:
    lines = f"Before.\n{NUMBERS}{WORDS}\nAfter.".split("\n")
    found = find_tables(lines)
    assert [lines[table.start] for table in found] == [
        "Year    Vessels   Berths",
        "Pillar                 Goal                       Owner",
    ]
    assert lines[found[-1].end - 1].startswith("Light")


@pytest.mark.parametrize(
    "text",
    [
        # Columns of prose, side by side.
        "The harbour feeds the town,      The trees shade the quay and\n"
        "and the town keeps the           nobody remembers it other\n"
        "harbour in good order for        wise, since they were planted\n"
        "all who come to it by sea.       long before the flood came.\n",
        # A table of contents.
        "Introduction            3\nGoals                   5\nMoney                   9\n",
        "I.1    The harbour      3\nI.2    The trees        5\nII.1   The money        9\n",
        # Lists with wide indents, alone and side by side.
        "1.   Dredge the basin\n2.   Plant the trees\n3.   Pay for all\n",
        "• Council        • Parks\n• Office         • Mayor\n• Pilots         • Fishers\n",
        # Labels and values.
        "Author      The council\nPlace       Norvale\nApproved    In spring\n",
        # Two rows are chance.
        "Year    Vessels   Berths\n2028        120       14\n",
    ],
    ids=["columns", "contents", "numbered contents", "list", "two lists", "labels", "two rows"],
)
def test_what_may_be_something_else_is_left_alone(text: str) -> None:
    assert rows(text) == []


def test_justified_prose_is_never_a_table() -> None:
    chance = random.Random(2031)
    words = [
        "the",
        "council",
        "of",
        "Norvale",
        "dredges",
        "its",
        "harbour",
        "and",
        "plants",
        "trees",
    ]
    for _ in range(300):
        lines = []
        for _ in range(40):
            line = chance.choices(words, k=12)
            while sum(map(len, line)) < 75:  # spread over the line, as a printer does
                place = chance.randrange(11)
                line[place] += " "
            lines.append(" ".join(line))
        assert find_tables(lines) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "line", ["the  quick brown   fox jumps", "a   " * 29, "| a | b", " " * 900]
)
def test_no_text_is_too_monotonous(line: str) -> None:
    assert find_tables([line] * 2000) == []
