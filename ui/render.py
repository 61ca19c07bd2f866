"""Answer -> what people see: safe HTML for the chat, plain text for the terminal.

Everything here is a pure function. Document text, questions and error messages are untrusted:
whatever they hold, the only things that come alive are our own citation links.

Each message is one HTML block on one line, which Markdown too leaves alone, and every character
that came from outside is escaped in it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from assistant.answer import NO_SUPPORT, Answer, Citation
from ui.language import _, gettext_noop
from ui.told import told, told_text
from ui.wording import printable

NEAREST_LEAD = gettext_noop("These passages come nearest:")
NEAREST = 3  # passages that a refusal offers
EXCERPT = 180  # characters of a passage in a list of sources

MARKER = re.compile(r"\[(\d{1,4})\]")  # of a citation, in the text of an answer
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # Markdown's backslash before ASCII punctuation
# The Markdown that an answer may use. Links, images, raw HTML, code blocks and bare addresses are
# not in it: they stay text.
RULES = ["backticks", "blockquote", "emphasis", "escape", "heading", "list", "newline", "table"]


def sources(answer: Answer) -> tuple[Citation, ...]:
    """What an answer's links open: its citations; for a refusal the nearest passages."""
    if answer.citations or answer.found:
        return answer.citations
    return tuple(
        Citation(
            number=number,
            document=passage.document,
            title=passage.title,
            page=passage.page,
            page_label=None,
            section=passage.section,
            quote=passage.text,
            start=passage.start,
            end=passage.end,
            content_hash=passage.content_hash,
        )
        for number, passage in enumerate((e.passage for e in answer.evidence[:NEAREST]), start=1)
    )


def reference(answer_number: int, number: int) -> str:
    """The address of a citation inside the page: "#cite-2-1"."""
    return f"#cite-{answer_number}-{number}"


def parse_reference(address: str) -> tuple[int, int] | None:
    """(answer number, citation number) of an address that ``reference`` made, or None."""
    match = re.search(r"#cite-(\d{1,6})-(\d{1,6})$", address)
    return (int(match[1]), int(match[2])) if match else None


def in_language(code: str | None) -> Markup:
    """The attribute that says in which language a document's words are, where that is known."""
    return Markup(' lang="{}"').format(code) if code else Markup("")


def question_html(question: str) -> str:
    """A person's message, exactly as typed and inert."""
    lines = [escape(line) for line in question.strip().splitlines()]
    return _block("asked", Markup("<br>").join(lines))


def error_html(sentence: str) -> str:
    """A failure, as a sentence."""
    return _block("failed", escape(_one_line(told(sentence))))


def working_html(doing: str = "") -> str:
    """What stands in the answer's place until its first words are there."""
    return _block("working", escape(doing or _("Reading the documents…")))


def answer_html(answer: Answer, answer_number: int) -> str:
    """An answer with its links, its sources, and what is to be known of how it was made."""
    listed = sources(answer)
    written = Markup("")
    if answer.found:
        cited = {citation.number: citation for citation in listed}
        said = told_text(answer.marked)
        body = _markdown(said, answer_number, cited)
        below = _sources_html(listed, answer_number)
        quoted = {each.language for each in listed}
        if len(quoted) == 1 and said == answer.marked and not answer.model:
            written = in_language(*quoted)  # all of it is the documents' own
    else:
        said, lead = refusal(answer)
        body = _markdown(told_text(said), answer_number, {})
        below = _nearest_html(lead, listed, answer_number)
    parts = [Markup('<div class="words"{}>{}</div>').format(written, body)]
    if listed:
        parts.append(below)
    parts.append(_made_html(answer))
    return _block("answer" if answer.found else "answer refused", Markup("").join(parts))


def refusal(answer: Answer) -> tuple[str, str]:
    """(what a refusal says, the sentence that leads in the nearest passages).

    Its text ends with a list of those passages; whoever shows the passages themselves shows
    them in place of that list.
    """
    paragraphs = answer.text.strip().split("\n\n")
    if len(paragraphs) < 3 or not paragraphs[-1].startswith("- "):
        return answer.text, NEAREST_LEAD
    return "\n\n".join(paragraphs[:-2]), paragraphs[-2]


def quotation(citation: Citation) -> str:
    """The quote with its reference, for the clipboard."""
    trail = f", {quoted(citation.section[-1])}" if citation.section else ""
    quote = quoted(citation.quote.strip())
    return f"{quote} ({citation.title}{trail}, {place_words(citation)})"


def quoted(words: str) -> str:
    """Between the quotation marks of the reader's language."""
    return _("“{words}”", words=words)


def place_words(citation: Citation) -> str:
    """Where to look, as ``Citation.place`` says it, in the reader's language."""
    if citation.page is None:
        return citation.document
    page = str(citation.page)
    if citation.page_label not in (None, page):
        page += f" ({citation.page_label})"
    return _("{document}, p. {page}", document=citation.document, page=page)


def answer_text(answer: Answer, width: int = 80, bold: tuple[str, str] = ("", "")) -> str:
    """An answer and its sources as plain text, wrapped to ``width`` columns.

    ``bold`` are the signs to set around the words that were asked for.
    """
    listed = sources(answer)
    marked = answer.text_with(*bold)
    text, lead = (marked, _("Sources:")) if answer.found else refusal(answer)
    text, lead = told_text(text), told(lead)
    lines = [line for paragraph in text.splitlines() for line in _wrapped(paragraph, width)]
    if listed:
        lines += ["", lead]
    for citation in listed:
        head = f"[{citation.number}] {place_words(citation)}"
        if citation.section:
            head += f" — {' > '.join(citation.section)}"
        words = _one_line(citation.quote)
        if not answer.found:
            words = textwrap.shorten(words, 2 * EXCERPT, placeholder=" …")
        lines += textwrap.wrap(printable(_one_line(head)), width, subsequent_indent="    ")
        lines += textwrap.wrap(
            printable(quoted(words)), width, initial_indent="    ", subsequent_indent="    "
        )
    if answer.note:
        lines += ["", *textwrap.wrap(printable(_one_line(told(answer.note))), width)]
    return "\n".join(lines)


