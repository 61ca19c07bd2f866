"""Example questions made from the indexed documents, for a page that is still empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lists import enumerations
from index import LocalStore
from ingest import BlockKind, Document

_DOCUMENTS = 24  # looked at: an example needs no complete survey
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|twelve)\s+"
    r"(?P<what>(?:[a-z-]+\s+){0,2}?(?:areas|domains|goals|objectives|pillars|priorities|principles|themes|actions"
    r"|targets|measures|initiatives|commitments|programmes|strands|aims|values))\b"
)
_LONGEST_TITLE = 70  # characters; a longer one makes a question that nobody would ask


def example_questions(store: LocalStore, count: int) -> list[str]:
    """Up to ``count`` questions, one a document as far as that goes round.

    A list whose introduction counts its items ("five policy domains:") makes the best example;
    a section heading makes one for a document without such a list.
    """
    paths = [info.path for info in store.documents() if info.status == "indexed"][:_DOCUMENTS]
    documents = [document for path in paths if (document := store.document(path)) is not None]
    listed = [question for document in documents for question in _about_lists(document)][:count]
    others = [question for document in documents for question in _about_sections(document)]
    return [*dict.fromkeys(listed + others)][:count]


def _about_lists(document: Document) -> Iterator[str]:
    if document.language not in {None, "en"}:
        return
    for enumeration in enumerations(document, 0, len(document.text)):
        match = _COUNTED.search(enumeration.lead_text)
        if match:
            yield f"What are the {match['count']} {match['what']}{_of(document)}?"
            return


def _about_sections(document: Document) -> Iterator[str]:
    for block in document.blocks:
        heading = document.text[block.start : block.end]
        if (
            block.kind is BlockKind.HEADING
            and heading != document.title
            and 2 <= len(heading.split()) <= 6
        ):
            name = re.sub(r"^[\d.\s]+", "", heading)
            if name.isupper():
                name = name.capitalize()
            verb = "Que dit le document sur" if document.language == "fr" else "What is said about"
            yield f"{verb} “{name}”{_of(document) if document.language != 'fr' else ''} ?".replace(
                " ?", " ?" if document.language == "fr" else "?"
            )
            return


def _of(document: Document) -> str:
    return f" in “{document.title}”" if len(document.title) <= _LONGEST_TITLE else ""
