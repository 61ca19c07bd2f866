"""RichText: the control words of an RTF file followed; paragraphs and rows come out as they end."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from ingest.readers.control_words import (
    CODE_PAGES,
    ESCAPED,
    SEPARATE,
    SIGNS,
    SKIPPED,
    TRANSPARENT,
    Kind,
    known_code_page,
    tokens,
)
from ingest.readers.rich_paragraph import RichParagraph, RichRow

_DEFINING = frozenset({"fonttbl", "stylesheet", "creatim", "revtim"})
_BODY_TEXT = 9  # the outline level that means "no heading"
_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """One paragraph style."""

    name: str = ""
    outline: int = _BODY_TEXT


@dataclass(slots=True)
class _State:
    """What a group inherits, and gives back where it ends."""

    destination: str = ""  # "" is the text itself
    skipped: bool = False
    fallback: int = 1  # characters after \\u that stand for it in old programs
    font: int = 0
    bold: bool = False
    hidden: bool = False
    style: int = 0
    outline: int | None = None
    level: int = 0
    in_list: bool = False
    in_table: bool = False
    starred: bool = False


@dataclass(slots=True)
class _Sink:
    """Where text goes: into the document, a note, a box, the mark of an item."""

    parts: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)  # of a code page, not decoded yet
    weights: list[bool] = field(default_factory=list)
    paragraphs: list[RichParagraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[RichParagraph] = field(default_factory=list)
    mark: str | None = None


class RichText:
    """The content of one file."""

    def __init__(self, data: bytes) -> None:
        self.items: list[RichParagraph | RichRow] = []
        self.stated: dict[str, str] = {}  # "title" and dates: "creatim", "revtim"
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, str] = {}
        self._code_page = "cp1252"
        self._state = _State()
        self._stack: list[tuple[_State, _Sink]] = []
        self._sink = self._main = _Sink()
        self._cells: list[list[RichParagraph]] = []
        self._edges: list[int] = []
        self._head_row = False
        self._follow(data.decode("latin-1"))
        self._end_paragraph()

    def _follow(self, text: str) -> None:
        fallback = 0  # characters left that stand for one given by its number
        for kind, words, value in tokens(text):
            if kind is Kind.TEXT:
                self._write_run(words[fallback:])
                fallback = max(fallback - len(words), 0)
            elif kind is Kind.BYTE and fallback:
                fallback -= 1
            elif kind is Kind.BYTE:
                self._write_bytes(bytes((value or 0,)))
            elif kind is Kind.CHARACTER:
                self._write(words)
                fallback = self._state.fallback
            else:
                fallback = 0
                if kind is Kind.WORD:
                    self._control(words, value)
                elif kind is Kind.SIGN:
                    self._sign(words)
                elif kind is Kind.OPEN:
                    self._stack.append((copy.copy(self._state), self._sink))
                elif self._stack:
                    self._end_group()
                if not self._stack:
                    break  # what follows the document is not part of it

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state.starred = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in ESCAPED or sign in "\\{}":
            self._write(ESCAPED.get(sign, sign))

    def _control(self, word: str, value: int | None) -> None:
        state = self._state
        if state.starred:
            state.starred = False
            if word in TRANSPARENT:
                return
            state.skipped = state.skipped or word not in SEPARATE
        if word in SKIPPED:
            state.skipped = True
        if state.skipped:
            return
        if word in SEPARATE or word in _DEFINING or word in ("info", "title"):
            self._open(word)
        elif state.destination in _DEFINING:
            self._define(word, value or 0)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif word == "ansicpg":
            self._code_page = known_code_page(value)
        elif word == "mac":
            self._code_page = "mac_roman"
        else:
            self._set(word, value)

    def _open(self, destination: str) -> None:
        self._state.destination = destination
        self._sink = _Sink()
        if destination == "shptxt":
            self._state.in_table = False

    def _set(self, word: str, value: int | None) -> None:
        """Properties of text and paragraphs, and where these end."""
        state = self._state
        on = value != 0
        if word == "f":
            self._decode()
            state.font = value or 0
        elif word == "b":
            state.bold = on
        elif word in ("v", "deleted"):
            state.hidden = on
        elif word == "plain":
            self._decode()
            state.bold = state.hidden = False
            state.font = 0
        elif word == "uc":
            state.fallback = min(max(value or 0, 0), 16)
        elif word == "pard":
            state.style, state.outline, state.level = 0, None, 0
            state.in_list = state.in_table = False
        elif word == "s":
            state.style = value or 0
        elif word == "outlinelevel":
            state.outline = value
        elif word == "ilvl":
            state.level = min(max(value or 0, 0), 8)
        elif word in ("ls", "pnlvlbody", "pnlvlblt"):
            state.in_list = value != 0
        elif word == "intbl":
            state.in_table = True
        elif word in ("par", "sect", "page"):
            self._end_paragraph()
        elif self._sink is self._main:
            self._tabulate(word, value)

    def _tabulate(self, word: str, value: int | None) -> None:
        if word == "trowd":
            self._edges, self._head_row = [], False
        elif word == "cellx":
            self._edges.append(value or 0)
        elif word == "trhdr":
            self._head_row = True
        elif word == "cell":
            self._end_paragraph()
            self._cells.append(self._main.paragraphs)
            self._main.paragraphs = []
        elif word == "row":
            self.items.append(RichRow(self._cells, self._edges[:], self._head_row))
            self._cells = []

    def _define(self, word: str, value: int) -> None:
        """What stands in the tables at the beginning of the file."""
        state = self._state
        if state.destination == "fonttbl":
            if word == "f":
                state.font = value
            elif word == "fcharset" and value in CODE_PAGES:
                self._fonts[state.font] = CODE_PAGES[value]
        elif state.destination == "stylesheet":
            if word == "s":
                state.style = value
            elif word == "outlinelevel":
                state.outline = value
        elif word in ("yr", "mo", "dy"):
            known = self.stated.get(state.destination, "")
            self.stated[state.destination] = f"{known}-{value:02d}".lstrip("-")

    def _end_group(self) -> None:
        self._decode()
        state, sink = self._state, self._sink
        self._state, self._sink = self._stack.pop()
        if state.skipped:
            return
        if state.destination == "stylesheet":
            name = "".join(sink.parts).strip().rstrip(";")
            sink.parts.clear()
            heading = _HEADING.match(name)
            by_name = int(heading[1]) - 1 if heading else _BODY_TEXT
            outline = by_name if state.outline is None else state.outline
            self._styles.setdefault(state.style, Style(name, outline))
        if sink is self._sink:
            return
        if state.destination == "title":
            self.stated["title"] = "".join(sink.parts)
        elif state.destination in ("listtext", "pntext"):
            self._sink.mark = "".join(sink.parts).strip()
        elif state.destination in ("footnote", "shptxt"):
            self._end_paragraph(sink, state)
            if state.destination == "shptxt":
                self._sink.boxes += sink.paragraphs
            elif words := " ".join(each.text for each in sink.paragraphs).strip():
                self._sink.notes.append(words)

    def _end_paragraph(self, sink: _Sink | None = None, state: _State | None = None) -> None:
        self._decode()
        sink, state = sink or self._sink, state or self._state
        style = self._styles.get(state.style, Style())
        text = "".join(sink.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        paragraph = RichParagraph(
            text,
            bold=bool(sink.weights) and all(sink.weights),
            outline=style.outline if state.outline is None else state.outline,
            style=style.name,
            mark=sink.mark if sink.mark is not None or not state.in_list else "",
            level=state.level,
            in_table=state.in_table,
            notes=sink.notes,
            boxes=sink.boxes,
        )
        sink.parts, sink.weights, sink.notes, sink.boxes, sink.mark = [], [], [], [], None
        if not text.strip() and not paragraph.boxes and not paragraph.notes:
            return
        if sink is self._main and not state.in_table:
            self.items.append(paragraph)
        else:
            sink.paragraphs.append(paragraph)

    def _write(self, text: str) -> None:
        state = self._state
        if state.skipped or state.hidden or state.starred:
            return
        self._decode()
        self._sink.parts.append(text)
        if text.strip():
            self._sink.weights.append(state.bold)

    def _write_run(self, text: str) -> None:
        if text.isascii():
            self._write(text)
        else:
            self._write_bytes(text.encode("latin-1"))

    def _write_bytes(self, data: bytes) -> None:
        state = self._state
        if not (state.skipped or state.hidden):
            self._sink.pending += data
            self._sink.weights.append(state.bold)

    def _decode(self) -> None:
        """What came in a code page becomes text; two bytes of it may be one letter."""
        if self._sink.pending:
            page = self._fonts.get(self._state.font, self._code_page)
            self._sink.parts.append(self._sink.pending.decode(page, "replace"))
            self._sink.pending.clear()
