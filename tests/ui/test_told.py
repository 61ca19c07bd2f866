"""Sentences of the lower rooms are read in the reader's language, the documents' own never."""

from __future__ import annotations

import pytest

from ingest import DamagedDocument
from ingest.folder import unsupported
from ui.language import speaking
from ui.told import told, told_text


def in_german(sentence: str) -> str:
    with speaking("de"):
        return told(sentence)


def test_english_stays_as_it_was_made() -> None:
    assert told("needs a password") == "needs a password"


def test_a_sentence_is_known_with_whatever_was_filled_in() -> None:
    error = unsupported("norvale.dwg")
    assert in_german(error.reason) == "diese Art von Datei kann nicht gelesen werden"
    assert in_german(unsupported("old.doc").reason) == ".doc-Dateien werden nicht gelesen"


def test_a_reason_and_its_remedy_are_two_sentences() -> None:
    error = DamagedDocument("a.pdf", "needs a password", "Rename the file.")
    assert in_german(f"{error.reason}. {error.remedy}") == (
        "ist mit einem Kennwort geschützt. Benennen Sie die Datei um."
    )


def test_what_is_filled_in_may_be_a_sentence_too() -> None:
    assert in_german(
        "page 3, 9: an image without text, which only OCR can read; page 12: blank"
    ) == ("Seite 3, 9: ein Bild ohne Text, das nur die Texterkennung lesen kann; Seite 12: leer")
    assert (
        in_german("is a web page under the name .docx") == "ist eine Webseite mit der Endung .docx"
    )


def test_a_fault_of_a_model_is_told_with_what_was_done_instead() -> None:
    fault = "The model openai:x did not answer in time; the setting chat_timeout gives it longer"
    said = in_german(f"{fault}. This answer is in the documents' own words.")
    assert said.startswith("Das Modell openai:x hat nicht rechtzeitig geantwortet;")
    assert said.endswith("Diese Antwort gibt die eigenen Worte der Dokumente wieder.")


@pytest.mark.parametrize("sentence", ["", "Twelve quays get shore power.", "{reason}", "a.b.c"])
def test_what_is_not_known_stays_as_it_is(sentence: str) -> None:
    assert in_german(sentence) == sentence


def test_values_are_no_templates() -> None:
    hostile = "{reason.__class__}.md: no such document in the index. Did you mean {near}?"
    assert in_german(hostile) == (
        "{reason.__class__}.md: Dieses Dokument ist nicht eingelesen. Meinten Sie {near}?"
    )


def test_of_an_answer_only_the_lines_of_the_assistant_are_told() -> None:
    text = (
        "**Port Merrow**: Twelve quays get shore power. [1]\n\n"
        "**Norvale**: This document does not say.\n\n"
        "page 3: blank"  # in a document: words like a reason's are none
    )
    with speaking("de"):
        lines = told_text(text).split("\n\n")
    assert lines == [
        "**Port Merrow**: Twelve quays get shore power. [1]",
        "**Norvale**: Dazu sagt dieses Dokument nichts.",
        "page 3: blank",
    ]
    assert told_text(text) == text


def test_what_is_kept_for_one_language_is_not_told_in_another() -> None:
    assert in_german("needs a password") == "ist mit einem Kennwort geschützt"
    with speaking("fr"):
        assert told("needs a password") == "est protégé par un mot de passe"
