"""Source: what one sample document says, before it has a format."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

SOURCES = Path(__file__).parent / "sources"


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a source: kind is h1 to h6, p, ul, ol, table, page or body."""

    kind: str
    rows: tuple[tuple[str, ...], ...]  # a table's rows; one cell a row for everything else

    @property
    def text(self) -> str:
        return self.rows[0][0]


@dataclass(frozen=True, slots=True)
class Source:
    """First "key: value" lines, then Markdown.

    In it ``<!-- page -->`` begins a page, ``<!-- body -->`` the page with the Arabic number 1,
    and a paragraph that begins with ``[^1]:`` is footnote 1.
    """

    title: str
    author: str
    date: datetime
    running: str  # the line at the head of every page
    language: str  # as "en-GB"
    pieces: tuple[Piece, ...]

    @classmethod
    def read(cls, name: str) -> Source:
        head, _, body = (SOURCES / f"{name}.md").read_text("utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        return cls(
            title=fields["title"],
            author=fields["author"],
            date=datetime.fromisoformat(fields["date"]),
            running=fields["running"],
            language=fields.get("language", "en-GB"),
            pieces=tuple(_pieces(MarkdownIt("commonmark").enable("table").parse(body))),
        )

    @property
    def seconds(self) -> int:
        """Seconds from 1970 to the document's date."""
        return timegm(self.date.timetuple())


_CONTAINERS = {"bullet_list": "ul", "ordered_list": "ol", "table": "table"}


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    kind = ""  # of the list or table that is open
    tag = ""  # of the last token that opened something
    rows: list[list[str]] = []
    for token in tokens:
        container = _CONTAINERS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if token.type == "html_block":
            yield Piece(token.content.strip(" -<!>\n"), (("",),))
        elif container and token.nesting == 1:
            kind, rows = container, []
        elif container:
            yield Piece(kind, tuple(tuple(row) for row in rows))
            kind = ""
        elif token.type in {"tr_open", "list_item_open"}:
            rows.append([])
        elif token.type == "inline" and kind:
            rows[-1].append(_words(token))
        elif token.type == "inline":
            yield Piece(tag, ((_words(token),),))
        tag = token.tag


def _words(token: Token) -> str:
    children = token.children or []
    return "".join(" " if child.type == "softbreak" else child.content for child in children)
