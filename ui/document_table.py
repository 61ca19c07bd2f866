"""DocumentTable: the rows of the Documents tab: those that are looked for, a part at a time.

The server searches and sends what is shown, not the browser: thousands of rows are megabytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from index import DocumentInfo
from ui.formats import day, language_name
from ui.language import _, number, spoken
from ui.render import in_language
from ui.told import told
from ui.wording import page_states


@dataclass(frozen=True, slots=True)
class Rows:
    """A part of the table."""

    html: str  # of the rows, without the table
    found: int  # documents that were looked for; they may be more than the rows


class DocumentTable:
    """Remembers by what words documents are found, until they change; safe across threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], list[tuple[str, DocumentInfo]]] = {}

    def rows(
        self,
        load: Callable[[], Sequence[DocumentInfo]],
        version: str,
        words: str,
        count: int,
        *,
        removable: bool,
        readable: bool,
    ) -> Rows:
        """The first ``count`` documents that hold all the words; those that failed come first.

        ``load`` gives all of them, in another ``version`` others. ``readable``: they can be read
        again, ``removable``: and deleted.
        """
        wanted = words.casefold().split()
        found = [
            document
            for text, document in self._texts(load, version)
            if all(word in text for word in wanted)
        ]
        shown = (
            row_html(document, removable=removable, readable=readable) for document in found[:count]
        )
        return Rows("".join(shown), len(found))

    def _texts(
        self, load: Callable[[], Sequence[DocumentInfo]], version: str
    ) -> list[tuple[str, DocumentInfo]]:
        """The documents in order, each with the text that it is looked for by."""
        key = version, spoken()
        with self._lock:
            texts = self._known.get(key)
        if texts is None:
            ordered = sorted(
                load(), key=lambda info: (info.status != "failed", info.title.casefold(), info.path)
            )
            texts = [(_text(document).casefold(), document) for document in ordered]
            with self._lock:
                old = [known for known in self._known if known[0] != version]
                for known in old:
                    del self._known[known]
                self._known[key] = texts
        return texts


def table_html() -> str:
    """The table without rows, and the field to look for some."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in columns())
    wanted = _("Filter documents")
    return str(
        Markup(
            '<input class="filter" type="search" placeholder="{}" aria-label="{}" '
            'autocomplete="off" maxlength="200">'
            '<div class="frame"><table><thead><tr>{}</tr></thead><tbody></tbody></table></div>'
            '<p class="none" hidden></p><button type="button" class="more" hidden></button>'
        ).format(wanted, wanted, head)
    )


def columns() -> tuple[str, ...]:
    return (
        _("Document"),
        _("Format"),
        _("Pages"),
        _("Passages"),
        _("Language"),
        _("Date"),
        _("State"),
    )


def row_html(document: DocumentInfo, *, removable: bool, readable: bool) -> Markup:
    cells = (
        _name_html(document),
        document.format or "–",
        _pages_html(document),
        "–" if document.status == "failed" else number(document.passages),
        language_name(document.language) if document.language else "–",
        day(document.date) if document.date else "–",
        _state_html(document, removable=removable, readable=readable),
    )
    # On a phone each row becomes a card, where data-name stands in for the column's head.
    inside = Markup("").join(
        Markup('<td data-name="{}">{}</td>').format(name, cell)
        for name, cell in zip(columns(), cells, strict=True)
    )
    return Markup('<tr data-path="{}">{}</tr>').format(document.path, inside)


def _text(document: DocumentInfo) -> str:
    """What a row shows, without the buttons."""
    row = row_html(document, removable=False, readable=False)
    return row.replace("<", " <").striptags()


def _state_html(document: DocumentInfo, *, removable: bool, readable: bool) -> Markup:
    state = Markup('<span class="{}">{}</span>').format(*_state(document))
    if document.reason:
        state += Markup('<span class="why">{}</span>').format(told(document.reason))
    path = document.path
    acts = Markup("")
    if readable:
        acts += _act_html(
            "again", path, _("Read again"), _("Read again: {document}", document=path)
        )
    if removable:
        acts += _act_html("remove", path, _("Delete"), _("Delete {document}", document=path))
    return state + (Markup('<span class="row-acts">{}</span>').format(acts) if acts else acts)


def _state(document: DocumentInfo) -> tuple[str, str]:
    if document.status == "failed":
        return "bad", _("Not readable")
    return "good", _("Indexed")


def _act_html(act: str, path: str, label: str, name: str) -> Markup:
    return Markup(
        '<button type="button" class="{}" data-document="{}" aria-label="{}">{}</button>'
    ).format(act, path, name, label)


def _pages_html(document: DocumentInfo) -> Markup:
    """How many, and below it how many of them were not read as text."""
    count = Markup(escape(number(document.pages) if document.pages else "–"))
    states = page_states(document.page_counts)
    return count + Markup('<span class="why">{}</span>').format(states) if states else count


def _name_html(document: DocumentInfo) -> Markup:
    title = document.title or document.path
    written = in_language(document.language)
    name = Markup('<span class="title"{}>{}</span>').format(written, title)
    if document.status == "indexed":
        name = Markup(
            '<button type="button" class="look title" data-document="{}"{}>{}</button>'
        ).format(document.path, written, title)
    if document.title in {"", document.path}:
        return name
    return name + Markup('<span class="file">{}</span>').format(document.path)
