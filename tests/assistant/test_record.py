"""Records: what was answered is saved and read back, and where the evidence stood in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Citation, QuestionFileError
from assistant.questions import GoldEvidence, GoldQuestion
from assistant.record import RETRIEVED, Excerpt, Record, read_records
from index import Evidence
from ingest import Passage

LAMPS = "The harbour has forty lamps on its quays."
GOLD = GoldQuestion(
    "lamps", "factoid", "How many lamps?", (), ("a.pdf",), (GoldEvidence("a.pdf", 3, LAMPS),),
    (("forty",),),
)  # fmt: skip
RECORD = Record(
    GOLD,
    True,
    "It has forty lamps. [1]",
    (Excerpt("sub/a.pdf", 3, LAMPS),),
    (Excerpt("b.pdf", None, "Ships rust."), Excerpt("sub/a.pdf", 3, f"Night falls. {LAMPS}")),
    12.5,
    "How many lamps has the harbour?",
)


def saved(path: Path, *records: Record) -> Path:
    lines = [json.dumps(record.to_dict()) for record in records]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_an_answer_is_kept_with_what_it_cites_and_the_first_passages() -> None:
    passages = [
        Evidence(Passage("a.pdf", "0", "", n, 0, 5, f"Lamp {n}", (), 1, 1), 0.1) for n in range(20)
    ]
    cited = Citation(1, "a.pdf", "", 1, None, (), "Lamp 3", 0, 6, "0")
    record = Record.of(GOLD, Answer("?", "It is lit.", True, (cited,), tuple(passages)), 7.0)
    assert record.citations == (Excerpt("a.pdf", 1, "Lamp 3"),)
    assert [item.text for item in record.retrieved] == [f"Lamp {n}" for n in range(RETRIEVED)]
    assert (record.found, record.text, record.milliseconds) == (True, "It is lit.", 7.0)


def test_what_was_saved_is_read_back_whole(tmp_path: Path) -> None:
    assert read_records(saved(tmp_path / "run.jsonl", RECORD), [GOLD]) == [RECORD]


def test_the_place_of_each_piece_of_evidence_is_known() -> None:
    other = GoldEvidence("a.pdf", 4, "The crane is painted a dark green.")
    two = replace(RECORD, question=replace(GOLD, evidence=(*GOLD.evidence, other)))
    assert RECORD.ranks == [2]
    assert two.ranks == [2, None]


def test_records_of_other_questions_are_passed_over(tmp_path: Path) -> None:
    path = saved(tmp_path / "run.jsonl", RECORD)
    assert read_records(path, [replace(GOLD, id="cranes")]) == []
    assert read_records(path, [replace(GOLD, question="How many red lamps?")]) == []


def test_a_record_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    line = {
        name: value
        for name, value in RECORD.to_dict().items()
        if name not in {"question", "standalone"}
    }
    (tmp_path / "run.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert read_records(tmp_path / "run.jsonl", [GOLD]) == [replace(RECORD, standalone="")]


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"id": "lamps"}', '{"found": true}'])
def test_what_is_no_record_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = saved(tmp_path / "run.jsonl", RECORD)
    path.write_text(path.read_text("utf-8") + line, encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"run\.jsonl, line 2"):
        read_records(path, [GOLD])


def test_a_run_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"gone\.jsonl"):
        read_records(tmp_path / "gone.jsonl", [GOLD])
