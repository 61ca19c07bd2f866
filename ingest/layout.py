"""From lines to blocks: which lines are headings, which are list items, which run on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.builder import DocumentBuilder
from ingest.document import BlockKind, PageStatus
from ingest.lines import Line, LinedPage, without_running_lines
from ingest.word_breaks import WordBreaks

_BULLETS = "•●▪▫■□◆◇►▶‣◦⁃∙·○✓✔➢➤§\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0a8\uf076"
_DASHES = "–—*-"  # a bullet before a word; before a figure it may be a minus
_BULLET = re.compile(
    rf"^(?:[{_BULLETS}]\s*(?=\S)|[{_DASHES}](?:\s+|(?=[\w“\"'’]))(?=[^\d\s])|o\s{{2,}})"
)
_LONE_BULLET = re.compile(rf"^[{_BULLETS}{_DASHES}]$")
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)")
_LONE_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Za-z][.)])$")
_SECTION_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_WORDED_NUMBER = re.compile(
    r"^(?:chapter|part|annex|appendix|pillar|goal|objective|strategic objective|theme|axe|chapitre"
    r"|annexe|objectif|partie|teil|anhang|kapitel|ziel)\s+(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;]['\"”’»)\]]*\d{0,2}$")
_NO_HEADING = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}|https?:|www\.|@")
LEADERS = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}")

_HEADING_WORDS = 16  # a longer line is a sentence
_HEADING_RATIO = 1.12  # type this much larger than the body's is a heading's


@dataclass(slots=True)
class _Draft:
    """A block that still takes lines."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    marker_indent: float = 0.0


class Layout:
    """Turns the lines of a whole document into blocks; the document's own habits decide."""

    def __init__(self, pages: list[LinedPage], headings: dict[str, int] | None = None) -> None:
        """``headings``: titles known from the file's outline, squashed, with their level."""
        self._pages = without_running_lines(pages)
        self._headings = headings or {}
        lines = [line for page in self._pages for line in page.lines]
        self._body_size = _usual([round(line.size, 1) for line in lines for _ in line.text[::20]])
        self._width = _wide([line.right - line.indent for line in lines])
        bigger = Counter(
            round(line.size)
            for line in lines
            if line.size > self._body_size * _HEADING_RATIO and any(c.isalpha() for c in line.text)
        )
        self._sizes = sorted(bigger, reverse=True)
        self._words = WordBreaks(line.text for line in lines)

    def write(self, builder: DocumentBuilder, paged: bool) -> None:
        """Add all pages and blocks to ``builder``."""
        for page in self._pages:
            if paged:
                status = PageStatus.UNREADABLE if page.reason else PageStatus.TEXT
                builder.start_page(page.label, status, page.reason)
            first = True
            for draft in self._drafts(page.lines):
                text = self._words.join(line.text for line in draft.lines)
                if draft.kind is BlockKind.HEADING and not any(c.isalpha() for c in text):
                    continue
                continues = first and self._runs_on(builder, draft, text)
                builder.add(draft.kind, text, draft.level, continues)
                first = False

    def _runs_on(self, builder: DocumentBuilder, draft: _Draft, text: str) -> bool:
        """Whether the first block of a page is the rest of the last one of the page before."""
        if not builder.blocks or draft.kind is not BlockKind.PARAGRAPH:
            return False
        last = builder.blocks[-1]
        if last.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            return False
        before = builder.text[last.start : last.end]
        return not _ENDS_SENTENCE.search(before) and (
            text[:1].islower() or before.endswith(("-", ","))
        )

    def _drafts(self, lines: tuple[Line, ...]) -> list[_Draft]:
        drafts: list[_Draft] = []
        joined = _with_markers_joined(lines)
        for index, line in enumerate(joined):
            after = joined[index + 1] if index + 1 < len(joined) else None
            last = drafts[-1] if drafts else None
            level = self._heading_level(line, after, last)
            if level:
                if last and self._heading_goes_on(last, line, level):
                    last.lines.append(line)
                else:
                    drafts.append(_Draft(BlockKind.HEADING, [line], level))
            elif (marker := _marker(line.text)) and not self._is_dash_in_sentence(last, line):
                kind = BlockKind.LIST_ITEM
                drafts.append(_Draft(kind, [line], self._depth(drafts, line), line.indent))
                if marker.bullet:
                    drafts[-1].lines[0] = _without(line, marker.length)
            elif last and self._belongs(last, line):
                last.lines.append(line)
            else:
                drafts.append(_Draft(BlockKind.PARAGRAPH, [line]))
        return drafts

    def _heading_level(self, line: Line, after: Line | None, last: _Draft | None) -> int:
        """1 to 6 for a heading, 0 for anything else."""
        text = line.text.strip()
        words = text.split()
        if not words or len(words) > _HEADING_WORDS or _NO_HEADING.search(text):
            return 0
        if known := self._headings.get(squash(text)):
            return known
        letters = [char for char in text if char.isalpha()]
        unended = not text.endswith((".", ";", ",", ":")) or _SECTION_NUMBER.match(text)
        if len(letters) < 3 or not unended:
            return 0
        if text[0].islower() or (_marker(text) or _Marker(False, 0)).bullet:
            return 0
        larger = self._body_size > 0 and line.size > self._body_size * _HEADING_RATIO
        if larger:
            return min(self._sizes.index(round(line.size)) + 1, 6)
        if (after is not None and after.gap <= 0.4 and after.text[:1].islower()) or self._counts_on(
            last, text
        ):
            return 0
        apart = (
            line.gap > 0.4 or last is None or last.kind is BlockKind.HEADING or line.column_break
        )
        capitals = sum(char.isupper() for char in letters) / len(letters) > 0.85
        number = _SECTION_NUMBER.match(text)
        depth = number["number"].count(".") + 1 if number else 0
        base = min(len(self._sizes), 3)
        if depth > 1 and apart and not text.endswith((".", ";", ",")):
            return min(base + depth, 6)
        if capitals and apart and (depth or len(letters) > 5):
            return min(base + max(depth, 1), 6)
        if _WORDED_NUMBER.match(text) and apart and len(words) <= 12:
            return min(base + 2, 6)
        if line.bold and apart and not self._full(line) and not text.endswith("."):
            return min(base + max(depth, 2), 6)
        alone = apart and (after is None or after.gap > 0.4 or len(after.text) > 1.5 * len(text))
        if depth == 1 and alone and (after is None or not _NUMBERED.match(after.text)):
            return min(base + 1, 6) if not text.endswith(".") else 0
        titled = (
            len(words) <= 9
            and not self._full(line, 0.7)
            and not any(char in text for char in ",;@")
        )
        if alone and titled and line.size == 0 and line.gap > 0.4 and after is not None:
            return min(base + 4, 6)
        return 0

    @staticmethod
    def _counts_on(last: _Draft | None, text: str) -> bool:
        """Whether a numbered line is the next item of the list that ``last`` belongs to."""
        if last is None or last.kind is not BlockKind.LIST_ITEM:
            return False
        before, here = (re.match(r"\(?(\d{1,2})[.)]", each) for each in (last.lines[0].text, text))
        return before is not None and here is not None and int(here[1]) == int(before[1]) + 1

    def _heading_goes_on(self, last: _Draft, line: Line, level: int) -> bool:
        before = last.lines[-1]
        return (
            last.kind is BlockKind.HEADING
            and last.level == level
            and abs(before.size - line.size) < 0.6
            and line.gap <= 0.6
            and not _SECTION_NUMBER.match(line.text)
            and not _WORDED_NUMBER.match(line.text)
            and sum(len(item.text.split()) for item in last.lines) < _HEADING_WORDS
        )

    def _belongs(self, last: _Draft, line: Line) -> bool:
        """Whether ``line`` continues the block ``last``."""
        if last.kind is BlockKind.HEADING:
            return False
        before = last.lines[-1]
        if self._body_size and abs(before.size - line.size) > 0.15 * self._body_size:
            return False
        ended = bool(_ENDS_SENTENCE.search(before.text))
        if line.text[:1].islower() and not ended:
            return line.gap <= 2.5
        if line.column_break:
            return not ended and not self._full(line, 0.2) and self._full(before)
        if line.gap > 0.4:
            return False
        if last.kind is BlockKind.LIST_ITEM:
            hanging = len(last.lines) > 1 and last.lines[1].indent > last.marker_indent + 1
            return not (hanging and ended and line.indent <= last.marker_indent + 1)
        if ended and not self._full(before, 0.75):
            return False
        return not (ended and line.indent > before.indent + 1.5 and self._body_size > 0)

    def _is_dash_in_sentence(self, last: _Draft | None, line: Line) -> bool:
        """Whether a line begins with the dash of the sentence before it, not with a bullet."""
        if last is None or last.kind is not BlockKind.PARAGRAPH or line.text[0] not in "–—-":
            return False
        before = last.lines[-1]
        return line.gap <= 0.4 and not _ENDS_SENTENCE.search(before.text) and self._full(before)

    def _full(self, line: Line, share: float = 0.85) -> bool:
        return line.right - line.indent >= share * self._width

    def _depth(self, drafts: list[_Draft], line: Line) -> int:
        """How deep a list item stands: by its indent against the items just before it."""
        for draft in reversed(drafts):
            if draft.kind is not BlockKind.LIST_ITEM:
                return 0
            if line.indent > draft.marker_indent + 2:
                return min(draft.level + 1, 3)
            if abs(line.indent - draft.marker_indent) <= 2:
                return draft.level
        return 0


