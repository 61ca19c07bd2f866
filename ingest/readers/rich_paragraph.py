"""RichParagraph and RichRow: what an RTF file is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class RichParagraph:
    """One paragraph as it ended."""

    text: str
    bold: bool  # all of it
    outline: int  # 0 is the highest heading, 9 is body text
    style: str  # its name
    mark: str | None  # what is drawn before it in a list; None outside of lists
    level: int  # depth in a list
    in_table: bool
    notes: list[str] = field(default_factory=list)
    boxes: list[RichParagraph] = field(default_factory=list)


@dataclass(slots=True)
class RichRow:
    """One row of a table: paragraphs by cell, and where the cells end."""

    cells: list[list[RichParagraph]]
    edges: list[int]  # right edge of each cell, twips
    head: bool
