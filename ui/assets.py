"""The files in ui/static, as the installed package holds them."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def asset(name: str) -> str:
    """The text of a script or style sheet in ui/static."""
    return (STATIC / name).read_text(encoding="utf-8")
