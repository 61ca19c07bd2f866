"""The files in ui/static, as the installed package holds them, and the product's name."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ui.language import _

NAME = "Strategy assistant"  # of the product: the same in all languages
STATIC = Path(__file__).parent / "static"
_MESSAGE = re.compile(r'\b_\(\s*("(?:[^"\\]|\\.)*")')  # in a script: _("Copied")


def asset(name: str) -> str:
    """The text of a script or style sheet in ui/static."""
    return (STATIC / name).read_text(encoding="utf-8")


def script(name: str) -> str:
    """A script with its messages in the reader's language."""
    text = asset(name)
    messages = sorted({str(json.loads(literal)) for literal in _MESSAGE.findall(text)})
    words = json.dumps({message: _(message) for message in messages}, ensure_ascii=False)
    return f"const WORDS = {words};\n{asset('words.js')}\n{text}"
