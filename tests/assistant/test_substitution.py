"""Another country, body or year takes the place of a question's own, with the words around it."""

from __future__ import annotations

import pytest

from assistant.substitution import in_place_of, possessive


@pytest.mark.parametrize(
    ("question", "target", "meant"),
    [
        ("How long is the quay in Norvale?", "in Tesmar", "How long is the quay in Tesmar?"),
        ("What does the Norvalian plan cost?", "Tesmar", "What does Tesmar's plan cost?"),
        ("What does Norvale's plan cost?", "the Tesmarian one",
         "What does the Tesmarian plan cost?"),
        ("Who runs the Port Office of Norvale?", "the Sable Islands",
         "Who runs the Port Office of the Sable Islands?"),
        ("How many lamps are on the Sable Islands?", "Tesmar", "How many lamps are in Tesmar?"),
        ("What does the plan of Tesmar cost?", "in the 2030 edition",
         "What does the 2030 plan of Tesmar cost?"),
        ("What did Norvale plan in 2014?", "Tesmar in 2021", "What did Tesmar plan in 2021?"),
        ("Qui dirige le port en Valdraine ?", "au Montréval", "Qui dirige le port au Montréval ?"),
        ("Quel est le but du plan de la Valdraine ?", "le Montréval",
         "Quel est le but du plan du Montréval ?"),
        ("Quel est le but du plan du Montréval ?", "en Aruvie",
         "Quel est le but du plan de l'Aruvie ?"),
        ("Quel est le but du plan 2016 ?", "dans celui de 2023", "Quel est le but du plan 2023 ?"),
        ("Wer leitet den Plan in Brennland?", "in Norvale", "Wer leitet den Plan in Norvale?"),
        ("¿Quién dirige el puerto de Norvale?", "en Tesmar", "¿Quién dirige el puerto de Tesmar?"),
        ("Chi guida il piano del Montréval?", "in Norvale", "Chi guida il piano di Norvale?"),
        ("Wie leidt het plan van Norvale?", "in Tesmar", "Wie leidt het plan van Tesmar?"),
    ],
)  # fmt: skip
def test_it_takes_the_place_with_the_words_around_it(
    question: str, target: str, meant: str
) -> None:
    assert in_place_of(question, target) == meant


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("Who leads Norvale's plan?", "the budget"),
        ("Who leads the harbour plan?", "in Tesmar"),
        ("How did fares change from 2014 to 2018?", "in 2021"),
    ],
)
def test_where_nothing_is_alike_nothing_is_exchanged(question: str, target: str) -> None:
    assert in_place_of(question, target) is None


def test_the_sign_of_possession_follows_the_last_letter() -> None:
    assert possessive("Norvale") == "Norvale's"
    assert possessive("the Sable Islands") == "the Sable Islands'"
