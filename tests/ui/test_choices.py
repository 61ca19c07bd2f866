"""A conversation is limited to documents, folders, years and languages, found by their words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from conversing import FOREST, HARBOUR, SCAN
from index import Scope
from ui.choices import SHOWN, Choice, choices, choices_html, scope_of_limits

OLD = replace(HARBOUR, path="old.pdf", title="Old plan", date="1998-05")
CHARTA = replace(FOREST, path="charta.md", title="Waldcharta", language="de", date="2024-02-09")


def values(html: str) -> list[str | None]:
    return [box.attributes["value"] for box in LexborHTMLParser(html).css("input")]


def test_kinds_and_folders_come_first_then_what_could_be_read_by_title() -> None:
    deep = replace(HARBOUR, path="plans/old/quay.pdf", title="")
    assert choices([HARBOUR, deep, SCAN, FOREST]) == [
        Choice("/language/en", "English", "3 documents"),
        Choice("/year/2023", "2023", "2 documents"),
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


def kinds(html: str) -> list[str | None]:
    """The years and languages that are offered."""
    return [box.attributes["value"] for box in LexborHTMLParser(html).css(".kind input")]


def test_years_and_languages_are_offered_where_there_are_several() -> None:
    known = choices([HARBOUR, OLD, CHARTA, SCAN])
    assert kinds(choices_html(known, "", set())) == [
        "/language/en",
        "/language/de",
        "/year/2024",
        "/year/2023",
        "/year/1998",
    ]
    assert kinds(choices_html(choices([HARBOUR, FOREST]), "", set())) == []
    assert kinds(choices_html(known, "german", set())) == ["/language/de"]


def test_a_span_of_years_that_is_typed_can_be_chosen_and_stays() -> None:
    known = choices([HARBOUR, OLD, CHARTA])
    assert kinds(choices_html(known, "1998-2023", set())) == ["/year/1998-2023"]
    assert "/year/2023-1998" not in kinds(choices_html(known, "2023-1998", set()))
    html = choices_html(known, "", {"/year/1998-2023"})
    ticked = LexborHTMLParser(html).css("input[checked]")
    assert [box.attributes["value"] for box in ticked] == ["/year/1998-2023"]


def test_of_many_years_the_latest_are_offered() -> None:
    known = choices([replace(OLD, path=f"{year}.md", date=f"{year}") for year in range(1980, 2024)])
    offered = kinds(choices_html(known, "", {"/year/1985"}))
    assert offered[0] == "/year/1985"
    assert "/year/2023" in offered
    assert "/year/1990" not in offered
    assert kinds(choices_html(known, "1990", set())) == ["/year/1990"]


@pytest.mark.parametrize(
    ("limits", "scope"),
    [
        (["a.md", "plans/*"], Scope(documents=("a.md", "plans/*"))),
        (["/year/2024"], Scope(years=(2024,))),
        (["/year/2020-2022", "/year/2031"], Scope(years=(2020, 2021, 2022, 2031))),
        (["/language/de", "a.md"], Scope(documents=("a.md",), languages=("de",))),
        (["/year/soon"], Scope(documents=("/year/soon",))),  # which no document is called
    ],
)
def test_limits_are_a_scope(limits: list[str], scope: Scope) -> None:
    assert scope_of_limits(limits) == scope


def test_names_are_only_text() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    document = replace(FOREST, path=f"{hostile}/{hostile}", title=hostile, language=hostile)
    for chosen in (set(), {f"/year/{hostile}", f"/language/{hostile}"}):
        html = choices_html(choices([document, replace(HARBOUR, date=hostile)]), "", chosen)
        assert not LexborHTMLParser(html).css("img")
