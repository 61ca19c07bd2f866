"""HTML in which what was opened and never closed does not swallow the rest of the page."""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser

from ingest.readers.tree import SILENT

# Their content is no markup: it goes up to their own end tag, or to the end of the page.
# https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments
_RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
_ENDLESS = "plaintext"  # has no end tag
_VOID = frozenset({"embed", "input", "link", "meta"})
_OF_RUBY = frozenset({"rp", "rt"})  # need no end tag within a <ruby>
_NESTING = SILENT - _RAW - _VOID - {"head"} | {"ruby"}
_START = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
_TAG = re.compile(
    r"""<(/?)([a-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""", re.IGNORECASE
)
_COMMENT = re.compile(r"<!-->|<!--->|<!--|<!(?!\[CDATA)|<\?|</(?![a-z])", re.IGNORECASE)
_END_OF_COMMENT = "--!?>"
_CLOSED_IN_ITSELF = re.compile(r"""(?:^|[\s"'])/$""")  # <script src="a.js" />, as XHTML has it
_BROKEN = 100  # tags without an end, after which nothing is taken for a tag


def html_tree(text: str) -> LexborHTMLParser:
    """Parse a page; where something is never closed, what follows it is read all the same.

    To a browser all that follows an unclosed ``<style>``, ``<iframe>``, comment or quoted
    attribute is a part of it, and is not shown. Here the tag that would swallow the rest is left
    out, and a "<" that opens no whole tag or comment is a character like any other.
    """
    return LexborHTMLParser(_Page(text).mended())


class _Page:
    """One walk along the tags of a page; its time grows with the length alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ahead: dict[str, int] = {}  # pattern -> where it matches next; -1: nowhere
        self._parts: list[str] = []
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # name -> its tags' parts

    def mended(self) -> str:
        """The page without what would swallow the rest of it."""
        done = place = broken = 0
        while (found := _START.search(self._text, place)) and broken < _BROKEN:
            start = found.start()
            tag = _TAG.match(self._text, start)
            place = tag.end() if tag else self._end_of_comment(start)
            self._parts.append(self._text[done:start])
            if place < 0:
                broken += self._text[start + 1] not in "!?"
                self._parts.append("&lt;")
                place = start + 1
            elif tag:
                place = self._take(tag)
            else:
                self._parts.append(self._text[start:place])
            done = place
        rest = self._text[done:]
        self._parts.append(rest.replace("<", "&lt;") if broken == _BROKEN else rest)
        for unclosed in self._open.values():
            for part in unclosed:
                self._parts[part] = ""
        return "".join(self._parts)

    def _take(self, tag: re.Match[str]) -> int:
        """Keep a tag, or leave it out; where to go on."""
        name = tag[2].lower()
        end = tag.end()
        if tag[1]:
            del self._open[name][0 if name == "ruby" else -1 :]
        elif name == _ENDLESS:
            return end
        elif name in _RAW or name in _NESTING:
            if _CLOSED_IN_ITSELF.search(tag[3]):
                return end
            if name in _OF_RUBY and not self._open["ruby"]:
                return end
            if name in _NESTING:
                self._open["ruby" if name in _OF_RUBY else name].append(len(self._parts))
            elif (closing := self._end_of_raw(name, end)) < 0:
                return end
            elif name == "script":
                return closing  # without its content, which could hide the end tag
            else:
                end = closing
        self._parts.append(self._text[tag.start() : end])
        return end

    def _end_of_comment(self, start: int) -> int:
        """Where a comment, or what HTML takes for one, ends; -1 where it does not, or is none."""
        opening = _COMMENT.match(self._text, start)
        if opening is None:
            return -1
        if opening[0].endswith(">"):
            return opening.end()
        return self._next(_END_OF_COMMENT if opening[0] == "<!--" else ">", opening.end())

    def _end_of_raw(self, name: str, start: int) -> int:
        """Where the end tag of an element with raw text stands; -1 where there is none."""
        closing = rf"</{name}(?=[\s/>])"
        end = self._next(closing, start)
        commented = self._text.find("<!--", start, max(end, start)) if name == "script" else -1
        if commented >= 0 and "<script" in self._text[commented:end].lower():
            # A script that is written out by a script, in a comment: with an end tag of its own.
            after = self._next(_END_OF_COMMENT, end)
            return max(self._next(closing, after), end) if after >= 0 else end
        return end

    def _next(self, pattern: str, start: int) -> int:
        """Where ``pattern`` matches next, searched for once; -1 where it does not any more."""
        ahead = self._ahead.get(pattern, 0)
        if 0 <= ahead < start:
            found = re.compile(pattern, re.IGNORECASE).search(self._text, start)
            ahead = self._ahead[pattern] = found.start() if found else -1
        return ahead
