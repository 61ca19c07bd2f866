"""A conversation is saved as Markdown or Word, its quotes as numbered footnotes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from conversing import ANSWER, CITATION, REFUSAL
from ui.conversation import Conversation, Exchange
from ui.export import exported, to_markdown
from ui.word import to_word

SECOND = replace(CITATION, number=2, quote="Ferries come first.")
LISTED = replace(
    ANSWER,
    text="**Goals**: [1]\n\n- Twelve quays, see \\[9\\]. [1]\n- Ferries. [2]\n\n"
    "| Year | Quays |\n|---|---|\n| 2031 | 12 [2] |",
    citations=(CITATION, SECOND),
    note="The model was away.",
)
EXCHANGES = [
    Exchange(1, "Which quays?", ANSWER),
    Exchange(2, "What are the goals?", LISTED),
    Exchange(3, "Who was on the moon?", replace(REFUSAL, evidence=REFUSAL.evidence[:2])),
    Exchange(4, "And?", error="The model is away."),
]
CONVERSATION = Conversation("id", "", "Quays: what's new?", (), False, datetime.now(UTC))


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def footnotes(document: Document) -> list[str]:
    """The texts of a document's footnotes, in the order of their numbers."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    notes = parse_xml(part.blob).findall(qn("w:footnote"))
    return [
        "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in notes
        if note.get(qn("w:type")) is None
    ]


def references(document: Document) -> list[str]:
    """The numbers of the marks, in the order in which they stand."""
    return [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:footnoteReference"))]


def test_markdown_numbers_its_footnotes_through_the_whole_conversation() -> None:
    text = to_markdown("Quays", EXCHANGES)
    assert text.startswith(
        "# Quays\n\n## Which quays?\n\nTwelve quays are electrified by 2031.[^1]"
    )
    assert "**Goals**:[^2]" in text
    assert r"- Twelve quays, see \[9\].[^2]" in text
    assert "- Forest charter[^4]\n- Forest charter[^5]" in text
    assert (
        "[^3]: “Ferries come first.” Harbour plan, “Shore power”, plans/harbour.pdf, p. 3 (iii)."
    ) in text
    assert text.count("[^5]:") == 1
    assert "The model is away" not in text


def test_markdown_holds_no_image_link_or_tag_of_others() -> None:
    hostile = "![p](http://tracker.example/p) [c](javascript:alert(1)) <img src=x onerror=alert(1)>"
    answer = replace(ANSWER, text=f"{hostile} [1]", citations=(replace(CITATION, quote=hostile),))
    html = MarkdownIt("commonmark").render(to_markdown(hostile, [Exchange(1, hostile, answer)]))
    assert "<img" not in html
    assert "<a " not in html


def test_word_has_real_footnotes_in_the_order_of_their_marks() -> None:
    document = opened(to_word("Quays", EXCHANGES))
    notes = footnotes(document)
    assert (
        references(document)
        == ["1", "2", "3", "4", "5"]
        == [str(number) for number, _ in enumerate(notes, start=1)]
    )
    assert notes[0] == (
        "“Twelve quays are electrified by 2031.” Harbour plan, “Shore power”,"
        " plans/harbour.pdf, p. 3 (iii)."
    )
    assert notes[2].startswith("“Ferries come first.”")


def test_word_keeps_headings_lists_tables_and_emphasis() -> None:
    document = opened(to_word("Quays", EXCHANGES))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Quays"] == "Title"
    assert styles["What are the goals?"] == "Heading 1"
    assert styles["Ferries."] == "List Bullet"
    assert "Twelve quays, see [9].2" in styles  # the second mark of the same quote
    assert any(run.bold and run.text == "Goals" for p in document.paragraphs for run in p.runs)
    (table,) = document.tables
    year, quays = table.rows[1].cells
    number, mark = quays.paragraphs[0].runs
    assert (year.text, number.text) == ("2031", "12")
    assert (mark.text, mark.font.superscript) == ("3", True)


def test_word_takes_any_character() -> None:
    odd = "Quays \x00\x0b\ud800 <b>&amp;</b> ‮"
    answer = replace(ANSWER, text=f"{odd} [1]", citations=(replace(CITATION, quote=odd),))
    document = opened(to_word(odd, [Exchange(1, odd, answer)]))
    assert "<b>&amp;</b>" in footnotes(document)[0]


@pytest.mark.parametrize(("format", "ending"), [("md", ".md"), ("docx", ".docx"), ("exe", ".md")])
def test_a_file_is_named_for_its_conversation(format: str, ending: str) -> None:
    file = exported(CONVERSATION, EXCHANGES, format)
    assert file.name == f"Quays what's new{ending}"
    assert file.content


def test_a_title_of_signs_alone_still_makes_a_name() -> None:
    assert exported(replace(CONVERSATION, title="../../?"), [], "md").name == "conversation.md"


def test_the_words_that_were_asked_for_are_bold_in_both_files() -> None:
    exchange = Exchange(1, "Which quays?", replace(ANSWER, emphasis=((0, 12),)))
    assert "**Twelve quays** are electrified" in to_markdown("Quays", [exchange])
    runs = [
        run.text
        for paragraph in opened(to_word("Quays", [exchange])).paragraphs
        for run in paragraph.runs
        if run.bold
    ]
    assert runs == ["Twelve quays"]