def _wrapped(line: str, width: int) -> list[str]:
    """A line of an answer's Markdown as plain lines; the items of a list hang."""
    bullet = re.match(r"\s*(?:[-*]|\d+[.)])\s+", line)
    plain = _ESCAPED.sub(r"\1", line.replace("**", ""))
    indent = " " * len(bullet[0]) if bullet else ""
    return textwrap.wrap(printable(plain), width, subsequent_indent=indent) or [""]


class _AnswerRenderer(RendererHTML):
    """Escapes all text, and makes ``[n]`` a link where the answer has a citation n."""

    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        pieces: list[str] = []
        content, end = tokens[idx].content, 0
        for match in MARKER.finditer(content):
            citation = env["cited"].get(int(match[1]))
            if citation is not None:
                # The space before a marker would let it fall alone onto the next line.
                pieces.append(str(escape(content[end : match.start()].rstrip(" "))))
                pieces.append(str(_marker_html(citation, env["answer_number"])))
                end = match.end()
        pieces.append(str(escape(content[end:])))
        unsupported = Markup('<span class="unsupported">{}</span>').format(told(NO_SUPPORT))
        return "".join(pieces).replace(NO_SUPPORT, unsupported)

    def text_special(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        # "\\[1\\]" is a document's own footnote mark, not ours: never a link.
        return str(escape(tokens[idx].content))


# "text_join" would make an escaped bracket one with the text around it.
_PARSER = MarkdownIt("zero", renderer_cls=_AnswerRenderer).enable(RULES).disable("text_join")


def _markdown(text: str, answer_number: int, cited: dict[int, Citation]) -> Markup:
    """The answer's text as HTML on one line."""
    html: str = _PARSER.render(text, {"cited": cited, "answer_number": answer_number})
    return Markup(html.replace("\n", " "))


def _marker_html(citation: Citation, answer_number: int) -> Markup:
    return Markup('<a class="cite" href="{}" title="{}">{}</a>').format(
        reference(answer_number, citation.number), _one_line(place_words(citation)), citation.number
    )


def _sources_html(listed: Sequence[Citation], answer_number: int) -> Markup:
    """One row for each document, with a link for each citation on each page of it."""
    rows = []
    first: dict[str, int] = {}
    for citation in listed:
        first.setdefault(citation.document, citation.number)
    ordered = sorted(listed, key=lambda c: (first[c.document], c.number))
    for _document, group in groupby(ordered, key=lambda c: c.document):
        citations = list(group)
        links = Markup("").join(_place_html(page, answer_number) for page in _by_page(citations))
        rows.append(
            Markup(
                '<li><span class="title"{}>{}</span> <span class="places">{}</span></li>'
            ).format(in_language(citations[0].language), _one_line(citations[0].title), links)
        )
    return Markup('<ul class="sources">{}</ul>').format(Markup("").join(rows))


def _by_page(citations: Sequence[Citation]) -> list[list[Citation]]:
    pages: dict[int | None, list[Citation]] = {}
    for citation in citations:
        pages.setdefault(citation.page, []).append(citation)
    return list(pages.values())


def _place_html(citations: Sequence[Citation], answer_number: int) -> Markup:
    """ "p. 3" with the markers that stand on it."""
    first = citations[0]
    where = _("p. {page}", page=first.page) if first.page is not None else ""
    markers = Markup("").join(_marker_html(c, answer_number) for c in citations)
    return Markup('<span class="place">{} {}</span>').format(where, markers)


def _nearest_html(lead: str, listed: Sequence[Citation], answer_number: int) -> Markup:
    rows = Markup("").join(
        Markup(
            '<li><a class="near" href="{}"><span class="title">{}</span>'
            '<span class="where">{}</span><span class="excerpt">{}</span></a></li>'
        ).format(
            reference(answer_number, citation.number),
            _one_line(citation.title),
            _("p. {page}", page=citation.page) if citation.page is not None else "",
            textwrap.shorten(_below_headings(citation), EXCERPT, placeholder=" …"),
        )
        for citation in listed
    )
    return Markup('<p class="note">{}</p><ul class="nearest">{}</ul>').format(
        _one_line(told(lead)), rows
    )


def _below_headings(citation: Citation) -> str:
    """The words of a passage without the headings that it begins with."""
    words = _one_line(citation.quote)
    for heading in citation.section:
        words = words.removeprefix(_one_line(heading)).lstrip()
    return words or _one_line(citation.quote)


def _made_html(answer: Answer) -> Markup:
    notes = [_one_line(told(answer.note))] if answer.note else []
    if answer.model and answer.complete:
        model = _one_line(answer.model)
        notes.append(_("Written by {model}, checked against the documents", model=model))
    if not notes:
        return Markup("")
    return Markup('<p class="note">{}</p>').format(" · ".join(notes))


def _block(kind: str, content: Markup) -> str:
    return str(Markup('<div class="{}">{}</div>').format(kind, content))


def _one_line(text: str) -> str:
    return " ".join(text.split())
