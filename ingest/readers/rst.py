"""RST: rendered to HTML by docutils, with nothing included or run, and read as web pages are."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.builder import DocumentBuilder
from ingest.errors import DamagedDocument
from ingest.readers.encoding import text_of
from ingest.readers.html import iso_date, iso_language
from ingest.readers.markup import Markup
from ingest.readers.reading import Reading
from ingest.readers.tree import attribute

_SETTINGS = {
    "_disable_config": True,  # what stands in somebody's docutils.conf is not for us
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "halt_level": 5,  # never: what is wrong is left out, the rest is read
    "report_level": 5,
    "warning_stream": "",
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "syntax_highlight": "none",
    "math_output": "LaTeX",
    "doctitle_xform": False,
    "trim_footnote_reference_space": True,
    "initial_header_level": 1,
    "line_length_limit": 1_000_000,
}
# Sphinx has roles that docutils does not know: :ref:`the plan <plan>` is printed as "the plan".
_ROLE = re.compile(r":(?:[a-zA-Z][\w.+-]{0,30}:){1,3}`([^`<>]+?)(?:\s*<[^`<>]*>)?`")
_AROUND = {
    "contents",
    "system-message",
    "system-messages",
    "footnote-reference",
    "label",
    "backrefs",
}
_FIELDS = re.compile(r"^:(\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def read_rst(path: str, data: bytes) -> Reading:
    """Read reStructuredText; what it includes from elsewhere is not read.

    Raises DamagedDocument where the bytes are no text, or are too deeply nested.
    """
    from docutils.core import publish_parts

    text = text_of(path, data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        parts = publish_parts(_ROLE.sub(r"\1", text), writer="html5", settings_overrides=_SETTINGS)
    except RecursionError as error:
        raise DamagedDocument(
            path, "is too deeply nested", "Save it as text (.txt), or remove it."
        ) from error
    tree = LexborHTMLParser(parts["html_body"])
    builder = DocumentBuilder()
    if tree.body is not None:
        Markup(builder, _is_around).write(tree.body)
    fields = {name.lower(): value for name, value in _FIELDS.findall(text[:2000])}
    language = fields.get("lang") or fields.get("language") or ""
    return Reading(builder, None, iso_language(language), iso_date(fields.get("date", "")))


def _is_around(node: LexborNode) -> bool:
    is_reference = attribute(node, "role") in ("doc-noteref", "doc-backlink")
    return is_reference or not _AROUND.isdisjoint(attribute(node, "class").split())
