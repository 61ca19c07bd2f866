"""TokenBudget: how many passages fit into a chat model's context, counted before they are sent.

The tokenizers of most services are not to be had without the network, so their tokens are counted
from above: never fewer than the vocabularies of today's models make of a text. A model that runs
here counts with its own tokenizer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.chat_prompt import numbered, request, rules
from assistant.question import Question
from index import Evidence

DEFAULT_CONTEXT = 8_192  # tokens, where neither the setting nor the model says
_FRAME = 32  # tokens that a chat's template puts around two messages
_LETTERS_OF_A_TOKEN = 4  # of a plain word; vocabularies hold most words whole
# A run of plain letters, a digit (some vocabularies take each alone), any other sign.
_PIECE = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]|\n+| {2,}")

CountTokens = Callable[[str], int]


def most_tokens(text: str) -> int:
    """An upper estimate of the tokens of a text, for a model whose tokenizer is not at hand."""
    count = 0
    for piece in _PIECE.findall(text):
        if piece[0].isascii():
            count += -(-len(piece) // _LETTERS_OF_A_TOKEN) if piece.isalpha() else 1
        else:
            count += min(len(piece.encode()), 3)  # in the worst case a token is one byte
    return count


@dataclass(frozen=True, slots=True)
class TokenBudget:
    """What one request to a model may take."""

    context: int  # tokens of prompt and reply together
    reply: int  # tokens kept for the reply
    count: CountTokens = most_tokens

    @property
    def prompt(self) -> int:
        """Tokens that the prompt may have."""
        return self.context - min(self.reply, self.context // 2) - _FRAME

    def fitting(
        self, question: Question, evidence: Sequence[Evidence], earlier: str = ""
    ) -> list[Evidence]:
        """As many of the passages, best first, as there is room for; none is cut."""
        left = self.prompt - self.count(rules()) - self.count(request(question, [], earlier))
        fitting: list[Evidence] = []
        for item in evidence:
            left -= self.count(numbered(len(fitting) + 1, item)) + 2  # the blank line between
            if left < 0:
                break
            fitting.append(item)
        return fitting
