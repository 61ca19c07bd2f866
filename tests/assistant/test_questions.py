"""Questions with known answers: how they are read, and how an answer is judged against them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import QuestionFileError
from assistant.questions import (
    GoldEvidence,
    GoldQuestion,
    file_name,
    plain,
    read_questions,
    squashed,
    trigram_share,
)

LINE: dict[str, Any] = {
    "id": "q1",
    "type": "factoid",
    "question": "How many lamps are there?",
    "documents": ["plan.pdf"],
    "evidence": [{"document": "plan.pdf", "page": 3, "quote": "There are forty lamps."}],
    "must_contain": [["forty", "40"]],
}


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines),
        encoding="utf-8",
    )
    return path


def test_a_question_is_read_with_all_that_is_known(tmp_path: Path) -> None:
    turn = {"role": "user", "content": "And the keepers?"}
    scanned = {"document": "scan.pdf", "quote": "40", "alternative": True, "text_layer": False}
    line = LINE | {"history": [turn], "evidence": [*LINE["evidence"], scanned]}
    (question,) = read_questions(written(tmp_path, line))
    assert question.answerable
    assert question.history == (turn,)
    assert question.documents == ("plan.pdf",)
    assert question.evidence == (
        GoldEvidence("plan.pdf", 3, "There are forty lamps."),
        GoldEvidence("scan.pdf", None, "40", alternative=True, text_layer=False),
    )
    assert question.must_contain == (("forty", "40"),)


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    assert len(read_questions(written(tmp_path, "", LINE, "  ", LINE | {"id": "q2"}, ""))) == 2


def test_an_unanswerable_question_needs_no_evidence(tmp_path: Path) -> None:
    line = {"id": 7, "type": "unanswerable", "question": "Who is the mayor?"}
    (question,) = read_questions(written(tmp_path, line))
    assert question.id == "7"
    assert not question.answerable


@pytest.mark.parametrize(
    "line",
    [
        *("{", "[]", "7", "null", '"words"', "{}"),
        json.dumps({**LINE, "evidence": [{"page": 1}]}),
        json.dumps({**LINE, "question": None}),
        json.dumps({**LINE, "question": " "}),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(QuestionFileError, match=r"questions\.jsonl, line 2: not a question") as e:
        read_questions(written(tmp_path, LINE, line))
    assert "needs id, type, question" in str(e.value)


@pytest.mark.parametrize("key", ["id", "type", "question", "documents", "evidence", "must_contain"])
def test_what_a_question_lacks_is_named(tmp_path: Path, key: str) -> None:
    line = {name: value for name, value in LINE.items() if name != key}
    with pytest.raises(QuestionFileError, match=f"line 1: .*{key}"):
        read_questions(written(tmp_path, line))


def test_a_file_without_a_question_or_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="holds no question"):
        read_questions(written(tmp_path, "", "  "))
    with pytest.raises(QuestionFileError, match=r"nowhere\.jsonl: cannot be read"):
        read_questions(tmp_path / "nowhere.jsonl")
    with pytest.raises(QuestionFileError, match="cannot be read"):
        read_questions(tmp_path)
    (tmp_path / "latin.jsonl").write_bytes('"é"'.encode("latin-1"))
    with pytest.raises(QuestionFileError, match=r"latin\.jsonl: cannot be read"):
        read_questions(tmp_path / "latin.jsonl")


def gold(*must_contain: tuple[str, ...], evidence: tuple[GoldEvidence, ...] = ()) -> GoldQuestion:
    return GoldQuestion("q", "factoid", "?", (), ("plan.pdf",), evidence, must_contain)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("There are 40 lamps and nine keepers.", True),
        ("Forty lamps; NINE\nKeepers!", True),
        ("40 lamps and ninekeepers", True),  # letters run together in a bad text layer
        ("There are 40 lamps.", False),
        ("", False),
    ],
)
def test_of_each_group_one_must_stand_in_the_answer(text: str, right: bool) -> None:
    assert gold(("forty", "40"), ("nine keepers",)).answered_by(text) is right


def test_an_alternative_may_stand_in_for_any_piece_of_evidence() -> None:
    one, two = GoldEvidence("a.pdf", 1, "one"), GoldEvidence("a.pdf", 2, "two")
    other = GoldEvidence("b.pdf", 1, "other", alternative=True)
    assert gold(evidence=(one, two, other)).groups == [[one, other], [two, other]]
    assert gold(evidence=(other,)).groups == [[other]]


def test_evidence_on_a_scanned_page_cannot_be_read_without_ocr() -> None:
    scanned = GoldEvidence("a.pdf", 1, "one", text_layer=False)
    assert not gold(evidence=(scanned,)).readable
    assert gold(evidence=(GoldEvidence("a.pdf", 1, "one"),)).readable


def test_plain_text_is_words_alone() -> None:
    assert plain("  Forty-two LAMPS;\n“new” (€5, 10%)") == "forty two lamps new €5 10%"
    assert plain("light-\nhouse") == "lighthouse"
    assert plain("ﬁre\u00adfly") == "firefly"
    assert plain(None) == ""
    assert squashed("Forty lamps!") == "fortylamps"


@settings(deadline=None)
@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("quote", "passage", "share"),
    [
        ("one two three", "zero one two three four", 1.0),
        ("one two three four", "one two three, and four", 0.5),
        ("one two three", "three two one", 0.0),
        ("forty lamps", "There are forty lamps.", 1.0),  # too short for a trigram
        ("forty lamps", "forty and lamps", 0.0),
        ("one two three", "", 0.0),
    ],
)
def test_the_share_of_a_quotes_trigrams(quote: str, passage: str, share: float) -> None:
    assert trigram_share(quote, passage) == share


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_quote_is_wholly_in_a_passage_around_it(quote: str, other: str) -> None:
    assert trigram_share(quote, f"{other} . {quote} . {other}") == 1.0
    assert 0.0 <= trigram_share(quote, other) <= 1.0


def test_documents_are_named_by_their_file_alone() -> None:
    assert file_name("reports/2031/plan.pdf") == "plan.pdf"
    assert file_name("reports\\plan.pdf") == "plan.pdf"
