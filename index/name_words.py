"""The words of a name, and the form in which two spellings of one are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


def name_words(text: str) -> list[str]:
    """The words of a text as they are written, without signs between: "Pays-Bas" has two."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
