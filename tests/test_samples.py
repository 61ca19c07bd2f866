"""The sample documents are what their script writes, and hold what their questions ask."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest import BlockKind, Document, read
from ingest.samples import SAMPLES

HERE = Path(__file__).parent / "samples"
SCRIPT = HERE / "write_samples.py"
STRATEGIES = HERE / "strategies"
# Each file of questions with the folder that they are put to, and the letter of its numbers.
FILES = {
    "questions.jsonl": (SAMPLES, "s"),
    "strategy-questions.jsonl": (STRATEGIES, "r"),
    "foreign-questions.jsonl": (STRATEGIES, "x"),
}
QUESTIONS: dict[str, list[dict[str, Any]]] = {
    name: [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]
    for name in FILES
}
EVERY_QUESTION = [question for questions in QUESTIONS.values() for question in questions]
TYPES = {
    "compare", "definition", "factoid", "followup", "how_or_why", "list", "number_or_date",
    "overview", "unanswerable", "who", "yes_no",
}  # fmt: skip
FURNITURE = ("cookies", "Timetables", "newsletter", "Customer service", "window.visits")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {path.name: read(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())}


@pytest.fixture(scope="module")
def strategies() -> dict[str, Document]:
    """The invented national strategies that all speak of the same things."""
    return {path.name: read(path.name, path.read_bytes()) for path in STRATEGIES.iterdir()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script has just written."""
    return write_into(tmp_path_factory.mktemp("written"))


def write_into(folder: Path) -> Path:
    for name in ("samples", "strategies"):
        (folder / name).mkdir()
    subprocess.run(
        [sys.executable, SCRIPT, folder / "samples", folder / "strategies"], check=True, timeout=60
    )
    return folder


def flowing(text: str) -> str:
    return " ".join(text.split())


def test_every_format_has_a_sample(documents: dict[str, Document]) -> None:
    formats = {document.format for document in documents.values()}
    assert formats == {"pdf", "docx", "html", "markdown", "text"}


def test_the_samples_are_small_enough_to_be_carried_by_every_installation() -> None:
    assert all(path.stat().st_size < 100_000 for path in SAMPLES.iterdir())


def test_the_script_writes_the_same_words_as_the_committed_files(
    written: Path, documents: dict[str, Document], strategies: dict[str, Document]
) -> None:
    committed = documents | strategies
    anew = {path.name: read(path.name, path.read_bytes()) for path in written.glob("*/*")}
    assert set(anew) == {name for name in committed if name.endswith((".pdf", ".docx"))}
    for name, document in anew.items():
        assert document.text == committed[name].text


def test_the_script_depends_on_no_clock(written: Path, tmp_path: Path) -> None:
    again = write_into(tmp_path)
    for path in written.glob("*/*"):
        assert (again / path.relative_to(written)).read_bytes() == path.read_bytes()


def test_every_sample_has_a_title_a_date_and_a_language(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert len(document.title.split()) > 3
        assert document.date is not None
        assert document.language == ("fr" if "valdraine" in document.path else "en")


@pytest.mark.parametrize("years", ["2021-2024", "2025-2029"])
def test_the_pdfs_number_their_front_matter_in_roman_numerals(
    documents: dict[str, Document], years: str
) -> None:
    labels = [page.label for page in documents[f"port-merrow-climate-strategy-{years}.pdf"].pages]
    assert labels[:4] == ["i", "ii", "1", "2"]


@pytest.mark.parametrize("years", ["2021-2024", "2025-2029"])
def test_the_running_header_of_the_pdfs_is_not_read(
    documents: dict[str, Document], years: str
) -> None:
    text = documents[f"port-merrow-climate-strategy-{years}.pdf"].text
    assert f"Port Merrow Climate Strategy {years.replace('-', '–')}" not in text


def test_a_word_hyphenated_at_the_end_of_a_line_is_read_whole(
    documents: dict[str, Document],
) -> None:
    text = documents["port-merrow-climate-strategy-2021-2024.pdf"].text
    assert "leaves the decarbonisation of" in flowing(text)


def test_the_navigation_and_the_cookie_banner_of_the_page_are_not_read(
    documents: dict[str, Document],
) -> None:
    text = documents["tamber-valley-cycling-strategy-2023-2030.html"].text
    assert not [words for words in FURNITURE if words in text]


def test_the_footnotes_of_the_docx_are_read(documents: dict[str, Document]) -> None:
    assert "Sankt Elm, adopted the policy" in documents["norvale-open-data-policy-2024.docx"].text


def test_lists_and_tables_are_read_as_such(documents: dict[str, Document]) -> None:
    kinds = {
        name: {block.kind for block in document.blocks} for name, document in documents.items()
    }
    assert all(BlockKind.LIST_ITEM in found for found in kinds.values())
    for name in documents:
        if name.endswith((".docx", ".html", ".md")):
            assert BlockKind.TABLE_ROW in kinds[name]


@pytest.mark.parametrize("name", FILES)
def test_the_questions_are_numbered(name: str) -> None:
    letter = FILES[name][1]
    assert [question["id"] for question in QUESTIONS[name]] == [
        f"{letter}{number:03}" for number in range(1, len(QUESTIONS[name]) + 1)
    ]


@pytest.mark.parametrize("name", ["questions.jsonl", "strategy-questions.jsonl"])
def test_the_questions_are_of_every_type(name: str) -> None:
    assert set(Counter(question["type"] for question in QUESTIONS[name])) == TYPES


def test_foreign_questions_are_in_another_language_than_their_documents(
    strategies: dict[str, Document],
) -> None:
    for question in QUESTIONS["foreign-questions.jsonl"]:
        assert question["language"] not in {
            strategies[path].language for path in question["documents"]
        }


def test_the_strategies_are_asked_of_in_three_languages(strategies: dict[str, Document]) -> None:
    languages = {"en", "fr", "de"}
    assert {document.language for document in strategies.values()} == languages
    asked = QUESTIONS["strategy-questions.jsonl"]
    assert {question["language"] for question in asked} == languages


@pytest.mark.parametrize("question", EVERY_QUESTION, ids=lambda question: question["id"])
def test_the_evidence_stands_in_the_documents_on_its_page(
    question: dict[str, Any], documents: dict[str, Document], strategies: dict[str, Document]
) -> None:
    assert bool(question["evidence"]) == (question["type"] != "unanswerable")
    assert {item["document"] for item in question["evidence"]} == set(question["documents"])
    for item in question["evidence"]:
        document = (documents | strategies)[item["document"]]
        assert (item["page"] is None) == (not document.paged)
        text = document.pages[item["page"] - 1].text if item["page"] else document.text
        assert item["quote"] in flowing(text)


@pytest.mark.parametrize("question", EVERY_QUESTION, ids=lambda question: question["id"])
def test_the_right_answer_holds_what_a_right_answer_must_hold(question: dict[str, Any]) -> None:
    answer = question["answer"].lower()
    for choices in question["must_contain"]:
        assert any(choice.lower() in answer for choice in choices)
