"""The documents of a conversation are chosen by title, path or folder."""

from __future__ import annotations

import json
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from conversing import FOREST, HARBOUR, SCAN
from ui.limits import SHOWN, Choice, choices, choices_html, limits_html

TITLES = {"plans/harbour.pdf": "Harbour plan", "plans/forest.md": "Forest charter"}


def values(html: str) -> list[str | None]:
    return [box.attributes["value"] for box in LexborHTMLParser(html).css("input")]


def test_folders_come_first_then_what_could_be_read_by_title() -> None:
    deep = replace(HARBOUR, path="plans/old/quay.pdf", title="")
    assert choices([HARBOUR, deep, SCAN, FOREST]) == [
        Choice("plans/*", "plans", "3 documents"),
        Choice("plans/old/*", "plans/old", "1 document"),
        Choice("plans/old/quay.pdf", "plans/old/quay.pdf", "plans/old/quay.pdf · 2023"),
        Choice("plans/forest.md", "Forest charter", "plans/forest.md"),
        Choice("plans/harbour.pdf", "Harbour plan", "plans/harbour.pdf · 2023"),
    ]


def test_words_are_looked_for_in_titles_paths_and_years() -> None:
    known = choices([HARBOUR, FOREST])
    assert values(choices_html(known, "CHARTER", set())) == ["plans/forest.md"]
    assert values(choices_html(known, "plan 2023", set())) == ["plans/harbour.pdf"]
    assert "No document matches" in choices_html(known, "lighthouse", set())


def test_the_chosen_come_first_and_are_ticked() -> None:
    html = choices_html(choices([HARBOUR, FOREST]), "", {"plans/harbour.pdf"})
    assert values(html)[0] == "plans/harbour.pdf"
    ticked = LexborHTMLParser(html).css("input[checked]")
    assert [box.attributes["value"] for box in ticked] == ["plans/harbour.pdf"]


def test_of_many_the_first_are_shown_and_the_rest_counted() -> None:
    many = [replace(FOREST, path=f"{number}.md") for number in range(SHOWN + 5)]
    html = choices_html(choices(many), "", set())
    assert len(values(html)) == SHOWN
    assert "5 more" in html


def test_the_line_names_what_is_searched() -> None:
    assert "All documents" in limits_html((), TITLES)
    limits = ("plans/harbour.pdf", "plans/*", "gone.md", "b.md", "c.md")
    shown = LexborHTMLParser(limits_html(limits, TITLES))
    names = [chip.text() for chip in shown.css(".chip > span")]
    assert names == ["Harbour plan", "plans", "gone.md"]
    assert "and 2 more" in shown.body.text()
    kept = shown.css_first(".choose").attributes["data-limits"]
    assert json.loads(kept or "") == list(limits)


def test_names_are_only_text() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    document = replace(FOREST, path=f"{hostile}/{hostile}", title=hostile)
    for html in (
        choices_html(choices([document]), "", set()),
        limits_html((hostile,), {hostile: hostile}),
    ):
        assert not LexborHTMLParser(html).css("img")
