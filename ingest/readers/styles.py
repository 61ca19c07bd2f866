"""Styles: what the paragraph styles of a Word document say about headings and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Built-in styles keep their English name in every language of Word; only their id is translated.
_HEADING = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_LIST = re.compile(r"^list (?:bullet|number)(?: ([2-5]))?$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc (?:[1-9]|heading)|table of (?:figures|authorities))$", re.I)
_TRUE = ("1", "true", "on")
_BODY_TEXT = 9  # the outline level that means "no heading"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style with what it inherits."""

    name: str = ""
    outline: int | None = None  # 0 is the highest heading, 9 is body text
    number_id: str | None = None  # of the list that the style belongs to
    number_level: int | None = None
    bold: bool = False

    @property
    def heading(self) -> int:
        """1 to 6; 0 where the style is no heading."""
        if self.outline is not None and self.outline < _BODY_TEXT:
            return min(self.outline + 1, 6)
        if match := _HEADING.match(self.name):
            return min(int(match[1]), 6)
        return 1 if self.name.lower() == "title" else 0

    @property
    def list_level(self) -> int | None:
        """The depth that the style's name tells ("List Bullet 2" is 1); None for no list."""
        match = _LIST.match(self.name)
        return int(match[1] or 1) - 1 if match else None

    @property
    def is_contents(self) -> bool:
        """Whether paragraphs of this style are a generated table of contents."""
        return bool(_CONTENTS.match(self.name))


class Styles:
    """The paragraph styles by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {
            value(style, "styleId"): style
            for style in (root.iter(f"{W}style") if root is not None else ())
            if value(style, "type") == "paragraph"
        }
        self._default = next(
            (name for name, style in self._elements.items() if value(style, "default") in _TRUE),
            "",
        )
        self._known: dict[str, Style] = {}

    def of(self, paragraph_properties: Element | None) -> Style:
        """The style of a paragraph; the default style where it names none."""
        name = child_value(paragraph_properties, "pStyle") or self._default
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def _resolve(self, name: str) -> Style:
        """Along "based on": what a style does not say itself, it has from the one below."""
        if name not in self._elements:
            return Style(name=name)  # a style that is only named, as some programs write
        own_name = ""
        outline = number_id = number_level = bold = None
        seen: set[str] = set()
        while name in self._elements and name not in seen:
            seen.add(name)
            style = self._elements[name]
            inherited_name = child_value(style, "name") or ""
            own_name = own_name or inherited_name
            if outline is None and _HEADING.match(inherited_name):
                outline = int(inherited_name[-1]) - 1
            stated = integer(child_value(style, "pPr/outlineLvl"))
            outline = stated if outline is None else outline
            number_id = number_id or child_value(style, "pPr/numPr/numId")
            if number_level is None:
                number_level = integer(child_value(style, "pPr/numPr/ilvl"))
            bold = is_on(style.find(f"{W}rPr/{W}b")) if bold is None else bold
            name = child_value(style, "basedOn") or ""
        return Style(own_name, outline, number_id, number_level, bool(bold))


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of Word's namespace; empty where it is missing."""
    return element.get(f"{W}{name}", "") if element is not None else ""


def child_value(element: Element | None, path: str) -> str | None:
    """The value of the element at ``path`` ("pPr/numPr/ilvl"); None where it is missing."""
    if element is None:
        return None
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return value(found) if found is not None else None


def integer(text: str | None) -> int | None:
    """A whole number from 0 to 99999; None where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def is_on(switch: Element | None) -> bool | None:
    """Whether a switch such as <w:b/> is on; None where it does not stand there."""
    if switch is None:
        return None
    return value(switch).lower() not in ("0", "false", "off", "none")
