"""Pages that could not be read are named: what stands there is not known."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant import Assistant, Settings
from assistant.unread import unread_pages
from index import sync

if TYPE_CHECKING:
    from index import Encoder

LAMPS = [
    "The harbour board of Norvale keeps forty lamps along the coast of the north.",
    "Each lamp is lit at dusk and put out at dawn by the keeper who lives beside it.",
    "A keeper writes down every ship that passes while the lamp of the cape burns.",
]


def pdf(damaged: set[int], pages: int) -> bytes:
    """A file whose ``damaged`` pages, from 1, are no pages any more."""
    file = BytesIO()
    canvas = Canvas(file, pageCompression=0)
    for _ in range(pages):
        for line, words in enumerate(LAMPS):
            canvas.drawString(72, 700 - 20 * line, words)
        canvas.showPage()
    canvas.save()
    data = file.getvalue()
    kids = data[data.index(b"/Kids [") :].split(b"]")[0].split()
    numbers = [part for part, after in pairwise(kids) if after == b"0"]
    for number in damaged:
        data = data.replace(
            b"\n%s 0 obj\n<<" % numbers[number - 1], b"\n%s 0 obj\n((" % numbers[number - 1]
        )
    return data


@pytest.fixture(scope="module")
def gaps(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("gaps")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "lamps.pdf").write_bytes(pdf({2, 4, 5}, 6))
    (documents / "oil.pdf").write_bytes(pdf({3}, 3))
    (documents / "ferry-plan-2031.md").write_text("# Ferry Plan\n\nFerries sail at noon.\n")
    sync(documents, folder / "index", encoder=encoder)
    with Assistant.open(folder / "index", Settings(), encoder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["lamps.pdf"], "Pages 2 and 4-5 of lamps.pdf could not be read."),
        (["oil.pdf"], "Page 3 of oil.pdf could not be read."),
        ([], "Pages 2 and 4-5 of lamps.pdf and page 3 of oil.pdf could not be read."),
        (["ferry-plan-2031.md"], ""),
    ],
)
def test_the_pages_of_the_documents_in_question(
    gaps: Assistant, paths: list[str], said: str
) -> None:
    assert unread_pages(gaps.retriever.store, paths) == said


def test_the_documents_that_come_nearest_are_named_first(gaps: Assistant) -> None:
    said = unread_pages(gaps.retriever.store, first=["oil.pdf"])
    assert said == "Page 3 of oil.pdf and pages 2 and 4-5 of lamps.pdf could not be read."


def test_a_refusal_says_which_pages_of_the_searched_documents_may_hold_the_answer(
    gaps: Assistant,
) -> None:
    answer = gaps.answer("Who was the first on the moon?", documents=["oil.pdf"])
    assert not answer.found
    assert "Page 3 of oil.pdf could not be read. The answer may stand there." in answer.text
    assert "lamps.pdf could" not in answer.text


def test_a_refusal_from_a_document_read_whole_names_no_page(gaps: Assistant) -> None:
    answer = gaps.answer("Who was the first on the moon?", documents=["ferry-plan-2031.md"])
    assert "could not be read" not in answer.text


def test_an_answer_notes_the_gaps_of_what_it_quotes(gaps: Assistant) -> None:
    found = gaps.answer("What is lit at dusk and put out at dawn?", documents=["oil.pdf"])
    assert found.found
    assert found.note == "Page 3 of oil.pdf could not be read."
    assert gaps.answer("When do the ferries sail?", documents=["ferry-plan-2031.md"]).note == ""
