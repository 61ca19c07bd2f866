"""What the assistant says when the documents do not hold an answer."""

from __future__ import annotations

from assistant.prompts import (
    NEAREST,
    NO_DOCUMENT_ABOUT,
    NOT_IN_THE_DOCUMENTS,
    NOT_IN_THESE_DOCUMENTS,
    NOT_READ,
    NOTHING_INDEXED,
    not_found,
)
from index import DocumentInfo, Evidence
from ingest import Passage

READ = DocumentInfo("plan.pdf", "The Plan", None, "en", "pdf", 9, 30, "indexed")
UNREAD = DocumentInfo("scan.pdf", "scan", None, None, "pdf", 0, 0, "failed", "no text in it")


def evidence(title: str, page: int | None = None, section: tuple[str, ...] = ()) -> Evidence:
    return Evidence(Passage("plan.pdf", "0", title, 0, 0, 4, "Text", section, page), 0.1)


def test_the_documents_are_silent() -> None:
    assert not_found([READ], [], limited=False) == NOT_IN_THE_DOCUMENTS


def test_only_the_chosen_documents_are_silent_where_others_were_not_searched() -> None:
    assert not_found([READ], [], limited=True) == NOT_IN_THESE_DOCUMENTS


def test_documents_that_could_not_be_read_are_named() -> None:
    text = not_found([READ, UNREAD], [], limited=False)
    assert f"{NOT_READ}: scan.pdf." in text
    assert text.startswith(NOT_IN_THE_DOCUMENTS)


def test_an_index_without_a_readable_document_says_so() -> None:
    assert not_found([], [], limited=False) == NOTHING_INDEXED
    assert not_found([UNREAD], [], limited=False).startswith(NOTHING_INDEXED)


def test_the_nearest_passages_are_named_as_what_they_are() -> None:
    text = not_found(
        [READ],
        [evidence("The Plan", 3, ("1. Lamps", "1.2 Oil")), evidence("A Note")],
        limited=False,
    )
    assert text.splitlines()[2:] == [NEAREST, "", "- The Plan, p. 3 (1.2 Oil)", "- A Note"]


def test_the_same_place_is_named_once() -> None:
    text = not_found([READ], [evidence("The Plan", 3), evidence("The Plan", 3)], limited=False)
    assert text.count("The Plan, p. 3") == 1


def test_brackets_in_a_title_make_no_link() -> None:
    text = not_found([READ], [evidence("[click](https://example.org)")], limited=False)
    assert "\\[click\\](https" in text


def test_what_no_document_is_about_is_said() -> None:
    text = not_found([READ], [], limited=False, absent=["Norland", "Sudia"])
    assert text == f"{NO_DOCUMENT_ABOUT} Norland, Sudia."
