"""Control words: an RTF file cut into words, characters, groups and text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)"
    r"|[\r\n]+|\\",
    re.DOTALL,
)
# Groups that hold no text of the document. What begins with \* and is not known is skipped, too.
SKIPPED = frozenset(
    "aftncn aftnsep aftnsepc annotation atnauthor atnid author bkmkend bkmkstart category colortbl"  # noqa: SIM905
    " comment company datafield datastore do doccomm filetbl fldinst footer footerf footerl"
    " footerr ftncn ftnsep ftnsepc generator header headerf headerl headerr keywords latentstyles"
    " listoverridetable listtable manager mmathPr nesttableprops nonesttables object objdata"
    " oldpprops oldtprops operator pgptbl picprop pict pnseclvl private revtbl rsidtbl shppict"
    " shprslt sp subject tc template themedata ud userprops wgrffmtfilter xe xmlnstbl".split()
)
# Groups that are read although they begin with \*: the first two as what stands around them.
TRANSPARENT = frozenset({"shpinst", "upr"})
SEPARATE = frozenset({"listtext", "pntext", "footnote", "shptxt"})
SIGNS = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "nestcell": " ", "nestrow": " ", "column": " ",
}  # fmt: skip
ESCAPED = {"~": "\u00a0", "_": "-", "-": "\u00ad"}
CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip


class Kind(Enum):
    WORD = auto()  # \\par, \\s1: text is the word, value its number
    SIGN = auto()  # \\~: text is the character after the backslash
    BYTE = auto()  # \\'e9: value is the byte, in some code page
    CHARACTER = auto()  # \\u233: text is the character
    OPEN = auto()
    CLOSE = auto()
    TEXT = auto()


class Token(NamedTuple):
    kind: Kind
    text: str = ""
    value: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text``, whose characters stand for bytes; binary data is left out."""
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        word, number, code, sign, brace, run = match.groups()
        value = int(number) if number else None
        if run is not None:
            yield Token(Kind.TEXT, run)
        elif brace is not None:
            yield Token(Kind.OPEN if brace == "{" else Kind.CLOSE)
        elif code is not None:
            yield Token(Kind.BYTE, value=int(code, 16))
        elif sign is not None:
            yield Token(Kind.SIGN, sign)
        elif word == "bin":
            position += max(value or 0, 0)
        elif word == "u":
            yield Token(Kind.CHARACTER, chr((value or 0) % 0x10000))
        elif word is not None:
            yield Token(Kind.WORD, word, value)


def known_code_page(number: int | None) -> str:
    """The name of a code page for Python; that of western Windows where it is not known."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
