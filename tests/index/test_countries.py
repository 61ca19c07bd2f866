"""Countries: named by a name in some language, an adjective or an abbreviation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.countries import countries_in, token


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the Dutch strategy", ["NLD"]),
        ("Netherlands_2013_plan.pdf", ["NLD"]),
        ("la stratégie des Pays-Bas et de l'Allemagne", ["NLD", "DEU"]),
        ("New Zealand's goals", ["NZL"]),
        ("the US and the UK", ["USA", "GBR"]),
        ("what Estonians and the Swiss think", ["EST", "CHE"]),
        ("Papua New Guinea, not Guinea-Bissau", ["PNG", "GNB"]),
    ],
)
def test_a_country_is_found_by_what_it_is_called(text: str, codes: list[str]) -> None:
    assert [country.code for country in countries_in(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "IT supply chains",
        "CIVIL AND MILITARY",
        "tell us of it",
        "la mesa de la casa",
        "Green Islands",
        "",
    ],
)
def test_codes_and_small_words_are_no_countries(text: str) -> None:
    assert countries_in(text) == {}


def test_the_words_that_name_a_country_are_given_as_they_stand() -> None:
    assert list(countries_in("Is it New Zealand's?").values()) == ["New Zealand"]


@given(st.text())
def test_any_text_will_do_and_tokens_are_no_words(text: str) -> None:
    for country, words in countries_in(text).items():
        assert words.split()
        assert " " in token(country)
