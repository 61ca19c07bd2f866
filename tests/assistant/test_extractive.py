"""The answer in the documents' own words: lists whole, statements cited, silence said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, QuestionError
from assistant.extractive import MOST_WORDS
from assistant.prompts import NEAREST, NOT_IN_THE_DOCUMENTS, SILENT
from index import sync

if TYPE_CHECKING:
    from index import Encoder

QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "samples" / "questions.jsonl")
    .read_text("utf-8")
    .splitlines()
]
MARKER = re.compile(r"(?<!\\)\[(\d+)\]")


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    """The answers to all questions about the samples."""
    return {item["id"]: assistant.answer(item["question"], item["history"]) for item in QUESTIONS}


def assert_cited(answer: Answer, assistant: Assistant) -> None:
    """Every quote stands at its span and on its page, and every marker has its citation."""
    assert bool(answer.citations) == answer.found
    for number, citation in enumerate(answer.citations, start=1):
        document = assistant.document(citation.document)
        assert citation.number == number
        assert citation.quote == document.text[citation.start : citation.end]
        assert citation.quote.strip()
        assert citation.content_hash == document.content_hash
        assert citation.page == document.page_number_at(citation.start)
        if citation.page is not None:
            assert citation.quote.split()[0] in assistant.page(document.path, citation.page).text
    if answer.found:
        first_uses = dict.fromkeys(int(number) for number in MARKER.findall(answer.text))
        assert list(first_uses) == [citation.number for citation in answer.citations]


@pytest.mark.parametrize("id", [item["id"] for item in QUESTIONS])
def test_every_citation_of_the_samples_stands_word_for_word_on_its_page(
    id: str, answers: dict[str, Answer], assistant: Assistant
) -> None:
    assert_cited(answers[id], assistant)


@pytest.mark.parametrize("id", [item["id"] for item in QUESTIONS])
def test_an_answer_has_nothing_but_cited_words(id: str, answers: dict[str, Answer]) -> None:
    answer = answers[id]
    if not answer.found:
        return
    own_words = answer.text.replace(SILENT, "")
    said = re.sub(r"\*\*.*?\*\*:", "", MARKER.sub("", own_words)).replace("\\", "")
    quoted = " ".join(citation.quote for citation in answer.citations)
    assert set(re.findall(r"\w+", said)) <= set(re.findall(r"\w+", quoted))


@pytest.mark.parametrize(
    ("question", "document", "page", "items"),
    [
        (
            "What are the five policy domains?",
            "eu-cybersecurity-strategy-2020-brief.md",
            None,
            ["International security", "diplomacy", "defence", "Partnerships", "Capacity building"],
        ),
        (
            "What goals does Port Merrow set itself for 2024?",
            "port-merrow-climate-strategy-2021-2024.pdf",
            3,
            ["Emissions", "Shore power", "Harbour heat", "Flood protection"],
        ),
        (
            "Quelles sont les trois orientations de la stratégie forestière de Valdraine ?",
            "strategie-forestiere-valdraine-2024-2034.md",
            None,
            ["diversifier les peuplements", "garder l'eau", "faire vivre la filière locale"],
        ),
    ],
)
def test_a_list_comes_whole_each_item_with_its_own_citation(
    question: str, document: str, page: int | None, items: list[str], assistant: Assistant
) -> None:
    answer = assistant.answer(question)
    assert answer.found
    lead, *cited = answer.citations
    assert [citation.document for citation in answer.citations] == [document] * (len(items) + 1)
    assert lead.quote.rstrip().endswith(":")
    assert lead.page == page
    for item, citation in zip(items, cited, strict=True):
        assert item in citation.quote
        (line,) = (line for line in answer.text.splitlines() if f" [{citation.number}]" in line)
        assert item in line


@pytest.mark.parametrize(
    ("question", "document", "words"),
    [
        (
            "Who presented the EU cybersecurity strategy in December 2020?",
            "eu-cybersecurity-strategy-2020-brief.md",
            "European Commission and the High Representative",
        ),
        (
            "What does managed retreat mean?",
            "port-merrow-climate-strategy-2025-2029.pdf",
            "giving land back to the sea",
        ),
        (
            "How long will the valley spine cycle track be?",
            "tamber-valley-cycling-strategy-2023-2030.html",
            "41 kilometres",
        ),
        (
            "How much do water customers pay towards the Osk basin water plan?",
            "river-osk-basin-water-plan-2022-2027.txt",
            "49 million",
        ),
        (
            "Who runs the portal data.norvale?",
            "norvale-open-data-policy-2024.docx",
            "National Archive",
        ),
        (
            "Qui pilote la mise en œuvre de la stratégie forestière ?",
            "strategie-forestiere-valdraine-2024-2034.md",
            "Hélène Maurand",
        ),
    ],
)
def test_a_fact_is_answered_from_its_document(
    question: str, document: str, words: str, assistant: Assistant
) -> None:
    answer = assistant.answer(question)
    assert answer.found
    assert words in answer.text
    assert any(words in item.quote for item in answer.citations if item.document == document)


@pytest.mark.parametrize(
    "question", ["What is the capital of Australia?", "Wie hoch ist der Mount Everest?"]
)
def test_what_no_document_says_is_not_answered(question: str, assistant: Assistant) -> None:
    answer = assistant.answer(question)
    assert not answer.found
    assert answer.citations == ()
    assert answer.text.startswith(NOT_IN_THE_DOCUMENTS)
    nearest = answer.text.partition(NEAREST)[2]
    assert answer.evidence[0].passage.title in nearest


def test_a_refusal_names_the_documents_that_could_not_be_read(coast: Assistant) -> None:
    answer = coast.answer("What is the price of herring in Peru?")
    assert not answer.found
    assert "Not read, and so not searched: broken.pdf." in answer.text


def test_a_name_that_the_documents_do_not_hold_is_a_near_miss(coast: Assistant) -> None:
    assert coast.answer("Who leads the lighthouse plan?").found
    assert not coast.answer("Who leads the lighthouse plan of Tasmania?").found


def test_a_question_about_money_is_not_answered_with_another_figure(coast: Assistant) -> None:
    assert coast.answer("How much does the authority spend on lamp oil?").found
    assert not coast.answer("How much does the foghorn note cost?").found


@pytest.mark.parametrize("id", [item["id"] for item in QUESTIONS if item["type"] != "list"])
def test_an_answer_of_sentences_is_short(id: str, answers: dict[str, Answer]) -> None:
    answer = answers[id]
    sentences = [line for line in answer.text.splitlines() if line.strip()]
    if not answer.found or len(sentences) > 1:
        return  # a list, or a comparison
    longest = max(len(citation.quote.split()) for citation in answer.citations)
    # Sentences that others lean on come on top of what was chosen.
    assert len(answer.text.split()) <= max(2 * MOST_WORDS, longest) + len(answer.citations)


def test_a_comparison_is_answered_from_each_document_under_its_title(
    answers: dict[str, Answer],
) -> None:
    answer = answers["s011"]
    paths = {f"port-merrow-climate-strategy-{years}.pdf" for years in ("2021-2024", "2025-2029")}
    assert set(answer.searched) == paths
    assert {citation.document for citation in answer.citations} == paths
    for citation in answer.citations:
        assert f"**{citation.title}**: " in answer.text


def test_a_document_that_is_silent_is_named_in_a_comparison(
    remembering: Encoder, tmp_path: Path
) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "alderney.md").write_text(
        "# The Alderney plan\n\nThe Alderney plan sets the harbour fee at 14 crowns a metre.\n"
    )
    (folder / "brecqhou.md").write_text(
        "# The Brecqhou plan\n\nSheep graze on the cliffs, and walkers keep to the western path.\n"
    )
    sync(folder, tmp_path / "index", encoder=remembering)
    with Assistant.open(tmp_path / "index", encoder=remembering) as assistant:
        answer = assistant.answer(
            "How high is the harbour fee in the Alderney plan and in the Brecqhou plan?"
        )
    assert answer.found
    assert "14 crowns" in answer.text
    assert f"**The Brecqhou plan**: {SILENT}" in answer.text


def test_what_a_document_smuggles_in_stays_text(coast: Assistant) -> None:
    answer = coast.answer("How is a foghorn tested?")
    assert answer.found
    assert_cited(answer, coast)
    assert "\\[99\\]" in answer.text
    assert "](" not in answer.text.replace("\\](", "")
    assert not re.search(r"(?<!\\)<", answer.text)


def test_instructions_in_a_document_are_words_like_any_other(coast: Assistant) -> None:
    answer = coast.answer("Who leads the lighthouse plan?")
    assert "Ada Thorne" in answer.text
    assert "broken" not in answer.text


def test_the_surer_of_two_questions_has_the_higher_confidence(coast: Assistant) -> None:
    sure = coast.answer("Who leads the lighthouse plan?").confidence
    unsure = coast.answer("What is the price of herring?").confidence
    assert 0.0 <= unsure < sure <= 1.0


question_texts = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["who", "lists", "aims", "[1]", "²", "AND", "foghorn", "\\", '"', "lamp:", "\ud800"]
        ),
        max_size=8,
    ).map(" ".join),
)


@settings(max_examples=25, deadline=None)
@given(question_texts)
def test_any_text_is_answered_with_checked_citations_or_refused(
    coast: Assistant, question: str
) -> None:
    try:
        answer = coast.answer(question)
    except QuestionError:
        return
    assert_cited(answer, coast)
    assert answer.text
