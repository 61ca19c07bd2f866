"""Words of one sense: what a question calls leading, its answer may call coordinating."""

from __future__ import annotations

import pytest

from assistant.alike import senses
from index.lexical import terms


@pytest.mark.parametrize(
    ("asked", "said", "language"),
    [
        ("Who leads it?", "The Road Office coordinates the plan.", "en"),
        ("What does it cost?", "The state sets aside a budget.", "en"),
        ("Which target is set?", "Our aims are few.", "en"),
        ("Wer leitet das Programm?", "Das Amt koordiniert die Arbeit.", "de"),
        ("Qui dirige le plan ?", "Le syndicat pilote la mise en œuvre.", "fr"),
        ("Who leads it?", "Le syndicat pilote la mise en œuvre.", "fr"),
    ],
)
def test_they_share_a_sense(asked: str, said: str, language: str) -> None:
    assert senses(terms(asked, language), language) & senses(terms(said, language), language)


def test_words_of_the_subject_have_none() -> None:
    assert senses(terms("Lighthouses, peat and bridges of Norvale", "en"), "en") == set()
