"""Markdown is read as people write it: CommonMark, tables, HTML in between, and small slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.markdown import read_markdown


def blocks(source: str) -> list[tuple[str, int, str]]:
    builder = read_markdown("notes.md", source.encode()).builder
    return [
        (block.kind.value, block.level, builder.text[block.start : block.end])
        for block in builder.blocks
    ]


def texts(source: str) -> list[str]:
    return [text for _, _, text in blocks(source)]


def test_headings_paragraphs_and_nested_lists() -> None:
    source = "# Lighthouse plan\n\nWe will\nact:\n\n- paint\n  - the tower\n- repair\n\n"
    source += "## Money\n\n4. Fees\n5. Grants\n"
    assert blocks(source) == [
        ("heading", 1, "Lighthouse plan"),
        ("paragraph", 0, "We will act:"),
        ("list_item", 0, "paint"),
        ("list_item", 1, "the tower"),
        ("list_item", 0, "repair"),
        ("heading", 2, "Money"),
        ("list_item", 0, "4. Fees"),
        ("list_item", 0, "5. Grants"),
    ]


def test_tables_are_rows_with_their_heads() -> None:
    source = "| Lamp | Range |\n|------|------:|\n| Red | 9 km |\n| White | 14 km |\n"
    assert texts(source) == ["Lamp: Red | Range: 9 km", "Lamp: White | Range: 14 km"]


def test_links_give_their_text_and_images_what_stands_for_them() -> None:
    source = "See *the* [**old** plan](https://example.org/a.pdf). ![Range by year](chart.png)"
    assert texts(source) == ["See the old plan. Range by year"]


def test_quotes_and_code_are_read() -> None:
    assert texts("> Light\n> saves.\n\n```\n# no heading\n```\n") == [
        "Light saves.",
        "# no heading",
    ]


@pytest.mark.parametrize("source", ["##Lamps and lenses##\n\nText.", "#Lamps and lenses\n\nText."])
def test_a_heading_without_its_space_is_a_heading(source: str) -> None:
    assert blocks(source)[0][0] == "heading"
    assert texts(source) == ["Lamps and lenses", "Text."]


@pytest.mark.parametrize(
    "source",
    ["#lighthouse", "#Lights #Night", "#1 in our list is paint.", "Text\n#Night", "```\n##a\n```"],
)
def test_hashtags_and_code_are_no_headings(source: str) -> None:
    assert blocks(source)[0][0] == "paragraph"


def test_directives_alone_on_a_line_are_dropped() -> None:
    source = "{div .infobox}\nThe lamp turns.\n{/div}\n\n"
    source += "::: note\nSlowly.\n:::\n\n{% include x %}\n[TOC]\n"
    assert texts(source) == ["The lamp turns.", "Slowly."]


def test_words_in_braces_within_a_line_stay() -> None:
    assert texts("The set {red, white} is lit.") == ["The set {red, white} is lit."]


def test_html_is_read_as_html_even_over_blank_lines() -> None:
    source = (
        "<h4 class='t'>\n\n<span>Theme 1</span>\n\n</h4>\n\nIt is <b>lit</b>.<!-- never -->\n\n"
    )
    source += "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert blocks(source) == [
        ("heading", 4, "Theme 1"),
        ("paragraph", 0, "It is lit."),
        ("table_row", 0, "A: 1 | B: 2"),
    ]


def test_notes_are_paragraphs_and_their_marks_are_dropped() -> None:
    source = "The tower is old.[^1] It stands.[^b]\n\n[^1]: Built in 1874.\n[^b]: Mostly.\n"
    assert texts(source) == ["The tower is old. It stands.", "Built in 1874.", "Mostly."]


def test_front_matter_says_what_the_document_is() -> None:
    source = '---\ntitle: "Lighthouse plan"\ndate: 2024-05-06\n'
    source += "lang: en-GB\ntags:\n  - a\n---\n\n# Light\n"
    reading = read_markdown("notes.md", source.encode())
    assert (reading.title, reading.date, reading.language) == (
        "Lighthouse plan",
        "2024-05-06",
        "en",
    )
    assert reading.builder.text == "Light"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert texts("---\nFirst words here.\n\n---\n\nMore words.") == [
        "First words here.",
        "More words.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_and_line_end(encoding: str) -> None:
    builder = read_markdown("a.md", "##Été\r\n\r\nL’eau – déjà.\r\n".encode(encoding)).builder
    assert builder.text == "Été\n\nL’eau – déjà."


@given(st.text(alphabet="#*_`[]()<>|{}-+1. \nab:~^!", max_size=200))
def test_no_markdown_is_too_broken(source: str) -> None:
    read_markdown("a.md", source.encode())
