"""Footnotes: real ones for a Word document, which python-docx itself cannot make."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

# The lines above the footnotes of a page have numbers of their own, as Word itself gives them.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)
_SETTINGS = f"<w:footnotePr {nsdecls('w')}>" + "".join(
    f'<w:footnote w:id="{number}"/>' for number in (-1, 0)
) + "</w:footnotePr>"  # fmt: skip
_FOLLOWING = ("w:endnotePr", "w:compat", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping")


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their marks."""

    def __init__(self, document: Document) -> None:
        text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = document.styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(2)
        mark = document.styles.add_style(
            "footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True
        )
        mark.font.superscript = True
        self._text_style, self._mark_style = text.style_id, mark
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}</w:footnotes>")
        self._count = 0
        part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            self._root,
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _add_settings(document)

    def add(self, paragraph: Paragraph, text: str) -> int:
        """A mark at the end of the paragraph, with this text at the foot; returns its number."""
        self._count += 1
        run = paragraph.add_run(style=self._mark_style)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        run._r.append(reference)
        self._root.append(self._footnote(text))
        return self._count

    def _footnote(self, text: str) -> Any:
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self._count}"><w:p><w:pPr>'
            f'<w:pStyle w:val="{self._text_style}"/></w:pPr><w:r><w:rPr>'
            f'<w:rStyle w:val="{self._mark_style.style_id}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
        )
        footnote.find(f".//{qn('w:t')}").text = f" {text}"
        return footnote


def _add_settings(document: Document) -> None:
    settings = document.settings.element
    after = next(
        (child for child in settings if child.tag in {qn(name) for name in _FOLLOWING}), None
    )
    new = parse_xml(_SETTINGS)
    if after is None:
        settings.append(new)
    else:
        after.addprevious(new)
