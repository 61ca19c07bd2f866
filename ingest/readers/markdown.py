"""Markdown: rendered to HTML by markdown-it, so that both are read by one walk."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.rules_core import StateCore

from ingest.builder import DocumentBuilder
from ingest.readers.encoding import text_of
from ingest.readers.html import iso_date, iso_language
from ingest.readers.markup import Markup
from ingest.readers.reading import Reading
from ingest.readers.unclosed import html_tree

# What opens and closes blocks of HTML that blank lines do not end: scripts, styles, comments ...
_CLOSED_BLOCKS = [
    (opening, closing) for opening, closing, _ in HTML_SEQUENCES if not closing.search("")
]
_DEEPEST = 100  # blocks in blocks; the parser calls itself for each, and leaves out what is deeper
_FRONT_LINES = 200  # a front matter longer than this is none
_FRONT_LINE = re.compile(r"^(?:[\w.-]+\s*[:=]|\s|[-#\[\]{}]|$)")
_FRONT_FIELD = re.compile(r"^([\w.-]+)\s*[:=]\s*(.*?)\s*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
# Directives of site generators and wikis, alone on their line: {div .box} {% include x %} ::: note
_DIRECTIVE = re.compile(
    r"^\s*(?:\{[%{:<]?[^{}]*[%}>]?\}|\{\{[^{}]*\}\}|:{3,}.*|\[\[?_?TOC_?\]\]?|<!--.*-->)\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[^#\s])")
_HEADING_LENGTH = 200  # characters; a longer line is no heading
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:\s*(.*)$")
_NOTE_REFERENCE = re.compile(r"\[\^[^\]\s]+\]")


def read_markdown(path: str, data: bytes) -> Reading:
    """Read CommonMark with tables; all text is some Markdown.

    Raises DamagedDocument where the bytes are no text.
    """
    text = text_of(path, data).replace("\r\n", "\n").replace("\r", "\n")
    fields, text = _front_matter(text)
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(
        ["table", "strikethrough"]
    )
    parser.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.core.ruler.push("note_references", _drop_note_references)
    builder = DocumentBuilder()
    tree = html_tree(parser.render(_plain_markdown(text)))
    if tree.body is not None:
        Markup(builder).write(tree.body)
    return Reading(
        builder,
        fields.get("title"),
        iso_language(fields.get("lang") or fields.get("language") or ""),
        iso_date(fields.get("date", "")),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between "---" (YAML) or "+++" (TOML) lines at the top, and the text after them.

    Only plain "key: value" lines are understood: nothing in a document is ever executed.
    """
    lines = text.lstrip("\ufeff\n").split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return {}, text
    for end, line in enumerate(lines[1:_FRONT_LINES], start=1):
        if line.rstrip() in (fence, "..."):
            matches = filter(None, map(_FRONT_FIELD.match, lines[1:end]))
            fields = {match[1].lower(): match[2].strip("\"'") for match in matches}
            return fields, "\n".join(lines[end + 1 :])
        if not _FRONT_LINE.match(line):
            break
    return {}, text


def _plain_markdown(text: str) -> str:
    """Text in which what people write beyond CommonMark is CommonMark, code left as it is."""
    result: list[str] = []
    fence = ""
    for line in text.lstrip("\ufeff").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif _DIRECTIVE.match(line):
            line = ""
        elif (match := _HEADING.match(line)) and _is_heading(match[1], line[match.end() :], result):
            line = f"{match[1]} {line[match.end() :].rstrip(' #')}"
        elif match := _NOTE.match(line):
            line = f"\n{match[1]}"
        result.append(line)
    return "\n".join(result)


def _is_heading(signs: str, text: str, above: list[str]) -> bool:
    """Whether a line with "#" and no space after it is meant as a heading, or as a hashtag.

    With one sign it is a heading if it begins a paragraph, with a capital or a number, and is
    neither a sentence nor a row of tags.
    """
    if len(text) > _HEADING_LENGTH:
        return False
    if len(signs) > 1:
        return True
    starts = text[0].isupper() or text[0].isdigit()
    is_prose = text.rstrip().endswith((".", "!", "?", ",", ";", ":")) or "#" in text.rstrip(" #")
    return starts and not is_prose and not (above and above[-1].strip())


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An HTML block, unless it would only end with the document: then what follows is Markdown."""
    place = state.bMarks[start] + state.tShift[start]
    line = state.src[place : state.eMarks[start]]
    never_closed = state.env.setdefault("never closed", set())
    for opening, closing in _CLOSED_BLOCKS:
        if opening.search(line):
            if closing in never_closed or not closing.search(state.src, place):
                never_closed.add(closing)
                return False
            break
    return html_block(state, start, end, silent)


def _drop_note_references(state: StateCore) -> None:
    """A mark such as [^1] sticks to the word before it; the note itself is read as a paragraph."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = _NOTE_REFERENCE.sub("", child.content)
