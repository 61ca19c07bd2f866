"""HTML by lexbor: the content of the page, and what the page says of itself."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.builder import DocumentBuilder
from ingest.readers.content import Content
from ingest.readers.encoding import text_of
from ingest.readers.markup import Markup
from ingest.readers.reading import Reading
from ingest.readers.tree import attribute, inline_text
from ingest.readers.unclosed import html_tree

_HEAD = 4096  # bytes in which a page declares its encoding; HTML demands the first 1024
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_LANGUAGE = re.compile(r"([a-z]{2})(?:$|[-_])", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»:-]\s+|\s*[|»]\s*")  # between a page's title and its site's name
_PUBLISHED = (
    'meta[property="article:published_time"]',
    'meta[name="dcterms.issued" i]',
    'meta[name="dc.date.issued" i]',
    'meta[name="dc.date" i]',
    'meta[name="dcterms.date" i]',
    'meta[name="dcterms.created" i]',
    'meta[name="citation_publication_date" i]',
    'meta[name="date" i]',
    '[itemprop="datePublished"]',
)


def read_html(path: str, data: bytes) -> Reading:
    """Read a web page; no markup is too broken to be read.

    Where the content cannot be told from the site around it, everything visible is read.
    Raises DamagedDocument where the bytes are no text.
    """
    declared = _CHARSET.search(data[:_HEAD])
    charset = declared[1].decode("ascii", "ignore") if declared else None
    tree = html_tree(text_of(path, data, charset))
    content = Content(tree)
    builder = DocumentBuilder()
    if content.root is not None:
        Markup(builder, content.is_around).write(content.root)
    if not builder.blocks and tree.body is not None:
        Markup(builder).write(tree.body)
    root = tree.css_first("html")
    language = iso_language(attribute(root, "lang") if root is not None else "")
    return Reading(builder, _title(tree, content), language, _published(tree, content.root))


def iso_date(value: str) -> str | None:
    """The date at the beginning of ``value`` in ISO 8601; None where there is none."""
    match = _DATE.match(value.strip().replace("/", "-"))
    return "-".join(filter(None, match.groups())) if match else None


def iso_language(value: str) -> str | None:
    """ "en-GB" -> "en"; None where there is no ISO 639-1 code."""
    match = _LANGUAGE.match(value.strip())
    return match[1].lower() if match else None


def _title(tree: LexborHTMLParser, content: Content) -> str | None:
    """The first heading of the content if it says enough, otherwise the page's own title.

    A page's title is often that of its site, and a heading of one word ("Policy") names nothing.
    """
    heading = _heading(content)
    if len(heading.split()) > 1:
        return heading
    social = _meta(tree, 'meta[property="og:title"]').strip(" |-–—")
    if len(social.split()) > 1:
        return social
    element = tree.css_first("head title")
    title = " ".join((element.text() or "").split()) if element is not None else ""
    if heading and heading.lower() in title.lower():
        return title
    parts = [part for part in _SITE.split(title) if part]
    site = _meta(tree, 'meta[property="og:site_name"]').lower()
    named = [part for part in parts if part.lower() != site]
    return heading or (named[0] if len(named) < len(parts) else title) or social or None


def _heading(content: Content) -> str:
    root = content.root
    if root is None:
        return ""
    for node in root.css("h1"):
        if text := inline_text(node, content.is_around):
            return text
    return ""


def _published(tree: LexborHTMLParser, root: LexborNode | None) -> str | None:
    for selector in _PUBLISHED:
        for node in tree.css(selector):
            value = attribute(node, "content") or attribute(node, "datetime") or node.text() or ""
            if date := iso_date(value):
                return date
    for node in root.css("time[datetime]") if root is not None else ():
        if date := iso_date(attribute(node, "datetime")):
            return date
    return None


def _meta(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return " ".join(attribute(node, "content").split()) if node is not None else ""
