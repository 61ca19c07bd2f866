"""Markup: an HTML tree written into a builder as headings, paragraphs, list items and rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from ingest.builder import DocumentBuilder, normalise
from ingest.document import BlockKind
from ingest.readers.bullet import without_bullet, without_symbols
from ingest.readers.table import Cell, Table, parts_of
from ingest.readers.tree import (
    BLOCKS,
    HEADINGS,
    SILENT,
    alternative,
    attribute,
    inline_text,
    is_note_reference,
    walk,
)

_SPACES = re.compile(r"\s+")
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
# Its parts are one line, whatever blocks stand in it.
_ONE_LINE = frozenset(HEADINGS) | {"dt", "caption", "summary", "figcaption", "legend"}
_THOUGHT = 400  # characters up to which the paragraphs of a list item are one thought


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int = 1
    style: str = "1"
    term: str = ""  # of a definition list: what the next definition defines


@dataclass(slots=True)
class _Item:
    mark: str  # "2. " or "Term: ", written once


class Markup:
    """Writes what stands below an element into a builder."""

    def __init__(
        self, builder: DocumentBuilder, skip: Callable[[LexborNode], bool] = lambda _: False
    ) -> None:
        self._builder = builder
        self._skip = skip
        self._line: list[str] = []
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._one_line = 0  # how many elements of _ONE_LINE are open
        self._preformatted = 0
        self._layouts: set[int] = set()

    def write(self, root: LexborNode) -> None:
        """Append the blocks of ``root`` in reading order."""
        self._layouts = _layout_tables(root)
        walk(root, self._enter, self._leave, self._text)
        self._flush()

    def _text(self, text: str) -> None:
        self._line.append(text if self._preformatted else _SPACES.sub(" ", text))

    def _enter(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag == "button" and self._one_line:
            return True  # the heading of a panel that folds
        if tag in SILENT or self._skip(node) or is_note_reference(node):
            return False
        if tag == "br":
            self._break()
        elif tag == "img":
            self._line.append(alternative(node))
        elif tag == "table" and node.mem_id not in self._layouts:
            self._flush()
            self._write_table(node)
            return False
        elif tag in BLOCKS:
            self._enter_block(tag, node)
        return True

    def _enter_block(self, tag: str, node: LexborNode) -> None:
        self._boundary(tag)
        if tag in _ONE_LINE:
            self._one_line += 1
        if tag == "pre":
            self._preformatted += 1
        if tag in _LISTS:
            start = attribute(node, "start")
            number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
            self._lists.append(_List(tag == "ol", number, attribute(node, "type") or "1"))
        elif tag == "li":
            self._items.append(_Item(self._number(attribute(node, "value"))))
        elif tag == "dd":
            self._items.append(_Item(self._term()))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in BLOCKS:
            return
        if tag in _ONE_LINE:
            self._one_line -= 1
            if self._one_line:
                self._line.append(" ")
            else:
                self._close_line(tag)
        elif tag in ("li", "dd"):
            self._flush()
            self._items.pop()
        elif tag in _LISTS:
            self._flush()
            if term := self._lists.pop().term:
                self._builder.add(BlockKind.PARAGRAPH, term)
        else:
            self._boundary(tag)
        if tag == "pre":
            self._preformatted -= 1

    def _close_line(self, tag: str) -> None:
        if tag in HEADINGS:
            self._builder.add(BlockKind.HEADING, self._take(), HEADINGS[tag])
        elif tag == "dt" and self._lists:
            term = normalise(self._take())
            known = self._lists[-1].term
            self._lists[-1].term = f"{known}, {term}" if known and term else known or term
        else:
            self._flush()

    def _boundary(self, tag: str) -> None:
        """A block begins or ends here: a new block, or within one thought a space."""
        short_item = bool(self._items) and sum(map(len, self._line)) < _THOUGHT
        if self._one_line or (short_item and tag in ("p", "div", "section", "span")):
            self._line.append(" ")
        else:
            self._flush()

    def _break(self) -> None:
        """One line break is a space, two are the end of a paragraph."""
        if self._one_line:
            self._line.append(" ")
        elif "".join(self._line[-2:]).rstrip(" ").endswith("\n"):
            self._flush()
        else:
            self._line.append("\n")

    def _take(self) -> str:
        text = without_symbols("".join(self._line))
        self._line.clear()
        return text

    def _flush(self) -> None:
        bare = normalise("".join(self._line))
        text = normalise(self._take())
        if not text:
            return
        after_bullet = without_bullet(bare)
        if after_bullet is not None:
            text = normalise(without_symbols(after_bullet))
        if not self._items:
            kind = BlockKind.PARAGRAPH if after_bullet is None else BlockKind.LIST_ITEM
            self._builder.add(kind, text)
            return
        item = self._items[-1]
        mark, item.mark = item.mark, ""
        if not text.startswith(mark.strip() or " "):
            text = mark + text
        self._builder.add(BlockKind.LIST_ITEM, text, max(len(self._lists) - 1, 0))

    def _number(self, value: str) -> str:
        """The mark of the next item: its number in an ordered list, otherwise nothing."""
        if not self._lists or not self._lists[-1].ordered:
            return ""
        current = self._lists[-1]
        if re.fullmatch(r"-?\d{1,9}", value):
            current.number = int(value)
        number = current.number
        current.number += 1
        if current.style in ("a", "A") and 1 <= number <= 26:
            return chr(ord(current.style) + number - 1) + ". "
        return f"{number}. "

    def _term(self) -> str:
        if not self._lists:
            return ""
        term, self._lists[-1].term = self._lists[-1].term, ""
        if not term:
            return ""
        return f"{term} " if term.endswith((":", ".", "?", "!", "–", "-")) else f"{term}: "

    def _write_table(self, table: LexborNode) -> None:
        rows: list[tuple[bool, list[Cell]]] = []
        captions: list[str] = []

        def enter(node: LexborNode) -> bool:
            if node.tag == "caption":
                captions.append(inline_text(node, self._skip))
                return False
            if self._skip(node):
                return False
            if node.tag == "tr":
                in_head = node.parent is not None and node.parent.tag == "thead"
                rows.append((in_head, []))
            elif node.tag in ("td", "th") and rows:
                rows[-1][1].append(self._cell(node))
                if node.tag == "td" and not rows[-1][0]:
                    plain.add(len(rows) - 1)
                return False
            return True

        plain: set[int] = set()  # rows with a cell that is no head
        walk(table, enter)
        heads = 0
        while heads < len(rows) and heads not in plain:
            heads += 1
        for caption in captions:
            self._builder.add(BlockKind.PARAGRAPH, caption)
        Table([cells for _, cells in rows], heads).write(self._builder)

    def _cell(self, node: LexborNode) -> Cell:
        scratch = DocumentBuilder()
        Markup(scratch, self._skip).write(node)
        spans = _span(attribute(node, "colspan")), _span(attribute(node, "rowspan"))
        return Cell(parts_of(scratch), *spans)


def _span(value: str) -> int:
    return int(value) if re.fullmatch(r"\d{1,5}", value) and int(value) > 0 else 1


def _layout_tables(root: LexborNode) -> set[int]:
    """The tables that place blocks on a page instead of holding values: by their address in memory.

    They say so, or hold other tables, headings or lists, or never two cells side by side.
    """
    layouts: set[int] = set()
    tables: list[LexborNode] = []
    widths: list[int] = []
    cells: list[int] = []

    def enter(node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag == "table":
            if tables:
                layouts.add(tables[-1].mem_id)
            tables.append(node)
            widths.append(0)
            cells.append(0)
            if attribute(node, "role") in ("presentation", "none"):
                layouts.add(node.mem_id)
        elif tables and tag == "tr":
            cells[-1] = 0
        elif tables and tag in ("td", "th"):
            cells[-1] += 1
            widths[-1] = max(widths[-1], cells[-1])
        elif tables and tag in HEADINGS:
            layouts.add(tables[-1].mem_id)
        return tag not in SILENT

    def leave(node: LexborNode) -> None:
        if node.tag == "table":
            tables.pop()
            cells.pop()
            if widths.pop() < 2:
                layouts.add(node.mem_id)

    walk(root, enter, leave)
    return layouts
