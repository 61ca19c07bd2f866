"""Markdown: rendered to HTML by markdown-it, so that both are read by one walk."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from selectolax.lexbor import LexborHTMLParser

from ingest.builder import DocumentBuilder
from ingest.readers.encoding import text_of
from ingest.readers.html import iso_date, iso_language
from ingest.readers.markup import Markup
from ingest.readers.reading import Reading

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
    parser.core.ruler.push("note_references", _drop_note_references)
    builder = DocumentBuilder()
    tree = LexborHTMLParser(parser.render(_plain_markdown(text)))
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


def _drop_note_references(state: StateCore) -> None:
    """A mark such as [^1] sticks to the word before it; the note itself is read as a paragraph."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = _NOTE_REFERENCE.sub("", child.content)
