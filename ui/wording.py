"""Wording: counts, states and times in words, and text that is safe to print."""

from __future__ import annotations

import unicodedata

from ingest.document import PageCounts
from ui.language import _, ngettext, number


def counted(count: int, noun: str) -> str:
    """ "1 page", "3 pages" """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def pages_words(pages: int, counts: PageCounts) -> str:
    """ "12 pages (2 by OCR, 1 unreadable)"; empty where there are none."""
    if not pages:
        return ""
    told = page_states(counts)
    return f"{counted(pages, 'page')} ({told})" if told else counted(pages, "page")


def page_states(counts: PageCounts) -> str:
    """ "2 by OCR, 1 unreadable"; empty where all pages were read as text."""
    kinds = (
        (counts.ocr, ngettext("{count} by OCR", "{count} by OCR", counts.ocr)),
        (
            counts.unreadable,
            ngettext("{count} unreadable", "{count} unreadable", counts.unreadable),
        ),
        (counts.blank, ngettext("{count} blank", "{count} blank", counts.blank)),
    )
    return ", ".join(words for count, words in kinds if count)


def left_words(seconds: float | None) -> str:
    """ "about 40 s left", "about 3 min left"; empty where nobody knows."""
    if seconds is None:
        return ""
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= 1.5 * length:
            return _("about {time} left", time=f"{number(seconds / length)} {unit}")
    return _("about {time} left", time=f"{number(max(seconds, 1))} s")


def ended(sentence: str) -> str:
    """The same with a full stop, where it has no end of its own."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def one_line(text: str) -> str:
    """The same on one line: what could steer a terminal, line ends too, is spelled out.

    The name of a file may hold any of it: "plan\\n.md".
    """
    return "".join(
        char.encode("unicode_escape", "backslashreplace").decode()
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else char
        for char in text
    )


def printable(text: str) -> str:
    """Text without characters that could steer a terminal (escape sequences, overrides)."""
    return "".join(
        char if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char in "\n\t" else "\ufffd"
        for char in text
    )
