"""Content: which part of a web page is the document, and which is the site around it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.tree import SILENT, attribute, walk

# Where the content stands, the most trustworthy sign first.
_CONTENT = (
    "main",
    "[role=main]",
    "#main-content, #maincontent, #mainContent, #main_content",
    "article",
    "#content, #bodyContent, #page-content, #primary, #main",
    ".main-content, .page-content, .entry-content, .post-content, .article-body, .content",
)
_AROUND_TAGS = frozenset({"nav", "footer", "aside"})
_AROUND_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
    | {"menu", "menubar", "tablist"}
)
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cc-(?:window|banner)|consent|gdpr|skip(?:nav|link|links|-?to)?|breadcrumbs?"
    r"|(?:main-|site-|top-)?(?:nav|menu)(?:-?(?:bar|links|list|menu))?|navigation|sidenav|sidebar"
    r"|megamenu|pagination|pager|social|share|sharing|sr-only|visually-?hidden|screen-reader-text"
    r"|site-(?:header|footer)|(?:page|global)-footer|noprint)(?:$|[\s_-])"
    # Banners of consent, whose makers join words as they like.
    r"|cookie|onetrust|didomi|usercentrics",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# A name such as "with-sidebar" also stands on wrappers: what holds this much is no side matter.
_WRAPPER_SHARE = 0.4
_ENOUGH_SHARE = 0.25  # of the visible text: less, and the mark sits on something else


class Content:
    """The content of a page: where it begins, and what in it to pass over."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._body = tree.body or tree.root
        self._unfolded = {
            name
            for button in tree.css("[aria-controls]")
            for name in attribute(button, "aria-controls").split()
        }
        # By address in memory, as all below: elements that say that they are the content.
        self._marked = {node.mem_id for node in tree.css(", ".join(_CONTENT))}
        self._weights: dict[int, int] = {}  # letters visible below an element
        self._around: set[int] = set()
        if self._body is not None:
            self._survey(self._body)
            self.root: LexborNode | None = self._choose(tree)
        else:
            self.root = None

    def is_around(self, node: LexborNode) -> bool:
        """Whether an element is navigation, a banner, a footer or hidden: not the document."""
        return node.mem_id in self._around

    def _choose(self, tree: LexborHTMLParser) -> LexborNode | None:
        whole = self._weight(self._body)
        for selector in _CONTENT:
            found = [node for node in tree.css(selector) if node.mem_id in self._weights]
            best = max(found, key=self._weight, default=None)
            if best is not None and self._weight(best) >= max(whole * _ENOUGH_SHARE, 1):
                return best
        return self._body

    def _weight(self, node: LexborNode | None) -> int:
        return self._weights.get(node.mem_id, 0) if node is not None else 0

    def _survey(self, root: LexborNode) -> None:
        """Weigh every element and mark what is not content; what is marked weighs nothing."""
        open_weights = [0]
        suspects: list[tuple[LexborNode, int]] = []
        total = 0
        contents = 0  # open elements that are marked as content

        def enter(node: LexborNode) -> bool:
            nonlocal contents
            tag = node.tag or ""
            if tag in SILENT:
                return False
            certain = self._certainly_around(node, tag, inside=contents > 0)
            if certain:
                self._around.add(node.mem_id)
                return False
            if node.mem_id in self._marked:
                contents += 1
            open_weights.append(0)
            return True

        def leave(node: LexborNode) -> None:
            nonlocal contents
            weight = open_weights.pop()
            open_weights[-1] += weight
            self._weights[node.mem_id] = weight
            if node.mem_id in self._marked:
                contents -= 1
            elif node.tag not in ("body", "html") and _AROUND_NAMES.search(
                f"{attribute(node, 'class')} {attribute(node, 'id')}"
            ):
                suspects.append((node, weight))

        def text(words: str) -> None:
            open_weights[-1] += sum(map(len, words.split()))

        walk(root, enter, leave, text)
        total = open_weights[0]
        self._around |= {
            node.mem_id for node, weight in suspects if weight <= total * _WRAPPER_SHARE
        }

    def _certainly_around(self, node: LexborNode, tag: str, *, inside: bool) -> bool:
        if tag in _AROUND_TAGS or (tag == "header" and not inside):
            return True
        attributes = node.attributes
        if not attributes:
            return False
        if (attributes.get("role") or "").lower() in _AROUND_ROLES:
            return True
        hidden = "hidden" in attributes or (attributes.get("aria-hidden") or "") == "true"
        if hidden or _HIDDEN_STYLE.search(attributes.get("style") or ""):
            return (attributes.get("id") or "") not in self._unfolded or tag == "body"
        return False
