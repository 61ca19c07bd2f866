"""Told: sentences that the lower rooms made, in English, in the language of whoever reads them."""

from __future__ import annotations


def told(sentence: str) -> str:
    """The sentence in the reader's language; as it is where it is not known."""
    return sentence


def told_text(text: str) -> str:
    """The same for each line of an answer that the assistant itself says."""
    return "\n".join(map(told, text.split("\n")))
