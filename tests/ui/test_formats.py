"""Dates, spans of time and languages are written as the reader writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ui.formats import day, language_name, since
from ui.language import speaking


@pytest.mark.parametrize(
    ("tag", "iso", "written"),
    [
        ("en", "2031-05-14", "May 14, 2031"),
        ("en-GB", "2031-05-14", "14 May 2031"),
        ("de", "2031-05-14", "14.05.2031"),
        ("fr", "2031-05-14", "14 mai 2031"),
        ("de", "2031-12", "Dez. 2031"),
        ("fr", "2031-12", "déc. 2031"),
        ("de", "2031", "2031"),
        ("de", "2031-02-31", "2031-02-31"),  # no day of the calendar
        ("de", "autumn", "autumn"),
        ("de", "in autum2", "in autum2"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(tag: str, iso: str, written: str) -> None:
    with speaking(tag):
        assert day(iso) == written


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "3 minutes ago"), ("de", "vor 3 Minuten"), ("fr", "il y a 3\xa0minutes")],
)
def test_a_moment_is_told_by_how_long_ago_it_was(tag: str, words: str) -> None:
    moment = datetime.now(UTC) - timedelta(minutes=3, seconds=10)
    with speaking(tag):
        shown = since(moment)
    assert words.replace("\xa0", " ") in shown.replace("\xa0", " ")
    assert f'datetime="{moment.isoformat()}"' in shown


def test_a_clock_that_was_set_back_tells_of_no_future() -> None:
    with speaking("de"):
        assert "vor 1 Sekunde" in since(datetime.now(UTC) + timedelta(hours=1))


def test_a_language_has_its_name_in_the_readers_own() -> None:
    assert language_name("fr") == "French"
    with speaking("de"):
        assert language_name("en") == "Englisch"
        assert language_name("xx") == "xx"
        assert language_name("<b>") == "<b>"