@dataclass(frozen=True, slots=True)
class _Marker:
    bullet: bool
    length: int


def _marker(text: str) -> _Marker | None:
    if match := _BULLET.match(text):
        return _Marker(True, match.end())
    if match := _NUMBERED.match(text):
        return _Marker(False, match.end())
    return None


def _without(line: Line, length: int) -> Line:
    return Line(line.text[length:], line.indent, line.right, line.gap, line.size, line.bold)


def _with_markers_joined(lines: tuple[Line, ...]) -> list[Line]:
    """A bullet or number that stands on a line of its own goes with the line after it."""
    joined: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        text = line.text.strip()
        alone = bool(_LONE_BULLET.match(text) or _LONE_NUMBER.match(text))
        if waiting is not None and alone:
            # Markers without text, as a column of bullets leaves them: the last one counts.
            waiting = line
            continue
        if waiting is not None:
            gap = max(waiting.gap, 0.5)
            text = f"{waiting.text.strip()} {text}"
            line = Line(
                text, waiting.indent, line.right, gap, line.size, line.bold, waiting.column_break
            )
            waiting = None
        elif alone:
            waiting = line
            continue
        joined.append(line)
    return joined


def squash(text: str) -> str:
    """Letters and digits alone, in lower case: two ways of printing one heading are then equal."""
    return "".join(char for char in text.lower() if char.isalnum())


def _usual(values: list[float]) -> float:
    return Counter(values).most_common(1)[0][0] if values else 0.0


def _wide(widths: list[float]) -> float:
    """The width of a full line: the 80th percentile."""
    widths = sorted(width for width in widths if width > 0)
    return widths[int(0.8 * (len(widths) - 1))] if widths else 1.0
