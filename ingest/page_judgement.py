"""What a page holds: honest text, nothing, garbage in the place of text, or an image of text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]{3,}")
_REPEATED = re.compile(r"([^\w\s\ufffd])(?:\s?\1){2,}")  # leading dots, rules drawn by signs
_LINE_END_HYPHENS = "\u00ad\ufffe\x02"  # pdfium's signs for a hyphen at the end of a line
_PLAIN_SIGNS = set(".,;:!?'\"()[]/%&@#*+-€$£©§|✓✔×=<>°")  # and all punctuation beyond ASCII
_COMMON = set("aeinorst")  # at least 0.45 of the letters in each of 80 languages and romanisations
_VOWELLESS = re.compile(r"[^aeiouyøæœıəɛɔ]{6,}")
_VOWEL = re.compile(r"[aeiouyøæœıəɛɔ]")

# Honest pages, and messages in 80 languages, had at least 0.45 common letters and at most 0.07
# words that nobody can speak; 96 in 100 pages under a shuffled alphabet failed one of these.
_FEWEST_COMMON = 0.42
_MOST_UNSPEAKABLE = 0.15  # of the words
_MOST_STRANGE = 0.3  # of the characters: private use, control, unassigned
_MOST_SIGNS = 0.35
_MOST_PUNCTUATION = 0.5
_MOST_LONE = 0.6  # of the words
_KINDS = 12  # of signs: a table has fewer in its cells, such as "x", "-", "•"
_MOST_ACCENTED = 0.6  # of the Latin letters; Vietnamese has 0.25
_CHARACTERS_TO_JUDGE = 60
_WORDS_TO_JUDGE = 40  # with fewer words nobody can tell whether they are words
_LETTERS_TO_JUDGE = 120  # in words
_WORDS_ARE_PLENTY = 400
_FEWEST_UNSPEAKABLE = 4  # words; so many must be, however few there are in all
_LATIN = 0.75  # of the letters: with fewer, Latin words are names and terms among others
_LONGEST_ABBREVIATION = 6  # letters

_A_PICTURE = 0.1  # of the page: less is a logo
_WHOLE_PAGE = 0.8
_OUTLINES_OF_TEXT = 200  # paths: letters turned into curves; a drawing has fewer, or text besides
_STAMP_WORDS = 15


class PageKind(StrEnum):
    TEXT = "text"
    BLANK = "blank"
    GARBAGE = "garbage"  # text in a font that does not say which letters its glyphs are
    IMAGE = "image"  # an image, or drawn outlines, and no text


@dataclass(frozen=True, slots=True)
class PageLayer:
    """What a page is made of, before anything is read off its image."""

    text: str  # the text layer as it stands, control characters too
    image_share: float = 0.0  # of the page that images cover, 0 to 1
    outlines: int = 0  # how many paths are drawn


def judge_pages(pages: Sequence[PageLayer]) -> list[PageKind]:
    """Judge all pages of a document.

    Where most pages are images with the same few words besides, digits apart, those were stamped
    on the scan and are not the page's text. A photograph with a title over it keeps its text.
    """
    covered = [page for page in pages if page.image_share >= _WHOLE_PAGE]
    seen = Counter(_stamp(page.text) for page in covered)
    stamps = {stamp for stamp, count in seen.items() if stamp and 2 * count > len(pages) > 2}
    return [
        judge(
            replace(page, text="")
            if page.image_share >= _WHOLE_PAGE and _stamp(page.text) in stamps
            else page
        )
        for page in pages
    ]


def judge(page: PageLayer) -> PageKind:
    """Judge one page by itself; in doubt its text is honest."""
    if is_garbage(page.text):
        return PageKind.GARBAGE
    if any(char.isalpha() for char in page.text):
        return PageKind.TEXT
    if page.image_share >= _A_PICTURE or page.outlines >= _OUTLINES_OF_TEXT:
        return PageKind.IMAGE  # with a page number at most
    return PageKind.TEXT if any(char.isdigit() for char in page.text) else PageKind.BLANK


def is_garbage(text: str) -> bool:
    """Whether a text is made of characters, but not of words of any language.

    Figures, abbreviations and scripts without spaces are honest; in doubt so is the rest.
    """
    text = _REPEATED.sub(r"\1", text)
    characters = [char for char in text if not char.isspace() and char not in _LINE_END_HYPHENS]
    if len(characters) < _CHARACTERS_TO_JUDGE:
        return False
    strange = sum(unicodedata.category(c)[0] == "C" or c == "\ufffd" for c in characters)
    signs = sum(_is_odd_sign(char) for char in characters)
    if strange > _MOST_STRANGE * len(characters) or signs > _MOST_SIGNS * len(characters):
        return True
    marks = [c for c in characters if not c.isalnum() and unicodedata.category(c)[0] != "M"]
    if len(marks) > _MOST_PUNCTUATION * len(characters) and len(set(marks)) >= _KINDS:
        return True
    return _is_scattered(text) or _is_in_no_language(text)


def _stamp(text: str) -> str:
    words = re.sub(r"\d+", "#", text.lower()).split()
    return " ".join(words) if len(words) <= _STAMP_WORDS else ""


def _is_odd_sign(char: str) -> bool:
    kind = unicodedata.category(char)
    return (kind[0] == "S" and char not in _PLAIN_SIGNS) or char in "\\^_`{}~"


def _is_scattered(text: str) -> bool:
    """Whether most words are lone characters, and not a text set with wide spaces."""
    words = [word for word in text.split() if not word.isdecimal()]
    # In scripts without spaces, and in those without case, one character may be a word.
    lone = [word for word in words if len(word) == 1 and unicodedata.category(word) != "Lo"]
    if len(words) < _WORDS_TO_JUDGE or len(lone) <= _MOST_LONE * len(words):
        return False
    letters = [char for char in lone if char.isalpha()]
    spaced = len(letters) > len(lone) / 2 and (not _is_latin(letters) or _are_natural(letters))
    return len(set(lone)) >= _KINDS and not spaced


def _is_in_no_language(text: str) -> bool:
    """Whether words of Latin letters have the letters and the build of no language's words.

    A font without a map gives each letter another one's place: vowels and common letters then
    are no longer where every language has them.
    """
    words = [
        word.lower()
        for word in _WORD.findall(text)
        if not (word.isupper() and len(word) <= _LONGEST_ABBREVIATION)
    ][:_WORDS_ARE_PLENTY]
    letters = [char for word in words for char in word]
    every_letter = [char for char in text if unicodedata.category(char)[0] in "LM"]
    if len(letters) < _LETTERS_TO_JUDGE or not _is_latin(every_letter):
        return False
    if sum(not char.isascii() for char in letters) > _MOST_ACCENTED * len(letters):
        return True  # such as Cyrillic taken for Western European letters
    plain = [_without_accents(word) for word in words]
    unspeakable = sum(not _VOWEL.search(word) or bool(_VOWELLESS.search(word)) for word in plain)
    return not _are_natural(letters) or unspeakable > max(
        _MOST_UNSPEAKABLE * len(words), _FEWEST_UNSPEAKABLE - 1
    )


def _are_natural(letters: Sequence[str]) -> bool:
    """Whether Latin letters are about as common as they are in languages."""
    plain = _without_accents("".join(letters).lower())
    return sum(char in _COMMON for char in plain) >= _FEWEST_COMMON * len(plain)


def _is_latin(letters: Sequence[str]) -> bool:
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return latin > _LATIN * len(letters)


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if char.isalpha())
