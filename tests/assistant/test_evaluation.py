"""Evaluation: the figures of a question file, worked out by hand and by the script they follow."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Citation, Evaluation, QuestionFileError, evaluate
from assistant.questions import read_questions
from assistant.record import Record
from index import Evidence
from ingest import Passage

if TYPE_CHECKING:
    from assistant import Assistant

ROOT = Path(__file__).parents[2]
SCORE = ROOT.parent / "shared" / "corpus" / "score.py"

LAMPS = "The harbour has forty lamps on its quays."
BASIN, CRANE = "The first aim is a deeper basin.", "The second aim is a taller crane."


def question(id: str, type: str = "factoid", **more: Any) -> dict[str, Any]:
    return {
        "id": id, "type": type, "question": "?", "documents": [], "evidence": [],
        "must_contain": [], **more,
    }  # fmt: skip


QUESTIONS = [
    question(
        "lamps",
        documents=["a.pdf"],
        evidence=[{"document": "a.pdf", "page": 3, "quote": LAMPS}],
        must_contain=[["forty", "40"]],
    ),
    question(
        "aims",
        "list",
        documents=["a.pdf", "c.md"],
        evidence=[
            {"document": "a.pdf", "page": 1, "quote": BASIN},
            {"document": "c.md", "page": None, "quote": CRANE},
        ],
        must_contain=[["deeper basin"], ["taller crane"]],
    ),
    question("mayor", "unanswerable"),
    question("fine", "unanswerable"),
    question(
        "scan",
        documents=["scan.pdf"],
        evidence=[
            {"document": "scan.pdf", "page": 1, "quote": "Nine keepers", "text_layer": False}
        ],
        must_contain=[["nine"]],
    ),
]


def citation(document: str, page: int | None, quote: str) -> Citation:
    return Citation(1, document, "", page, None, (), quote, 0, len(quote), "0")


def evidence(document: str, page: int | None, text: str) -> Evidence:
    return Evidence(Passage(document, "0", "", 0, 0, len(text), text, (), page, page), 0.1)


ANSWERS = {
    "lamps": Answer(
        "?",
        "It has forty lamps. [1]",
        True,
        (citation("sub/a.pdf", 3, LAMPS),),
        (evidence("b.pdf", 1, "Ships rust."), evidence("sub/a.pdf", 3, f"Night falls. {LAMPS}")),
    ),
    "aims": Answer(
        "?",
        "The first aim is a deeper basin. [1] Ships rust. [2]",
        True,
        (citation("a.pdf", 2, BASIN), citation("b.pdf", 1, "Ships rust.")),
        (evidence("a.pdf", 1, BASIN), evidence("a.pdf", 5, "Dry docks are dry.")),
    ),
    "mayor": Answer("?", "The documents do not say.", False),
    "fine": Answer("?", "It is 5 crowns. [1]", True, (citation("a.pdf", 1, "5 crowns"),)),
    "scan": Answer("?", "The documents do not say.", False),
}
TIMES = {"lamps": 10.0, "aims": 20.0, "mayor": 30.0, "fine": 40.0, "scan": 90.0}

BY_HAND = {
    "refused_unanswerable": 0.5,  # mayor, but not fine
    "false_refusal": 0.333,  # scan, of the three that can be answered
    "evidence@1": 0.25,  # nothing of lamps, half of aims; scan can only be read by OCR
    "evidence@5": 0.75,
    "evidence@10": 0.75,
    "document@1": 0.0,  # aims needs both of its documents
    "document@5": 0.333,
    "document@10": 0.333,
    "answer_right": 0.333,
    "answer_words": 7.0,  # 5, 11 and 5, markers counted
    "cited_document_right": 0.75,
    "citation_precision": 0.75,
    "citation_recall": 0.75,
    "page_right": 0.5,  # aims cites page 2 of a.pdf in place of page 1
    "right_and_cited": 0.333,
    "ms_p50": 30.0,
    "ms_p95": 80.0,  # of five values the fifth and the fourth, mixed
    "by_type": {"factoid": "1/2", "list": "0/1"},
    "questions": 5,
}


def written(path: Path, questions: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    return path


def evaluation_of(
    path: Path, questions: list[dict[str, Any]], answers: dict[str, Answer]
) -> Evaluation:
    return Evaluation(
        tuple(
            Record.of(gold, answers[gold.id], TIMES[gold.id])
            for gold in read_questions(written(path / "questions.jsonl", questions))
        )
    )


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The script whose figures these are, where it is at hand."""
    if not SCORE.is_file():
        pytest.skip("the script that the figures are compared with is not here")
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    assert evaluation_of(tmp_path, QUESTIONS, ANSWERS).figures == BY_HAND


