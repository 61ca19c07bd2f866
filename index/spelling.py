"""Spelling: the two ways in which English writes many words, the British and the American one."""

from __future__ import annotations

import re
from functools import lru_cache

# -ise and -ize with all that is made of them; the lists of words know only the common ones.
_VERB = re.compile(r"(?<=\w\w)([iy])([sz])((?:e[dsr]?|ers|ing|ations?|able)$)")
_OTHER = {"s": "z", "z": "s"}


@lru_cache(maxsize=1 << 14)
def other_spelling(word: str) -> str | None:
    """How the other side of the Atlantic writes an English word, in lower case; None: alike.

    A word that only looks as if it had two spellings gets one that nobody uses ("exercize").
    """
    from breame.spelling import (
        american_spelling_exists,
        british_spelling_exists,
        get_american_spelling,
        get_british_spelling,
    )

    word = word.lower()
    if british_spelling_exists(word):
        return str(get_american_spelling(word))
    if american_spelling_exists(word):
        return str(get_british_spelling(word))
    changed = _VERB.sub(lambda found: found[1] + _OTHER[found[2]] + found[3], word)
    return changed if changed != word else None


def spelt_as_in(question: str, text: str) -> str:
    """The question with those words in their other spelling that ``text`` writes only so."""
    others = {word: other_spelling(word) for word in re.findall(r"\w+", question)}
    if not any(others.values()):
        return question  # like most: the text, which may be a book, is not looked at
    held = text.lower()

    def spelt(found: re.Match[str]) -> str:
        word = found[0]
        other = others[word]
        return other if other and other in held and word.lower() not in held else word

    return re.sub(r"\w+", spelt, question)
