"""The line above the question says what a conversation is limited to."""

from __future__ import annotations

import json

from selectolax.lexbor import LexborHTMLParser

from ui.limits import limits_html

TITLES = {"plans/harbour.pdf": "Harbour plan", "plans/forest.md": "Forest charter"}


def test_the_line_names_what_is_searched() -> None:
    assert "All documents" in limits_html((), TITLES)
    limits = ("plans/harbour.pdf", "plans/*", "gone.md", "b.md", "c.md")
    shown = LexborHTMLParser(limits_html(limits, TITLES))
    names = [chip.text() for chip in shown.css(".chip > span")]
    assert names == ["Harbour plan", "plans", "gone.md"]
    assert "and 2 more" in shown.body.text()
    kept = shown.css_first(".choose").attributes["data-limits"]
    assert json.loads(kept or "") == list(limits)


def test_years_and_languages_have_names_for_people() -> None:
    shown = LexborHTMLParser(limits_html(("/year/2020-2024", "/year/2031", "/language/de"), {}))
    names = [chip.text() for chip in shown.css(".chip > span")]
    assert names == ["2020–2024", "2031", "German"]


def test_names_are_only_text() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    for limit in (hostile, f"/year/{hostile}", f"/language/{hostile}"):
        assert not LexborHTMLParser(limits_html((limit,), {hostile: hostile})).css("img")