def test_every_figure_has_an_interval_around_it_over_all_questions_and_by_type(
    tmp_path: Path,
) -> None:
    evaluation = evaluation_of(tmp_path, QUESTIONS, ANSWERS)
    for name, estimate in evaluation.estimates.items():
        assert estimate.low <= estimate.mean <= estimate.high
        assert round(estimate.mean, 3) == BY_HAND[name]
    assert evaluation.estimates["answer_right"].count == 3
    assert evaluation.estimates["page_right"].count == 2
    kinds = evaluation.estimates_by_type
    assert list(kinds) == ["factoid", "list", "unanswerable"]
    assert kinds["list"]["evidence@5"].mean == 0.5
    assert list(kinds["unanswerable"]) == ["refused_unanswerable"]
    told = json.loads(json.dumps(evaluation.to_dict()))
    assert told["answer_right"] == told["estimates"]["answer_right"]["mean"] == 0.333
    assert told["estimates_by_type"]["factoid"]["answer_right"]["count"] == 2


def test_what_is_wrong_is_known(tmp_path: Path) -> None:
    wrong = evaluation_of(tmp_path, QUESTIONS, ANSWERS).wrong
    assert [record.question.id for record in wrong] == ["aims", "fine", "scan"]


def test_the_script_comes_to_the_same_figures(tmp_path: Path, score: ModuleType) -> None:
    evaluation = evaluation_of(tmp_path, QUESTIONS, ANSWERS)
    records = {record.question.id: record.to_dict() for record in evaluation.records}
    figures = score.score(QUESTIONS, json.loads(json.dumps(records)))
    assert figures | {"ms_p95": BY_HAND["ms_p95"]} == evaluation.figures == BY_HAND


WORDS = st.lists(st.sampled_from(["lamp", "forty", "aims", "9", "€", "-\n", "quay"]), max_size=9)
TEXTS = WORDS.map(" ".join)
FILES = st.sampled_from(["a.pdf", "b.pdf", "c.md"])
PAGES = st.one_of(st.none(), st.integers(1, 2))
ANY_ANSWER = st.builds(
    lambda found, text, cited, seen: Answer("?", text, found, tuple(cited), tuple(seen)),
    st.booleans(),
    TEXTS,
    st.lists(st.builds(citation, FILES, PAGES, TEXTS), max_size=3),
    st.lists(st.builds(evidence, FILES.map("in/".__add__), PAGES, TEXTS), max_size=12),
)
ANY_GOLD = st.fixed_dictionaries(
    {
        "documents": st.lists(FILES, min_size=1, max_size=2, unique=True),
        "evidence": st.lists(
            st.fixed_dictionaries(
                {"document": FILES, "page": PAGES, "quote": TEXTS},
                optional={"text_layer": st.booleans(), "alternative": st.booleans()},
            ),
            min_size=1,
            max_size=3,
        ),
        "must_contain": st.lists(st.lists(TEXTS, min_size=1, max_size=2), max_size=2),
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_the_script_agrees_whatever_was_answered(
    tmp_path: Path, score: ModuleType, data: st.DataObject
) -> None:
    ids = sorted(TIMES)[: data.draw(st.integers(1, 4))]
    types = st.sampled_from(["factoid", "list", "unanswerable"])
    questions = [question(id, data.draw(types), **data.draw(ANY_GOLD)) for id in ids]
    answers = {id: data.draw(ANY_ANSWER) for id in ids}
    evaluation = evaluation_of(tmp_path, questions, answers)
    records = {record.question.id: record.to_dict() for record in evaluation.records}
    figures, others = evaluation.figures, score.score(questions, records)
    assert figures.pop("by_type") == others.pop("by_type")
    assert figures.pop("ms_p95") >= figures["ms_p50"]  # the script has none
    assert figures == pytest.approx(others, abs=0.001)  # both are rounded


def test_all_questions_of_a_file_are_asked(coast: Assistant, tmp_path: Path) -> None:
    plan = "lighthouse-plan-2031.md"
    path = written(
        tmp_path / "questions.jsonl",
        [
            question(
                "leader",
                "who",
                question="Who leads the lighthouse plan?",
                documents=[plan],
                evidence=[{"document": plan, "page": None, "quote": "Ada Thorne leads the"}],
                must_contain=[["Ada Thorne"]],
            ),
            question(
                "oil",
                "followup",
                question="And how much does it spend on oil?",
                history=[{"role": "user", "content": "Which authority keeps the lamps?"}],
                documents=[plan],
                evidence=[{"document": plan, "page": None, "quote": "spends 12 million crowns"}],
                must_contain=[["12 million"]],
            ),
            question("herring", "unanswerable", question="What is the price of herring in Peru?"),
        ],
    )
    seen: list[tuple[str, int]] = []
    evaluation = evaluate(
        coast, path, lambda record, total: seen.append((record.question.question, total))
    )
    assert [total for _, total in seen] == [3, 3, 3]
    assert seen[2][0] == "What is the price of herring in Peru?"
    assert all(record.right for record in evaluation.records)
    assert all(record.milliseconds > 0 for record in evaluation.records)
    assert evaluation.records[1].standalone.startswith("Which authority keeps the lamps?")
    assert evaluation.figures["by_type"] == {"followup": "1/1", "who": "1/1"}


def test_a_file_that_holds_no_question_is_refused(coast: Assistant, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("\n")
    with pytest.raises(QuestionFileError, match=r"questions\.jsonl"):
        evaluate(coast, tmp_path / "questions.jsonl")
