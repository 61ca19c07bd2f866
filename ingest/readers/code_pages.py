"""Code pages: which one-byte encoding a text in a Latin script was written in.

The letters beyond ASCII tell: in the right encoding they are those of one language, and no signs
stand within words. Frequencies, by which other scripts are told, need more text than this.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Letters beyond ASCII, lower case, of the languages that are written in these code pages. The first
# pages win where several fit: most texts that are not Unicode were written on western Windows.
_LANGUAGES = (
    (
        ("cp1252", "mac_roman", "cp850"),
        (
            "éèêëàâîïôùûüçœæÿ",  # French
            "äöüßé",  # German
            "áéíóúñü",  # Spanish
            "áâãàçéêíóôõúü",  # Portuguese
            "àèéìíîòóùú",  # Italian
            "éëïöüèêáíóú",  # Dutch
            "æøåäöéüò",  # Danish, Norwegian
            "åäöéüšž",  # Swedish, Finnish, Estonian
            "áéíóúýþðæö",  # Icelandic
            "àèéíïòóúüçñ",  # Catalan
        ),
    ),
    (
        ("cp1250", "iso8859_2", "cp852", "mac_latin2"),
        (
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýž",  # Czech
            "áäčďéíĺľňóôŕšťúýž",  # Slovak
            "áéíóöőúüű",  # Hungarian
            "ăâîşţșț",  # Romanian
            "čćđšž",  # Croatian, Slovene
        ),
    ),
    (("cp1254",), ("çğıöşüâîûi\u0307",)),  # Turkish
    (
        ("cp1257",),
        ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),  # Lithuanian, Latvian, Estonian
    ),
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_AFTER_WORDS = frozenset("’”»“‘›…–—°ºª¹²³™®©§%·€£")
_BEFORE_WORDS = frozenset("“„«‘‚‹’”»¿¡–—•§©…£€›")


def latin_code_page(sample: bytes) -> str:
    """The code page in which the fewest signs of ``sample`` are out of place."""
    best, fewest = "cp1252", float("inf")
    for pages, alphabets in _LANGUAGES:
        for page in pages:
            text = sample.decode(page, errors="replace")
            misplaced, letters = _survey(text)
            foreign = min(
                sum(count for letter, count in letters.items() if letter not in alphabet)
                for alphabet in alphabets
            )
            if misplaced + foreign < fewest:
                best, fewest = page, misplaced + foreign
    return best


def _survey(text: str) -> tuple[int, Counter[str]]:
    """How many signs stand where none can, and the letters beyond ASCII in lower case."""
    misplaced = 0
    letters: Counter[str] = Counter()
    for match in _BEYOND_ASCII.finditer(text):
        sign, at = match[0], match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign.isalpha() and sign not in "ºª":
            letters[sign.lower()] += 1
            misplaced += sign.isupper() and before.islower()
        elif unicodedata.category(sign) in ("Cc", "Cn", "Co") or sign == "\ufffd":
            misplaced += 2
        elif before.isalpha() and after.isalpha():
            misplaced += sign not in "’\u00ad·–—"
            misplaced += sign in "–—" and before.islower()  # rarely without a space in between
        else:
            misplaced += before.isalpha() and sign not in _AFTER_WORDS and sign != "\u00a0"
            misplaced += after.isalpha() and sign not in _BEFORE_WORDS and sign != "\u00a0"
    return misplaced, letters
