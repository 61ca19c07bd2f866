"""British and American English write many words in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import other_spelling, spelt_as_in


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("programme", "program"),
        ("centres", "centers"),
        ("defence", "defense"),
        ("labour", "labor"),
        ("organisation", "organization"),
        ("decarbonisation", "decarbonization"),
        ("electrified", None),
        ("water", None),
        ("size", None),
    ],
)
def test_a_word_with_two_spellings_has_another(british: str, american: str | None) -> None:
    assert other_spelling(british) == american
    if american is not None:
        assert other_spelling(american.upper()) == british


def test_a_question_is_put_in_the_spelling_of_a_text() -> None:
    question = "Which programme does the Defence Centre organise?"
    text = "The defense center organizes a program."
    assert spelt_as_in(question, text) == "Which program does the defense center organize?"


def test_a_text_that_has_the_word_itself_changes_nothing() -> None:
    assert spelt_as_in("Which programme?", "A program, and a programme.") == "Which programme?"


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert spelt_as_in(text, "") == text
