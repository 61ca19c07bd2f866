"""All of a document but its text as JSON, and back: pages, blocks, what the file says of itself."""

from __future__ import annotations

import json

from ingest.document import Block, BlockKind, Document, Page, PageStatus, Stated


def structure_to_json(document: Document) -> str:
    """Pages and blocks as spans; what they say is in ``document.text``."""
    pages = [
        [
            page.number,
            page.start,
            page.end,
            page.label,
            page.status,
            page.reason,
            page.scanned,
            page.confidence,
        ]
        for page in document.pages
    ]
    blocks = [[block.kind, block.start, block.end, block.level] for block in document.blocks]
    structure = {"pages": pages, "blocks": blocks}
    if document.stated is not None:
        structure["stated"] = [document.stated.title, document.stated.date]
    return json.dumps(structure, separators=(",", ":"))


def pages_from_json(structure: str, text: str) -> tuple[Page, ...]:
    return tuple(
        Page(number, start, end, text[start:end], label, PageStatus(status), *rest)
        for number, start, end, label, status, *rest in json.loads(structure)["pages"]
    )


def blocks_from_json(structure: str) -> tuple[Block, ...]:
    return tuple(
        Block(BlockKind(kind), start, end, level)
        for kind, start, end, level in json.loads(structure)["blocks"]
    )


def stated_from_json(structure: str) -> Stated | None:
    """None where an older version has not kept it."""
    stated = json.loads(structure).get("stated")
    return None if stated is None else Stated(*stated)
