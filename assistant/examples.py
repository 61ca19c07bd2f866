"""Example questions made from the indexed documents, for a page that is still empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.lists import enumerations
from assistant.overview import overview
from index import LocalStore, UnknownDocument
from index.errors import DocumentDamaged
from ingest import BlockKind, Document

_DOCUMENTS = 24  # looked at: an example needs no complete survey
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|twelve)\s+"
    r"(?P<what>(?:[a-z-]+\s+){0,2}?(?:areas|domains|goals|objectives|pillars|priorities|principles|themes|actions"
    r"|targets|measures|initiatives|commitments|programmes|strands|aims|values))\b"
)
_WHAT_ABOUT = {
    "en": "What is “{}” about?",
    "fr": "De quoi parle « {} » ?",
    "de": "Worum geht es in „{}“?",
    "es": "¿De qué trata «{}»?",
    "it": "Di cosa parla «{}»?",
    "nl": "Waar gaat “{}” over?",
}
_LONGEST_TITLE = 70  # characters; a longer one makes a question that nobody would ask


def example_questions(store: LocalStore, count: int) -> list[str]:
    """Up to ``count`` questions, one a document as far as that goes round.

    A list whose introduction counts its items ("five policy domains:") makes the best example;
    the others are asked what they are about, and those that do not say it for a section.
    """
    paths = [info.path for info in store.documents() if info.status == "indexed"][:_DOCUMENTS]
    documents = [document for path in paths if (document := _sound(store, path)) is not None]
    lists = {
        document.path: question for document in documents for question in _about_lists(document)
    }
    listed = list(dict.fromkeys(lists.values()))[:count]
    others = (  # made one by one: reading for an overview takes a while
        question
        for document in documents
        if document.path not in lists
        for question in (*_about_the_whole(document), *_about_sections(document))[:1]
    )
    return [*dict.fromkeys([*listed, *islice(others, count - len(listed))])]


def _sound(store: LocalStore, path: str) -> Document | None:
    """None where it is damaged, or was deleted a moment ago."""
    try:
        return store.document(path)
    except (DocumentDamaged, UnknownDocument):
        return None


def _about_lists(document: Document) -> Iterator[str]:
    if document.language not in {None, "en"}:
        return
    for enumeration in enumerations(document, 0, len(document.text)):
        match = _COUNTED.search(enumeration.lead_text)
        if match:
            yield f"What are the {match['count']} {match['what']}{_of(document)}?"
            return


def _about_the_whole(document: Document) -> Iterator[str]:
    if len(document.title) <= _LONGEST_TITLE and overview(document).parts is not None:
        yield _WHAT_ABOUT.get(document.language or "en", _WHAT_ABOUT["en"]).format(document.title)


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
