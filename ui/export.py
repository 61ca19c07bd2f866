"""Export: a conversation as a file, Markdown or Word, with numbered footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation
from ui.conversation import Conversation, Exchange
from ui.errand import File
from ui.language import _
from ui.render import MARKER, place_words, quoted, refusal, sources
from ui.told import told, told_text

MARKDOWN = "md"
WORD = "docx"
_KINDS = {
    MARKDOWN: "text/markdown",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_UNFIT = re.compile(r"[^\w '’-]+")  # in a file's name, on one system or another
_LONGEST_NAME = 60  # characters
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|!])")  # what Markdown would read as more than a character

# A tag, or what follows the bracket of a link; a model may have written them.
_LIVE = re.compile(r"(?<!\\)<|(?<=\])[(:]")


def exported(conversation: Conversation, exchanges: Sequence[Exchange], format: str) -> File:
    """The file to be saved; Markdown for a format that there is not."""
    answered = [exchange for exchange in exchanges if exchange.answer is not None]
    if format == WORD:
        from ui.word import to_word  # python-docx is loaded only when somebody wants it

        content = to_word(conversation.title, answered)
    else:
        format = MARKDOWN
        content = to_markdown(conversation.title, answered).encode()
    name = " ".join(_UNFIT.sub(" ", conversation.title).split())[:_LONGEST_NAME].strip()
    name = name or _("conversation")
    return File(f"{name}.{format}", _KINDS[format], content)


def to_markdown(title: str, exchanges: Sequence[Exchange]) -> str:
    """Questions as headings, answers below them, the quotes as footnotes at the end."""
    lines = [f"# {_escaped(title)}"]
    notes: list[str] = []
    for exchange in exchanges:
        answer = exchange.answer
        if answer is None:
            continue
        lines += [f"## {_escaped(' '.join(exchange.question.split()))}", ""]
        numbers = {}
        for citation in sources(answer):
            numbers[citation.number] = len(notes) + 1
            notes.append(f"[^{len(notes) + 1}]: {_escaped(footnote(citation))}")
        lines += [_with_footnotes(spoken(answer), numbers), ""]
        if not answer.found and numbers:
            lines += [_escaped(told(refusal(answer)[1])), ""]
            lines += [
                f"- {_escaped(citation.title)}[^{numbers[citation.number]}]"
                for citation in sources(answer)
            ]
            lines.append("")
        if answer.note:
            lines += [f"*{_escaped(told(answer.note))}*", ""]
    return "\n".join([lines[0], "", *lines[1:], *notes]).rstrip() + "\n"


def spoken(answer: Answer) -> str:
    """What an answer says, in Markdown, without the list that shows its nearest passages."""
    return told_text(answer.marked if answer.found else refusal(answer)[0]).strip()


def footnote(citation: Citation) -> str:
    """The quote, and where it stands."""
    section = f", {quoted(citation.section[-1])}" if citation.section else ""
    quote = quoted(" ".join(citation.quote.split()))
    return f"{quote} {citation.title}{section}, {place_words(citation)}."


def _with_footnotes(text: str, numbers: dict[int, int]) -> str:
    """The markers of an answer as footnotes; nothing else in it comes alive."""

    def mark(match: re.Match[str]) -> str:
        number = numbers.get(int(match[1]))
        return f"[^{number}]" if number is not None else match[0]

    return re.sub(rf"\s?{MARKER.pattern}", mark, _LIVE.sub(r"\\\g<0>", text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
