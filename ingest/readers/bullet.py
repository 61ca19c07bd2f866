"""Bullets that were typed at the beginning of a paragraph."""

from __future__ import annotations

import re

# The private-use ones are what Symbol and Wingdings leave behind; a dash needs its space.
_BULLET = re.compile(
    "^(?:[•●▪▫■□◆◇►▶‣◦⁃∙○✓✔➢➤\u00b7\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0a8\uf076]\\s*|[-–*]\\s+)(?=\\S)"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def without_bullet(text: str) -> str | None:
    """The text after a typed bullet; None where there is no bullet."""
    text = text.strip()
    match = _BULLET.match(text)
    return text[match.end() :] if match else None


def without_symbols(text: str) -> str:
    """Text without private-use characters, which mean nothing outside their font."""
    return _PRIVATE.sub("", text)
