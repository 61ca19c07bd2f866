"""Drafts: lines become headings, paragraphs and list items, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.document import BlockKind
from ingest.headings import Headings, set_alike
from ingest.lines import Grid, Line
from ingest.markers import (
    SECTION_NUMBER,
    WORDED_NUMBER,
    Marker,
    counts_on,
    is_lone_bullet,
    is_lone_number,
    marker_of,
)

_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}$")
_HEADING_WORDS = 16  # a heading over several lines has no more


@dataclass(slots=True)
class Draft:
    """A block that still takes lines."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    marker_indent: float = 0.0
    known: bool = False  # a heading that is whole


class Drafting:
    """Sorts lines into blocks; ``contents`` are the ids of the lines of the table of contents."""

    def __init__(self, headings: Headings, contents: frozenset[int]) -> None:
        self._headings = headings
        self._contents = contents

    def drafts(self, lines: Sequence[Line]) -> list[Draft]:
        """The blocks of lines that follow each other."""
        drafts: list[Draft] = []
        index = 0
        while index < len(lines):
            index += self._take(drafts, lines, index)
        return drafts

    def runs_on(self, before: Draft | None, draft: Draft | None) -> bool:
        """Whether the first block of a page is the rest of the last one of the page before."""
        if before is None or draft is None or draft.kind is not BlockKind.PARAGRAPH:
            return False
        if before.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            return False
        last, first = before.lines[-1], draft.lines[0]
        if _ENDS_SENTENCE.search(last.text) or abs(last.size - first.size) > 0.6:
            return False
        full = last.measure > 0 and self._headings.is_full(last, 0.9)
        return first.text[:1].islower() or last.text.endswith(("-", ",", "\u00ad")) or full

    def _take(self, drafts: list[Draft], lines: Sequence[Line], index: int) -> int:
        """Put the line at ``index`` where it belongs; how many lines that took."""
        line = lines[index]
        last = drafts[-1] if drafts else None
        if id(line) in self._contents:
            drafts.append(Draft(BlockKind.CONTENTS, [line]))
            return 1
        count, level = self._headings.known_at(lines, index)
        if count and last is not None and self._heading_goes_on(last, line, last.level):
            last.lines += lines[index : index + count]
            return count
        if count:
            drafts.append(
                Draft(BlockKind.HEADING, list(lines[index : index + count]), level, known=True)
            )
            return count
        count, title, rest, level = self._headings.run_in(lines, index)
        if count:
            heading = replace(line, text=title)
            drafts.append(Draft(BlockKind.HEADING, [heading], level, known=True))
            drafts.append(
                Draft(BlockKind.PARAGRAPH, [replace(lines[index + count - 1], text=rest)])
            )
            return count
        if (
            last is not None
            and self._heading_goes_on(last, line, last.level)
            and self._headings.is_larger(line)
        ):
            last.lines.append(line)
            return 1
        is_heading = last is not None and last.kind is BlockKind.HEADING
        in_list = (
            last is not None
            and last.kind is BlockKind.LIST_ITEM
            and counts_on(last.lines[0].text, line.text)
        )
        above = last.lines[-1] if last is not None and is_heading else None
        level = self._headings.level(lines, index, above, in_list)
        if level:
            if last is not None and self._heading_goes_on(last, line, level):
                last.lines.append(line)
            else:
                drafts.append(Draft(BlockKind.HEADING, [line], level))
        elif (marker := marker_of(line.text)) and not self._is_dash_in_sentence(last, line):
            drafts.append(self._item(drafts, line, marker))
        elif last is not None and self._belongs(last, line):
            last.lines.append(line)
        else:
            drafts.append(Draft(BlockKind.PARAGRAPH, [line]))
        return 1

    @staticmethod
    def _item(drafts: Sequence[Draft], line: Line, marker: Marker) -> Draft:
        text = line.text[marker.length :] if marker.bullet else line.text
        level = _depth(drafts, line)
        return Draft(BlockKind.LIST_ITEM, [replace(line, text=text)], level, line.indent)

    @staticmethod
    def _heading_goes_on(last: Draft, line: Line, level: int) -> bool:
        before = last.lines[-1]
        return (
            last.kind is BlockKind.HEADING
            and not last.known
            and last.level == level
            and set_alike(before, line)
            and line.gap <= 0.6
            and not SECTION_NUMBER.match(line.text)
            and not WORDED_NUMBER.match(line.text)
            and sum(len(item.text.split()) for item in last.lines) < _HEADING_WORDS
        )

    def _belongs(self, last: Draft, line: Line) -> bool:
        """Whether ``line`` continues the block ``last``."""
        if last.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            return False
        before = last.lines[-1]
        body = self._headings.body
        if body and abs(before.size - line.size) > 0.15 * body:
            return False
        ended = bool(_ENDS_SENTENCE.search(before.text))
        if line.column_break:
            return not ended and (line.text[:1].islower() or self._headings.is_full(before))
        if line.text[:1].islower() and not ended:
            return line.gap <= 2.5
        if line.gap > 0.4:
            return False
        if last.kind is BlockKind.LIST_ITEM:
            hanging = len(last.lines) > 1 and last.lines[1].indent > last.marker_indent + 1
            return not (hanging and ended and line.indent <= last.marker_indent + 1)
        if ended and not self._headings.is_full(before, 0.75):
            return False
        return not (ended and line.indent > before.indent + 1.5 and body > 0)

    def _is_dash_in_sentence(self, last: Draft | None, line: Line) -> bool:
        """Whether a line begins with the dash of the sentence before it, not with a bullet."""
        if last is None or last.kind is not BlockKind.PARAGRAPH or line.text[0] not in "–—-":
            return False
        before = last.lines[-1]
        ended = _ENDS_SENTENCE.search(before.text)
        return line.gap <= 0.4 and not ended and self._headings.is_full(before)


def _depth(drafts: Sequence[Draft], line: Line) -> int:
    """How deep a list item stands: by its indent against the items just before it."""
    for draft in reversed(drafts):
        if draft.kind is not BlockKind.LIST_ITEM:
            return 0
        if line.indent > draft.marker_indent + 2:
            return min(draft.level + 1, 3)
        if abs(line.indent - draft.marker_indent) <= 2:
            return draft.level
    return 0


def with_markers_joined(content: Sequence[Line | Grid]) -> list[Line | Grid]:
    """A bullet or number that stands on a line of its own goes with the line after it."""
    joined: list[Line | Grid] = []
    waiting: Line | None = None
    for item in content:
        if waiting is not None and isinstance(item, Line) and not _is_lone(item):
            item = _with_marker(waiting, item)
            waiting = None
        elif waiting is not None:
            # A number without text is a figure; a bullet without text is nothing.
            if is_lone_number(waiting.text.strip()):
                joined.append(waiting)
            waiting = None
        if isinstance(item, Line) and _is_lone(item):
            waiting = item
        else:
            joined.append(item)
    if waiting is not None and is_lone_number(waiting.text.strip()):
        joined.append(waiting)
    return joined


def _is_lone(line: Line) -> bool:
    text = line.text.strip()
    return is_lone_bullet(text) or is_lone_number(text)


def _with_marker(marker: Line, line: Line) -> Line:
    return replace(
        line,
        text=f"{marker.text.strip()} {line.text.strip()}",
        indent=marker.indent,
        gap=max(marker.gap, 0.5),
        column_break=marker.column_break,
    )
