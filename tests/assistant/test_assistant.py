"""Assistant: an open index that can be asked, searched and read."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Answer, Assistant, QuestionError, Settings, UnknownPage, answer
from assistant.prompts import NOT_IN_THESE_DOCUMENTS
from index import EncoderMismatch, IndexMissing, SentenceTransformerEncoder, UnknownDocument, sync

if TYPE_CHECKING:
    from index import Encoder

PLAN = "lighthouse-plan-2031.md"
LEADER = "Who leads the lighthouse plan?"
PORT_MERROW = "port-merrow-climate-strategy-2021-2024.pdf"


def test_the_default_index_is_the_one_that_the_settings_name(
    coast_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATEGY_INDEX", str(coast_index))
    said = answer(LEADER)
    assert said.found
    assert "Ada Thorne" in said.text
    assert said.citations[0].document == PLAN


def test_without_an_index_the_place_where_it_should_be_is_named(
    tmp_path: Path, encoder: Encoder
) -> None:
    with pytest.raises(IndexMissing, match="nowhere"):
        Assistant.open(tmp_path / "nowhere", encoder=encoder)


def test_an_index_made_by_another_encoder_is_refused(coast_index: Path) -> None:
    with pytest.raises(EncoderMismatch, match="some/other-model"):
        Assistant.open(coast_index, encoder=SentenceTransformerEncoder("some/other-model"))


@pytest.mark.parametrize("question", ["", "  ?", "a" * 100_000], ids=["empty", "blank", "endless"])
def test_what_is_no_question_is_refused_everywhere(coast: Assistant, question: str) -> None:
    with pytest.raises(QuestionError):
        coast.answer(question)
    with pytest.raises(QuestionError):
        coast.search(question)
    with pytest.raises(QuestionError):
        list(coast.stream(question))


def test_a_stream_gives_answers_of_which_the_last_is_the_answer(coast: Assistant) -> None:
    streamed = list(coast.stream(LEADER))
    assert streamed
    assert all(isinstance(each, Answer) for each in streamed)
    assert streamed[-1] == coast.answer(LEADER)


def test_an_answer_says_how_it_was_made(coast: Assistant) -> None:
    said = coast.answer(f"  {LEADER}\n")
    assert said.question == said.standalone == LEADER
    assert said.method == "extractive"
    assert said.searched == ()


def test_an_answer_becomes_json(assistant: Assistant) -> None:
    said = assistant.answer("What are the five policy domains?")
    plain = json.loads(json.dumps(said.to_dict()))
    assert [item["quote"] for item in plain["citations"]] == [c.quote for c in said.citations]
    assert plain["evidence"][0]["text"] == said.evidence[0].passage.text


def test_the_evidence_is_best_first_and_as_much_as_the_settings_say(
    coast_index: Path, encoder: Encoder
) -> None:
    with Assistant.open(coast_index, Settings(passages=1), encoder) as coast:
        assert len(coast.answer(LEADER).evidence) == 1


def test_search_gives_the_best_passages_first(assistant: Assistant) -> None:
    evidence = assistant.search("Who settles disputes about closed datasets?", k=3)
    assert len(evidence) == 3
    assert "Data Council" in evidence[0].passage.text
    assert [item.score for item in evidence] == sorted((e.score for e in evidence), reverse=True)


def test_a_search_can_be_limited_to_documents(assistant: Assistant) -> None:
    evidence = assistant.search("Who leads the strategy?", documents=[PORT_MERROW])
    assert {item.passage.document for item in evidence} == {PORT_MERROW}


def test_an_answer_limited_to_documents_is_from_these_alone(coast: Assistant) -> None:
    inside = coast.answer(LEADER, documents=[PLAN])
    assert inside.found
    assert inside.searched == (PLAN,)
    outside = coast.answer(LEADER, documents=["note.md"])
    assert not outside.found
    assert outside.text.startswith(NOT_IN_THESE_DOCUMENTS)
    assert {item.passage.document for item in outside.evidence} == {"note.md"}


def test_a_document_that_is_not_in_the_index_is_an_error_that_names_it(coast: Assistant) -> None:
    with pytest.raises(UnknownDocument, match=r"nowhere\.pdf"):
        coast.answer(LEADER, documents=["nowhere.pdf"])
    with pytest.raises(UnknownDocument, match=r"nowhere\.pdf"):
        coast.search(LEADER, documents=[PLAN, "nowhere.pdf"])
    with pytest.raises(UnknownDocument, match=r"nowhere\.pdf"):
        coast.document("nowhere.pdf")


def test_a_follow_up_is_searched_with_what_it_follows(assistant: Assistant) -> None:
    history = [
        {"role": "user", "content": "Who settles disputes about closed datasets in Norvale?"},
        {"role": "assistant", "content": "The Data Council settles them."},
    ]
    said = assistant.answer("How many members does it have?", history)
    assert said.question == "How many members does it have?"
    assert "Norvale" in said.standalone
    assert said.found
    assert {item.document for item in said.citations} == {"norvale-open-data-policy-2024.docx"}
    assert any("nine members" in item.passage.text for item in said.evidence)


def test_documents_lists_what_was_read_and_what_could_not_be(coast: Assistant) -> None:
    status = {info.path: (info.status, bool(info.reason)) for info in coast.documents()}
    assert status == {
        "broken.pdf": ("failed", True),
        PLAN: ("indexed", False),
        "note.md": ("indexed", False),
    }


def test_a_page_is_found_by_its_physical_number(assistant: Assistant) -> None:
    page = assistant.page(PORT_MERROW, 2)
    assert (page.number, page.label) == (2, "ii")
    assert "Foreword" in page.text


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_page_that_is_not_there_is_an_error_that_says_which_are(
    assistant: Assistant, number: int
) -> None:
    with pytest.raises(UnknownPage, match=rf"{PORT_MERROW} has pages 1 to \d, not {number}\."):
        assistant.page(PORT_MERROW, number)


def test_a_sync_is_seen_at_once(tmp_path: Path, remembering: Encoder) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mole.md").write_text("# The mole\n\nKeeper Bo Lind looks after the mole.\n")
    (folder / "pier.md").write_text("# The pier\n\nKeeper Jo Berg looks after the pier.\n")
    sync(folder, tmp_path / "index", encoder=remembering)
    with Assistant.open(tmp_path / "index", encoder=remembering) as open_assistant:
        before = open_assistant.generation
        assert "Jo Berg" in open_assistant.answer("Who looks after the pier?").text
        (folder / "pier.md").write_text("# The pier\n\nKeeper Al Dorn looks after the pier.\n")
        (folder / "mole.md").unlink()
        sync(folder, tmp_path / "index", encoder=remembering)
        assert open_assistant.generation > before
        assert "Al Dorn" in open_assistant.answer("Who looks after the pier?").text
        assert [info.path for info in open_assistant.documents()] == ["pier.md"]
        assert "Bo Lind" not in open_assistant.answer("Who looks after the mole?").text


def test_eight_threads_get_the_answers_that_one_gets(coast_index: Path, encoder: Encoder) -> None:
    questions = [LEADER, "What are the four aims?", "How is a foghorn tested?"]
    with Assistant.open(coast_index, Settings(), encoder) as shared:
        alone = [shared.answer(question) for question in questions]
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(shared.answer, questions * 4))
    # Vectors of another batch may differ in their last bits.
    assert [(each.text, each.citations) for each in together] == [
        (each.text, each.citations) for each in alone
    ] * 4


def test_of_two_editions_the_one_that_is_named_whole_is_taken_to_be_meant(
    assistant: Assistant,
) -> None:
    edition = "Safe Harbour: Climate Strategy of Port Merrow 2021–2024"
    about = assistant.answer(f"What are the four goals in “{edition}”?").about
    assert about == ("port-merrow-climate-strategy-2021-2024.pdf",)
    both = assistant.answer("What are the goals of Port Merrow's climate strategy?").about
    assert len(both) == 2
