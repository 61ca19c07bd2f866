"""Paragraph: the text of one Word paragraph, and what hangs on it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ingest.readers.bullet import without_symbols
from ingest.readers.styles import W, child_value, integer, is_on, value

_MARKUP_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
PASSED_OVER = frozenset(
    {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "pPr", "rPr", "sdtPr", "rt")}
    # The older twin of what stands in Choice.
    | {f"{_MARKUP_COMPATIBILITY}Fallback"}
)
_SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}


class Paragraph:
    """A paragraph read once: deletions dropped, insertions, links and field results kept."""

    def __init__(self, element: Element) -> None:
        self.properties = element.find(f"{W}pPr")
        self.boxes: list[Element] = []  # the contents of its text boxes
        self.notes: list[tuple[str, str]] = []  # ("footnote" or "endnote", id)
        self._parts: list[str] = []
        self._weights: list[bool | None] = []  # for each run with text, whether it says bold
        self._read(element)

    @property
    def text(self) -> str:
        return without_symbols("".join(self._parts))

    @property
    def outline(self) -> int | None:
        """The outline level that the paragraph sets for itself; 9 is body text."""
        return integer(child_value(self.properties, "outlineLvl"))

    @property
    def number_id(self) -> str | None:
        return child_value(self.properties, "numPr/numId")

    @property
    def number_level(self) -> int | None:
        return integer(child_value(self.properties, "numPr/ilvl"))

    def is_bold(self, by_style: bool) -> bool:
        """Whether every run is bold, by itself or by the paragraph's style."""
        return bool(self._weights) and all(
            by_style if bold is None else bold for bold in self._weights
        )

    def _read(self, root: Element) -> None:
        stack = list(reversed(root))
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag in PASSED_OVER or tag == f"{W}tbl":
                continue
            if tag in (f"{W}t", _MATH_TEXT):
                self._parts.append(element.text or "")
            elif tag in _SIGNS:
                self._parts.append(_SIGNS[tag])
            elif tag == f"{W}txbxContent":
                self.boxes.append(element)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if tag.endswith("footnoteReference") else "endnote"
                self.notes.append((kind, value(element, "id")))
            elif tag == f"{W}r" and is_on(element.find(f"{W}rPr/{W}vanish")):
                continue
            elif tag == f"{W}sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
                continue  # "Click here to enter text"
            else:
                if tag == f"{W}r" and any(
                    (text.text or "").strip() for text in element.findall(f"{W}t")
                ):
                    self._weights.append(is_on(element.find(f"{W}rPr/{W}b")))
                stack.extend(reversed(element))
