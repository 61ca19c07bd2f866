"""What sort of answer a question asks for is told by its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.kinds import QuestionKind, kind_of

QUESTIONS = {
    QuestionKind.LIST: [
        "What are the five policy domains?",
        "What were the main findings?",
        "Which principles guide the plan?",
        "What strategic priorities does the charter set?",
        "List the members of the board.",
        "Please name the partners.",
        "Quelles sont les trois orientations ?",
        "Citez les mesures du plan.",
        "Welche Ziele sind im Plan genannt?",
        "Nennen Sie die Ziele.",
    ],
    QuestionKind.NUMBER: [
        "How many goals does the strategy set?",
        "How much will the wall cost?",
        "How long will the cycle track be?",
        "When was the plan adopted?",
        "In which year does it end?",
        "What is the budget for 2025?",
        "Combien de communes compte le syndicat ?",
        "Quand le plan a-t-il été adopté ?",
        "Wie viele Schulen gibt es?",
        "Wann endet das Programm?",
    ],
    QuestionKind.WHO: [
        "Who leads the strategy?",
        "Whom does the office report to?",
        "Which body runs the portal?",
        "Which public authority is in charge?",
        "Qui pilote la mise en œuvre ?",
        "Quel ministère paie ?",
        "Wer leitet das Programm?",
    ],
    QuestionKind.REASON: [
        "Why was the target missed?",
        "How will the city heat the old town?",
        "For what reasons was it postponed?",
        "Pourquoi le syndicat a-t-il changé d’avis ?",
        "Comment la forêt sera-t-elle replantée ?",
        "Warum wird die Mauer erhöht?",
        "Why does nobody say how many lamps there are?",
        "And why not?",
    ],
    QuestionKind.DEFINITION: [
        "What does managed retreat mean?",
        "What does PESCO stand for?",
        "How is resilience defined?",
        "What is a school street?",
        "Que signifie « libre évolution » ?",
        "Was bedeutet Resilienz?",
        "Qu’appelle-t-on un phare ?",
        "Was versteht man unter einem Leuchtfeuer?",
    ],
    QuestionKind.YES_NO: [
        "Is the ferry free of charge?",
        "Does the board pay for wrecks?",
        "Le syndicat a-t-il changé d’avis ?",
        "Gibt es eine Fähre?",
    ],
    QuestionKind.FACT: [
        "Where does the railway end?",
        "Où se trouve la scierie ?",
        "Wo steht das Kraftwerk?",
    ],
}
CASES = [(kind, asked) for kind, questions in QUESTIONS.items() for asked in questions]


@pytest.mark.parametrize(("kind", "asked"), CASES, ids=[asked for _, asked in CASES])
def test_the_kind_of_a_question(kind: QuestionKind, asked: str) -> None:
    assert kind_of(asked) is kind


@pytest.mark.parametrize(("kind", "asked"), CASES, ids=[asked for _, asked in CASES])
def test_capitals_and_a_missing_question_mark_change_nothing(
    kind: QuestionKind, asked: str
) -> None:
    assert kind_of(asked.upper()) is kind
    assert kind_of(asked.lower().rstrip(" ?.")) is kind


@settings(deadline=None)
@given(st.text())
def test_every_text_has_a_kind(text: str) -> None:
    assert kind_of(text) in QuestionKind
