"""Word: a conversation as a DOCX file, its citations as footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Answer, Citation
from ui.conversation import Exchange
from ui.export import footnote, spoken
from ui.footnotes import Footnotes
from ui.render import MARKER, RULES, refusal, sources
from ui.told import told
from ui.wording import printable

_DEEPEST = 3  # levels of the template's list styles
_PARSER = MarkdownIt("zero").enable(RULES).disable("text_join")


def to_word(title: str, exchanges: Sequence[Exchange]) -> bytes:
    """Questions as headings, answers below them, the quotes as footnotes."""
    document = docx.Document()
    document.core_properties.title = printable(title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_heading(printable(title), level=0)
    footnotes = Footnotes(document)
    for exchange in exchanges:
        if exchange.answer is not None:
            document.add_heading(printable(" ".join(exchange.question.split())), level=1)
            _AnswerWriter(document, footnotes, exchange.answer).write()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class _AnswerWriter:
    """Writes one answer's Markdown as paragraphs."""

    def __init__(self, document: Document, footnotes: Footnotes, answer: Answer) -> None:
        self._document = document
        self._footnotes = footnotes
        self._answer = answer
        self._cited = {citation.number: citation for citation in sources(answer)}
        self._noted: dict[int, int] = {}  # citation -> the footnote that it has already

    def write(self) -> None:
        self._blocks(_PARSER.parse(spoken(self._answer)))
        if not self._answer.found and self._cited:
            self._document.add_paragraph(printable(told(refusal(self._answer)[1])))
            for citation in self._cited.values():
                item = self._document.add_paragraph(printable(citation.title), "List Bullet")
                self._note(item, citation)
        if self._answer.note:
            self._document.add_paragraph().add_run(printable(told(self._answer.note))).italic = True

    def _blocks(self, tokens: Sequence[Token]) -> None:
        lists: list[str] = []  # the kinds of those that are open
        style, rows = "Normal", list[list[Token]]()
        for token in tokens:
            match token.type:
                case "bullet_list_open":
                    lists.append("List Bullet")
                case "ordered_list_open":
                    lists.append("List Number")
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "blockquote_open":
                    style = "Quote"
                case "blockquote_close":
                    style = "Normal"
                case "tr_open":
                    rows.append([])
                case "table_close":
                    self._table(rows)
                    rows = []
                case "inline" if rows:
                    rows[-1].append(token)
                case "inline" if token.level and token.map is not None and lists:
                    level = min(len(lists), _DEEPEST)
                    name = lists[-1] if level == 1 else f"{lists[-1]} {level}"
                    self._inline(self._document.add_paragraph(style=name), token)
                case "heading_open":
                    style = "Heading 2"
                case "heading_close":
                    style = "Normal"
                case "inline":
                    self._inline(self._document.add_paragraph(style=style), token)

    def _table(self, rows: Sequence[Sequence[Token]]) -> None:
        width = max(map(len, rows), default=0)
        table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        for row in rows:
            for cell, token in zip(table.add_row().cells, row, strict=False):
                self._inline(cell.paragraphs[0], token)

    def _inline(self, paragraph: Paragraph, token: Token) -> None:
        bold = italic = False
        for child in token.children or ():
            match child.type:
                case "strong_open" | "strong_close":
                    bold = child.type == "strong_open"
                case "em_open" | "em_close":
                    italic = child.type == "em_open"
                case "softbreak" | "hardbreak":
                    paragraph.add_run(" " if child.type == "softbreak" else "\n")
                case "text":
                    self._text(paragraph, child.content, bold=bold, italic=italic)
                case _:  # escaped signs and code: a bracket in them is no marker of ours
                    self._run(paragraph, child.content, bold=bold, italic=italic)

    def _text(self, paragraph: Paragraph, text: str, *, bold: bool, italic: bool) -> None:
        end = 0
        for match in MARKER.finditer(text):
            citation = self._cited.get(int(match[1]))
            if citation is not None:
                before = text[end : match.start()].rstrip(" ")
                self._run(paragraph, before, bold=bold, italic=italic)
                self._note(paragraph, citation)
                end = match.end()
        self._run(paragraph, text[end:], bold=bold, italic=italic)

    def _note(self, paragraph: Paragraph, citation: Citation) -> None:
        number = self._noted.get(citation.number)
        if number is not None:
            paragraph.add_run(str(number)).font.superscript = True
        else:
            self._noted[citation.number] = self._footnotes.add(
                paragraph, printable(footnote(citation))
            )

    @staticmethod
    def _run(paragraph: Paragraph, text: str, *, bold: bool, italic: bool) -> None:
        if text:
            run = paragraph.add_run(printable(text))
            run.bold, run.italic = bold or None, italic or None
