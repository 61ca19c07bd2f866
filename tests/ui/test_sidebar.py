"""The list of conversations goes by age, and holds nothing that is alive."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from selectolax.lexbor import LexborHTMLParser

from ui.conversation import Conversation
from ui.conversations import LISTED
from ui.sidebar import list_html

TODAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12).astimezone()


def conversation(title: str = "Which quays?", days: int = 0, **kept: object) -> Conversation:
    moment = NOON - timedelta(days=days)
    return Conversation(f"id-{days}", "ann", title, (), bool(kept.get("shared")), moment)


def test_conversations_are_grouped_by_age() -> None:
    shown = LexborHTMLParser(list_html([conversation(days=n) for n in (0, 1, 3, 9, 400)], TODAY))
    assert [head.text() for head in shown.css("h2")] == [
        "Today", "Yesterday", "Last seven days", "Earlier",
    ]  # fmt: skip
    assert [len(group.css("li")) for group in shown.css("ul")] == [1, 1, 1, 2]
    assert shown.css_first("a").attributes["href"] == "?c=id-0"


def test_an_empty_list_says_why() -> None:
    assert "Nothing asked yet" in list_html([], TODAY)
    assert "No conversation holds these words" in list_html([], TODAY, words="quay")


def test_what_was_deleted_can_be_brought_back() -> None:
    undo = LexborHTMLParser(list_html([], TODAY, undo="id-7")).css_first("[data-restore]")
    assert undo.attributes["data-restore"] == "id-7"


def test_a_shared_one_is_marked() -> None:
    rows = LexborHTMLParser(list_html([conversation(shared=True), conversation()], TODAY)).css("li")
    assert ["data-shared" in row.attributes for row in rows] == [True, False]


def test_a_full_list_says_how_older_ones_are_found() -> None:
    assert "found by their words" in list_html([conversation()] * LISTED, TODAY)


def test_titles_are_only_text() -> None:
    html = list_html([conversation('"><img src=x onerror=alert(1)>')], TODAY, notice="<img src=x>")
    assert not LexborHTMLParser(html).css("img")
