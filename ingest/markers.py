"""Marker: what a line begins with: the bullet or number of a list, the number of a section."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLETS = "•●▪▫■□◆◇►▶‣◦⁃∙·○✓✔➢➤§"
_SYMBOLS = "\uf020-\uf0ff"  # where symbol fonts have theirs: whatever it shows, it is no letter
_DASHES = "–—*-"  # a bullet before a word; before a figure it may be a minus
_BULLET = re.compile(
    rf"^(?:[{_BULLETS}]\s*(?=\S)|(?:[{_SYMBOLS}]\s+)*[{_SYMBOLS}]\s*(?=[^\s{_SYMBOLS}])"
    rf"|[{_DASHES}](?:\s+|(?=[\w“\"'’]))(?=[^\d\s])|o\s{{2,}})"
)
_LONE_BULLET = re.compile(rf"^[{_BULLETS}{_SYMBOLS}{_DASHES}]$")
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])\s+(?=\S)")
_LONE_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Za-z][.)]|[IVX]{1,5}\.)$")
_COUNTED = re.compile(r"\(?(\d{1,2})[.)]")

SECTION_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
WORDED_NUMBER = re.compile(
    r"^(?:chapter|part|annex|appendix|pillar|goal|objective|strategic objective|theme|axe|chapitre"
    r"|annexe|objectif|partie|teil|anhang|kapitel|ziel)\s+(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    bullet: bool  # says nothing; a number is part of what is said
    length: int  # characters up to the text


def marker_of(text: str) -> Marker | None:
    """The bullet or number that makes a line a list item; None where there is none."""
    if match := _BULLET.match(text):
        return Marker(True, match.end())
    if match := _NUMBERED.match(text):
        return Marker(False, match.end())
    return None


def is_lone_bullet(text: str) -> bool:
    """Whether a line is nothing but a bullet: it goes with the line after it."""
    return bool(_LONE_BULLET.match(text))


def is_lone_number(text: str) -> bool:
    """Whether a line is nothing but a number such as lists and sections have."""
    return bool(_LONE_NUMBER.match(text))


def is_numbered(text: str) -> bool:
    return bool(_NUMBERED.match(text))


def counts_on(before: str, text: str) -> bool:
    """Whether ``text`` has the number that follows the one of ``before``."""
    one, other = _COUNTED.match(before), _COUNTED.match(text)
    return one is not None and other is not None and int(other[1]) == int(one[1]) + 1
