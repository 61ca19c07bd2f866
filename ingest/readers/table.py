"""Table: cells in, one row for each line out, each value with the head of its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.builder import DocumentBuilder
from ingest.document import BlockKind

_WIDEST = 1000  # columns; HTML's own limit for colspan, and a guard against absurd spans
# Characters. A row is never cut into passages: with more text it would be too long for one.
_LONG_ROW = 700
_LONG_CELL = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a cell."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a merged cell stands once, in its first row and column."""

    parts: tuple[Part, ...] = ()
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)

    @property
    def holds_table(self) -> bool:
        return any(part.kind is BlockKind.TABLE_ROW for part in self.parts)


def parts_of(builder: DocumentBuilder) -> tuple[Part, ...]:
    """The blocks that were written for one cell; a heading in a cell heads nothing beyond it."""
    text = builder.text
    return tuple(
        Part(
            BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind,
            text[block.start : block.end],
            0 if block.kind is BlockKind.HEADING else block.level,
        )
        for block in builder.blocks
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, of which the first ``heads`` are head rows."""

    rows: Sequence[Sequence[Cell]]
    heads: int = 0

    def write(self, builder: DocumentBuilder) -> None:
        """Append "Head: value | Head: value" for each row.

        The head row stands alone only where it is needed: over a table without other rows, or
        where a head has no value below it (a form to fill in). Of a row with long cells these
        follow the short ones as paragraphs and lists, so that they can be cut into passages.
        """
        placed = self._placed()
        columns = _columns(placed[: self.heads])
        heads = [" ".join(dict.fromkeys(filter(None, texts))) for texts in columns]
        rows = [
            [(self._head(heads, column, cell), cell) for column, cell in row if cell.parts]
            for row in placed[self.heads :]
        ]
        used = {head for row in rows for head, _ in row}
        if not used.issuperset(filter(None, heads)):
            builder.add(BlockKind.TABLE_ROW, " | ".join(filter(None, dict.fromkeys(heads))))
        for row in rows:
            _write_row(builder, row)

    @staticmethod
    def _head(heads: list[str], column: int, cell: Cell) -> str:
        """The head over a cell; none over one that spans columns."""
        head = heads[column] if column < len(heads) and cell.columns == 1 else ""
        return "" if head == cell.text else head

    def _placed(self) -> list[list[tuple[int, Cell]]]:
        """The cells of each row with the column in which they begin."""
        busy: dict[int, int] = {}  # column -> rows for which a cell from above still fills it
        result = []
        for row in self.rows:
            column = 0
            placed = []
            started: dict[int, int] = {}
            for cell in row:
                while column in busy and column < _WIDEST:
                    column += 1
                placed.append((column, cell))
                width = min(max(cell.columns, 1), max(_WIDEST - column, 1))
                started |= dict.fromkeys(range(column, column + width), cell.rows)
                column += width
            busy = {at: left - 1 for at, left in busy.items() if left > 1}
            busy |= {at: rows - 1 for at, rows in started.items() if rows > 1}
            result.append(placed)
        return result


def _write_row(builder: DocumentBuilder, row: list[tuple[str, Cell]]) -> None:
    texts = [(_headed(head, cell.text), cell) for head, cell in row]
    is_long = sum(len(text) for text, _ in texts) > _LONG_ROW
    apart = [cell.holds_table or (is_long and len(text) > _LONG_CELL) for text, cell in texts]
    short = [text for (text, _), is_apart in zip(texts, apart, strict=True) if not is_apart]
    builder.add(BlockKind.TABLE_ROW, " | ".join(short))
    for (head, cell), is_apart in zip(row, apart, strict=True):
        for order, part in enumerate(cell.parts if is_apart else ()):
            text = _headed(head, part.text) if order == 0 else part.text
            builder.add(part.kind, text, part.level)


def _headed(head: str, text: str) -> str:
    if not head or not text:
        return text
    return f"{head} {text}" if head.endswith((":", "?")) else f"{head}: {text}"


def _columns(rows: Sequence[Sequence[tuple[int, Cell]]]) -> list[list[str]]:
    """For each column the texts of the head cells above it, from the top."""
    columns: list[list[str]] = []
    for row in rows:
        for column, cell in row:
            for covered in range(column, min(column + max(cell.columns, 1), _WIDEST)):
                while len(columns) <= covered:
                    columns.append([])
                columns[covered].append(cell.text)
    return columns
