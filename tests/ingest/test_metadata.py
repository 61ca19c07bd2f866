"""Title, date and language of a document, where they can be had."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import BlockKind
from ingest.builder import DocumentBuilder
from ingest.metadata import choose_date, choose_title, guess_language, pdf_date


def titled(*lines, path="doc_7.pdf", stated=None):
    """The title of a document that opens with these lines; "# " marks a heading."""
    builder = DocumentBuilder()
    for line in lines:
        heading = line.startswith("# ")
        kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        builder.add(kind, line.removeprefix("# "), int(heading))
    return choose_title(path, stated, builder.text, builder.blocks)


OPENING = ["# Foreword", "# The Harbour Strategy", "Twelve quays get shore power in time."]


def test_a_stated_title_is_the_title():
    assert titled(*OPENING, stated=" A Plan\nfor Lamps ") == "A Plan for Lamps"


@pytest.mark.parametrize(
    "stated", [None, "", "plan", "Microsoft Word - plan.docx", "final version.indd", "Untitled 1"]
)
def test_what_programs_state_is_no_title(stated):
    assert titled(*OPENING, stated=stated) == "The Harbour Strategy"


def test_of_the_opening_lines_the_one_like_the_files_name_is_the_title():
    lines = ["# Ministry of the Sea", "# Lamps for the northern coast", "# Annual news"]
    assert titled(*lines, path="northern-coast-lamps.pdf") == "Lamps for the northern coast"


@pytest.mark.parametrize(
    "line",
    [
        "# © Harbour Authority strategy",
        "# Strategy of the",
        "# www.example.org strategy",
        "# Contents of the strategy",
        "# The strategy in short 17",
        "# S T R A T E G Y O F L A M P S",
        "# Strategy of lamps ........ 7",
    ],
)
def test_what_stands_first_may_be_no_title(line):
    assert titled(line, "# The Harbour Strategy") == "The Harbour Strategy"


def test_without_a_title_the_files_name_is_taken():
    assert titled("Lamps.", path="reports/harbourPlan_2031-final.txt") == "harbour Plan 2031 final"
    assert titled(path="---.txt") == "---.txt"


@pytest.mark.parametrize(
    ("path", "title", "opening", "stated", "date"),
    [
        ("a.pdf", "Plan 2031", "", None, "2031"),
        ("a.pdf", "Plan 2025-2029", "Adopted in 2024.", None, "2025"),
        ("a.pdf", "Plan 2029 after 2021", "", None, "2021"),
        ("plan_2018.pdf", "A plan", "Adopted in 2024.", None, "2018"),
        ("a.pdf", "A plan", "Adopted in May 2024.", None, "2024"),
        ("a.pdf", "Plan 2020", "", "2020-12-16", "2020-12-16"),
        ("a.pdf", "Plan 2020", "", "2023-01-09", "2020"),
        ("a.pdf", "A plan", "", "2023-01-09", "2023-01-09"),
        ("a.pdf", "A plan", "", None, None),
        ("a.pdf", "Plan 12020 of 1879", "About 20201 lamps", None, None),
    ],
)
def test_the_year_that_people_wrote_counts(path, title, opening, stated, date):
    assert choose_date(path, title, opening, stated) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("D:20201216093000Z", "2020-12-16"),
        ("D:20201216", "2020-12-16"),
        ("20201216", "2020-12-16"),
        ("D:2020", None),
        ("last week", None),
        ("", None),
        (None, None),
    ],
)
def test_the_date_of_a_pdf(value, date):
    assert pdf_date(value) == date


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour authority lights forty lamps along the coast every night."),
        ("fr", "Le syndicat forestier a choisi de ne plus replanter les mêmes arbres."),
        ("de", "Die Stadt erhöht die Mauer am Hafen noch vor dem nächsten Winter."),
        ("es", "El ayuntamiento ha decidido plantar más árboles en todas las calles."),
    ],
)
def test_the_language_is_told_by_the_text(language, text):
    assert guess_language(text) == language
    assert guess_language(text * 200) == language


@pytest.mark.parametrize("text", ["", "Lamps 2031", "1 2 3 4"])
def test_a_few_words_tell_no_language(text):
    assert guess_language(text) is None


@settings(deadline=None)
@given(st.text(), st.one_of(st.none(), st.text()), st.lists(st.text(max_size=30), max_size=4))
def test_every_document_has_a_title(path, stated, lines):
    if path:
        assert titled(*lines, path=path, stated=stated)
