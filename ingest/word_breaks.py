"""WordBreaks: words hyphenated at the end of a line, made whole as the document writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.builder import normalise

_SOFT_HYPHEN = re.compile("\\b(\\w+)\u00ad\\s*(\\w+)")
_PARTED = "\ue000"  # stands for a soft hyphen at a line's end, which is no character of the text
_SIGNS = re.compile(r"[^\w-]+")


class WordBreaks:
    """Joins lines; whether a hyphen at a line's end stays is told by the document's other words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter(re.findall(r"[\w-]+", " ".join(lines).lower()))

    def join(self, lines: Iterable[str]) -> str:
        """The lines of one block as one text."""
        text = ""
        for line in lines:
            if line.endswith("\u00ad"):
                line = line[:-1] + _PARTED
            piece = normalise(_SOFT_HYPHEN.sub(self._without_soft_hyphen, line))
            if text.endswith(_PARTED):
                head, tail = text.rsplit(None, 1)[-1], (piece.split(None, 1) or [""])[0]
                whole = self._is_one_word(head, tail)
                text = text[: -len(_PARTED)] + ("" if whole else "-") + piece
            elif text.endswith("-") and not text.endswith(" -") and piece[:1].islower():
                head, tail = text.rsplit(None, 1)[-1], piece.split(None, 1)[0]
                text = text[:-1] + piece if self._is_one_word(head, tail) else text + piece
            else:
                text = f"{text} {piece}" if text else piece
        return text.removesuffix(_PARTED)

    def seam(self, before: str, after: str) -> tuple[str, int]:
        """What joins a line at the end of a page to the text after it.

        The joiner, and how many characters of ``before``, as it is normalised, it replaces.
        """
        if not before.endswith(("-", "\u00ad")) or before.endswith((" -", " \u00ad")):
            return " ", 0
        head, tail = before.rsplit(None, 1)[-1].rstrip("-\u00ad"), (after.split(None, 1) or [""])[0]
        hyphen = 1 if before.endswith("-") else 0
        if not after[:1].islower() and hyphen:
            return " ", 0
        whole = self._is_one_word(head, tail)
        return ("", hyphen) if whole else ("-", hyphen)

    def _without_soft_hyphen(self, match: re.Match[str]) -> str:
        head, tail = match.groups()
        return head + tail if self._is_one_word(head, tail) else f"{head}-{tail}"

    def _is_one_word(self, head: str, tail: str) -> bool:
        head, tail = (_SIGNS.sub("", part).lower() for part in (head, tail))
        whole, hyphenated = head.rstrip("-") + tail, head.rstrip("-") + "-" + tail
        return self._words[whole] > 0 or self._words[hyphenated] == 0
