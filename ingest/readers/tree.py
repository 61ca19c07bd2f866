"""A walk over an HTML tree that no depth of nesting can exhaust."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborNode

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"  # noqa: SIM905
    " figcaption figure footer form header hgroup hr html legend li main menu nav ol p pre search"
    " section summary table tbody td tfoot th thead tr ul".split()
) | frozenset(HEADINGS)
# Shows no text, or text that is not the document's.
SILENT = frozenset(
    "script style noscript template svg canvas object embed iframe audio video map head title meta"  # noqa: SIM905
    " link button select datalist input textarea progress meter rp rt".split()
)


def walk(
    root: LexborNode,
    enter: Callable[[LexborNode], bool],
    leave: Callable[[LexborNode], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Visit ``root`` and what is below it in reading order.

    ``enter`` says whether to go into an element; ``leave`` is called for those that were gone into.
    """
    stack = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            if leave is not None:
                leave(node)
        elif node.is_text_node:
            if text is not None:
                text(node.text_content or "")
        elif (node.is_element_node or node.is_document_node) and enter(node):
            stack.append((node, True))
            children = []
            child = node.first_child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))


def attribute(node: LexborNode, name: str) -> str:
    """The value of an attribute; empty where it is missing or has none."""
    return (node.attributes.get(name) or "").strip()


def is_note_reference(node: LexborNode) -> bool:
    """A raised link to a note: in print it is a mark, in running text it sticks to a word."""
    if node.tag != "sup":
        return False
    link = node.css_first("a[href]")
    mark = (node.text() or "").strip(" []()\n\t,")
    return link is not None and "#" in attribute(link, "href") and len(mark) <= 4


def inline_text(root: LexborNode, skip: Callable[[LexborNode], bool]) -> str:
    """All text below ``root`` as one line."""
    parts: list[str] = []

    def enter(node: LexborNode) -> bool:
        if node.tag in SILENT or skip(node) or is_note_reference(node):
            return False
        if node.tag in BLOCKS or node.tag == "br":
            parts.append(" ")
        elif node.tag == "img":
            parts.append(alternative(node))
        return True

    def leave(node: LexborNode) -> None:
        if node.tag in BLOCKS:
            parts.append(" ")

    walk(root, enter, leave, parts.append)
    return " ".join("".join(parts).split())


def alternative(image: LexborNode) -> str:
    """What stands for an image in text; file names, which some programs put there, do not."""
    text = attribute(image, "alt")
    is_file = "." in text and " " not in text
    return "" if is_file or not text else f" {text} "
