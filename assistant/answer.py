"""Answer, Citation, Turn: what the assistant hands out, and what it is told of earlier turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypedDict

from index import Evidence


class Turn(TypedDict):
    """One earlier message of the conversation, in the form that chat APIs share."""

    role: Literal["user", "assistant"]
    content: str


NO_SUPPORT = "(no support found)"  # in a text after a sentence that no citation proves
History = list[Turn] | list[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words behind a statement: ``document.text[start:end] == quote``, checked."""

    number: int  # the n of its marker [n] in the answer, from 1
    document: str  # path relative to the indexed folder
    title: str
    page: int | None  # physical page, from 1; None where the format has no pages
    page_label: str | None  # the number printed on that page, where there is one
    section: tuple[str, ...]  # trail of headings, outermost first
    quote: str
    start: int
    end: int
    content_hash: str  # the version of the document that was read
    language: str | None = None  # of the document, ISO 639-1

    @property
    def place(self) -> str:
        """Where to look, for people: "report.pdf, p. 3"."""
        if self.page is None:
            return self.document
        label = f" ({self.page_label})" if self.page_label not in (None, str(self.page)) else ""
        return f"{self.document}, p. {self.page}{label}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say, with its proof; or, with ``found`` False, that they do not."""

    question: str  # as it was asked
    text: str  # Markdown with [1] markers
    found: bool
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # best first
    confidence: float = 0.0  # 0 to 1
    method: str = "extractive"  # how the text was made: that, or "generative" by a chat model
    model: str = ""  # the chat model that wrote it
    note: str = ""  # what to know of how it was made: why it is not the model's, what is left out
    unsupported: tuple[str, ...] = ()  # sentences of the model that no citation proves
    complete: bool = True  # False in a stream, while words are still to come
    standalone: str = ""  # the question as it was searched, history resolved
    searched: tuple[str, ...] = ()  # the documents that the search was limited to; empty: all
    emphasis: tuple[tuple[int, int], ...] = ()  # offsets into the text: the words asked for
    about: tuple[str, ...] = ()  # those that the question was taken to name; empty: none, or many

    @property
    def marked(self) -> str:
        """The text with the words that were asked for in bold."""
        return self.text_with("**", "**")

    def text_with(self, before: str, after: str) -> str:
        """The text with signs around the words that were asked for."""
        text = self.text
        for start, end in sorted(self.emphasis, reverse=True):
            text = f"{text[:start]}{before}{text[start:end]}{after}{text[end:]}"
        return text

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        plain = asdict(self)
        plain["evidence"] = [
            {
                "document": item.passage.document,
                "title": item.passage.title,
                "page": item.passage.page,
                "section": list(item.passage.section),
                "text": item.passage.text,
                "score": item.score,
            }
            for item in self.evidence
        ]
        return plain
