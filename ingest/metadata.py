"""Title, language and date of a document, where they can be had."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.contents import LEADERS
from ingest.document import Block, BlockKind, Document, Stated
from ingest.folder import format_of, words_of_file_name

_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_FILE_LIKE = re.compile(
    r"\.(?:docx?|pdf|indd|pptx?|odt|rtf|html?|qxd)\b|^microsoft\b|^untitled|^document\d*$", re.I
)
_KIND = re.compile(
    r"\b(?:strateg|polic|plan\b|programme|roadmap|framework|report|agenda|charter|vision"
    r"|guideline|communication|contribution|stratég|politique|feuille de route|rapport"
    r"|estrategia|política|strategia|beleid|nota\b)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"©|\bisbn\b|www\.|https?:|@|\s\d{1,3}$|^(?:table of )?contents\b|^foreword\b", re.IGNORECASE
)
_CUT_OFF = re.compile(
    r"\b(?:the|an?|of|and|or|for|to|in|on|with|de|du|des|la|le|les|et|der|die|und|von|van|het|y|el|e)$",
    re.I,
)
_LETTER_SPACED = re.compile(r"(?:\b\w{1,2}\s+){5}")
_OPENING = 600  # characters in which a document's date is looked for
_OPENING_BLOCKS = 14  # the title stands in the first lines, or nowhere
_TITLE_WORDS = 22
_LONGEST_TITLE = 300  # characters
_LANGUAGE_SAMPLE = 4000  # characters are plenty to tell the language


def name(path: str, stated: Stated, text: str, blocks: tuple[Block, ...]) -> tuple[str, str | None]:
    """The title and the date of a document: both hang on its file's name, too."""
    title = shortened(choose_title(path, stated.title, text, blocks))
    return title, choose_date(path, title, text[:_OPENING], stated.date)


def shortened(title: str) -> str:
    """A title as it is, or the beginning of one that is none: every passage carries it."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()} …"


def renamed(document: Document, path: str) -> Document | None:
    """The document as if it had been read from a file of another name.

    None where it must be read to know: the name promises another format, or what the file says
    of itself was not kept.
    """
    if document.stated is None or format_of(path) != document.format:
        return None
    title, date = name(path, document.stated, document.text, document.blocks)
    return replace(document, path=path, title=title, date=date)


def choose_title(path: str, stated: str | None, text: str, blocks: tuple[Block, ...]) -> str:
    """The stated title if it is one, else the best opening line, else the file's name.

    File names are written by people who knew the document: of several opening lines the one
    that shares most words with the file's name is taken.
    """
    stated = " ".join((stated or "").split())
    if len(stated.split()) > 1 and not _FILE_LIKE.search(stated):
        return stated
    named = {word.lower() for word in words_of_file_name(path)}
    best, best_score = "", 0.0
    for order, block in enumerate(blocks[:_OPENING_BLOCKS]):
        line = text[block.start : block.end]
        words = re.findall(r"\w+", line.lower())
        if (
            not 1 < len(words) <= _TITLE_WORDS
            or LEADERS.search(line)
            or block.kind is BlockKind.TABLE_ROW
        ):
            continue
        if _NO_TITLE.search(line) or _CUT_OFF.search(line) or _LETTER_SPACED.search(line):
            continue
        shared = len(named & {word for word in words if len(word) > 1})
        score = 1.0 + shared - 0.05 * order + (0.5 if block.kind is BlockKind.HEADING else 0.0)
        score += 1.0 if _KIND.search(line) else 0.0
        score -= 1.0 if line.endswith((".", ":", ",", ";")) else 0.0
        if score > best_score:
            best, best_score = line, score
    name = " ".join(words_of_file_name(path))
    if best and best_score >= 1.5:
        return best.strip(" .,:;")
    return name or path


def choose_date(path: str, title: str, opening: str, stated: str | None) -> str | None:
    """The year in the title, the opening or the file's name, made exact by the stated date.

    A file's own date tells when it was made, which may be years after the document: it is
    used where it agrees with the year that people wrote, or where there is no such year.
    """
    for source in (title, PurePosixPath(path).stem, opening):
        years = _YEAR.findall(source)
        if years:
            year = str(min(years)) if source is title else str(years[0])
            return stated if stated and stated.startswith(year) else year
    return stated


def pdf_date(value: str | None) -> str | None:
    """ "D:20201216093000Z" -> "2020-12-16"."""
    match = re.match(r"D?:?(\d{4})(\d{2})(\d{2})", value or "")
    return "-".join(match.groups()) if match else None


def guess_language(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``; None where there is too little of it."""
    middle = max(len(text) // 2 - _LANGUAGE_SAMPLE // 2, 0)
    sample = text[middle : middle + _LANGUAGE_SAMPLE]
    if len(sample.split()) < 5:
        return None
    # The model takes most of a second to load: only reading a file without a stated language pays.
    import py3langid

    return str(py3langid.classify(sample)[0])
