"""Told: sentences that the lower rooms made, in English, in the language of whoever reads them.

They are told where they are shown, not where they are made: what is kept, answers and the reasons
of documents, is read by people of several languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ui import sayings
from ui.language import ENGLISH, _, language

_NAME = re.compile(r"\\\{(\w+)\\\}")  # of a value, in an escaped message
# Values that are sentences or parts of some themselves.
_SPOKEN = {"fault", "formats", "kind", "reason", "what", "where"}
_PARTS = (". ", " / ", "; ")  # between a reason and a remedy, and between several reasons
_TROUBLE = (
    *sayings.NOTES,
    *sayings.ERRORS,
    *sayings.REASONS,
    *sayings.KINDS,
    *sayings.REMEDIES,
)


def told(sentence: str) -> str:
    """The sentence in the reader's language; as it is where nothing is known of it.

    One that the code of this room has marked for the catalogues is known too.
    """
    if language() == ENGLISH or not sentence:
        return sentence
    return _told(language(), sentence)


def told_text(text: str) -> str:
    """An answer with the lines that the assistant itself says in the reader's language."""
    if language() == ENGLISH:
        return text
    return "\n".join(_matched(line, sayings.ANSWERS) or line for line in text.split("\n"))


@lru_cache(maxsize=2_000)
def _told(_language: str, sentence: str) -> str:
    """``_language`` is the reader's: what is kept for one is not another's."""
    known = _(sentence)
    if known != sentence:
        return known
    found = _matched(sentence, sayings.ANSWERS) or _matched(sentence, _TROUBLE)
    if found is not None:
        return found
    for mark in _PARTS:
        parts = sentence.split(mark)
        if len(parts) > 1:
            return mark.join(map(told, parts))
    return sentence


def _matched(sentence: str, messages: Sequence[str]) -> str | None:
    """The message that the sentence was made of, with the same values; None without one."""
    for message in messages:
        match = _pattern(message).fullmatch(sentence)
        if match:
            values = {
                name: told(value) if name in _SPOKEN else value
                for name, value in match.groupdict().items()
            }
            return _(message).format(**values)
    return None


@cache
def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(_NAME.sub(r"(?P<\1>.+?)", re.escape(message)))
