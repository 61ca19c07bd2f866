"""Outline lists: what a document's own headings count or gather."""

from __future__ import annotations

from textwrap import dedent

import pytest

from assistant.lists import Enumeration
from assistant.outline import announced_lists, outline_lists
from ingest import read

PLAN = """\
# Coast plan

Words to begin with.

## Pillar One: Light

Lamps on every cape.

### Measures

Oil is bought.

## Pillar Two: Warmth

Peat for the keepers.

## Basic principles

They hold for everybody.

### 4.1 Thrift

Nothing is wasted.

### 4.2 Care

Nobody is left out.

### 4.3 Haste

Nothing waits.

## Annex

A map.
"""


def lists_for(question: str, text: str = PLAN) -> list[Enumeration]:
    return outline_lists(read("plan.md", dedent(text).encode()), question)


def announced_for(question: str, text: str) -> list[Enumeration]:
    return announced_lists(read("plan.md", text.encode()), question)


def test_headings_that_count_pillars_are_the_list_of_pillars() -> None:
    (found,) = lists_for("What are the pillars of the plan?")
    assert found.lead_text == "Coast plan"
    assert found.item_texts == ("Pillar One: Light", "Pillar Two: Warmth")


def test_the_sections_of_a_heading_that_names_them_are_its_items() -> None:
    (found,) = lists_for("Which principles guide it?")
    assert found.lead_text == "Basic principles"
    assert [text.split()[-1] for text in found.item_texts] == ["Thrift", "Care", "Haste"]


def test_a_number_on_a_line_of_its_own_goes_with_the_name_below_it() -> None:
    text = "# Plan\n\n## GOAL I\n\n## Light\n\nOil.\n\n## GOAL II\n\n## Warmth\n\nPeat.\n"
    (found,) = lists_for("What are its goals?", text)
    assert [text.split()[-1] for text in found.item_texts] == ["Light", "Warmth"]


def test_what_a_sentence_announces_is_a_list_of_as_many_headings() -> None:
    goals = "".join(f"# {name}\n\nMore of it.\n\n" for name in ("LIGHT", "WARMTH", "PEACE", "MAPS"))
    (found,) = announced_for(
        "What are its goals?", f"# Plan\n\nThe plan has three goals:\n\n{goals}"
    )
    assert found.lead_text == "The plan has three goals:"
    assert found.item_texts == ("LIGHT", "WARMTH", "PEACE")


def test_a_list_that_a_sentence_announces_is_found_wherever_it_stands() -> None:
    text = "# Plan\n\nThese are our aims:\n\n- light\n- warmth\n\nWe need:\n\n- oil\n- peat\n"
    (found,) = announced_for("Which aims has the plan?", text)
    assert found.item_texts == ("light", "warmth")


@pytest.mark.parametrize("question", ["Who leads it?", "Which sectors took part?", ""])
def test_what_no_heading_is_about_is_no_list(question: str) -> None:
    assert lists_for(question) == []


def test_one_heading_is_no_list() -> None:
    assert lists_for("What are its aims?", "# Plan\n\n## Aim 1: Light\n\nOil.\n") == []
