"""Tesseract: the engine of the system's packages, run as a program for each image."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from ingest.errors import OcrFailed
from ingest.ocr.engine import OcrLine

if TYPE_CHECKING:
    from PIL.Image import Image

# ISO 639-1 -> Tesseract's names of language data: mostly ISO 639-2/T. One language may have two.
_PAIRS = (
    "af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat co:cos"
    " cs:ces cy:cym da:dan de:deu dv:div dz:dzo el:ell en:eng eo:epo es:spa et:est eu:eus"
    " fa:fas fi:fin fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gu:guj he:heb hi:hin hr:hrv"
    " ht:hat hu:hun hy:hye id:ind is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kk:kaz km:khm"
    " kn:kan ko:kor ku:kmr ky:kir la:lat lb:ltz lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal"
    " mn:mon mr:mar ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld nn:nor no:nor oc:oci or:ori"
    " pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sa:san sd:snd si:sin sk:slk sl:slv"
    " sq:sqi sr:srp+srp_latn su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir to:ton"
    " tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb+uzb_cyrl vi:vie yi:yid yo:yor"
    " zh:chi_sim+chi_tra"
)
_DATA = dict(pair.split(":") for pair in _PAIRS.split())
_NO_LANGUAGES = frozenset({"osd", "equ", "snum"})  # data of another kind
_MOST_LANGUAGES = 3  # each more makes it slower, and takes one word for another
_STAIN = 20.0  # percent of confidence
_STAIN_CHARACTERS = 3
_LOOK_SECONDS = 20.0  # for its version and its languages


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Runs one ``tesseract`` for each image, on one core, so that a limit on time holds."""

    command: str = "tesseract"
    timeout: float = 120.0  # seconds for one image

    @property
    def installed(self) -> bool:
        """Whether the program is there, with the data of at least one language."""
        return shutil.which(self.command) is not None and bool(_languages(self.command))

    @property
    def name(self) -> str:
        return f"tesseract {_version(self.command)}"

    def recognise(self, image: Image, languages: Sequence[str] = ()) -> list[OcrLine]:
        """The lines that Tesseract sees; OcrFailed where it fails or takes too long."""
        picture = io.BytesIO()
        image.convert("L").save(picture, "PPM")
        data = "+".join(self.data_for(languages))
        table = _run([self.command, "-", "-", "-l", data, "tsv"], self.timeout, picture.getvalue())
        return list(_lines(table))

    def data_for(self, languages: Sequence[str]) -> list[str]:
        """Names of the installed language data to read ``languages`` (ISO 639-1) with."""
        installed = _languages(self.command)
        wanted = [data for code in languages for data in _DATA.get(code, "").split("+")]
        found = [data for data in dict.fromkeys(wanted) if data in installed]
        # Where nothing fits: English, whose data Debian always brings, or what else there is.
        return (found or sorted(installed, key=lambda data: (data != "eng", data))[:1])[
            :_MOST_LANGUAGES
        ]


def _lines(table: str) -> Iterator[OcrLine]:
    words = [
        row
        for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
        if row["level"] == "5" and row["text"].strip() and not _is_stain(row)
    ]
    for _, group in groupby(words, lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        line = list(group)
        lefts, tops, widths, heights = (
            [float(row[key]) for row in line] for key in ("left", "top", "width", "height")
        )
        # On a page that leans, the box around all words is much taller than the line; most words
        # are lower than the line, having no tall or no hanging letters.
        height = sorted(heights)[4 * len(heights) // 5]
        middle = median(top + tall / 2 for top, tall in zip(tops, heights, strict=True))
        letters = [len(row["text"]) for row in line]
        certain = sum(float(row["conf"]) * n for row, n in zip(line, letters, strict=True))
        texts = [row["text"] for row in line]
        if len(line) > 1:
            gap = (lefts[1] - lefts[0] - widths[0]) / height
            texts[0] = "•" if _is_bullet(texts[0], texts[1], gap) else texts[0]
        yield OcrLine(
            " ".join(texts),
            min(lefts),
            middle - height / 2,
            max(left + width for left, width in zip(lefts, widths, strict=True)),
            middle + height / 2,
            min(certain / sum(letters) / 100, 1.0),
        )


def _is_bullet(first: str, following: str, gap: float) -> bool:
    """Whether a bullet was taken for another sign; ``gap`` to the next word, in line heights."""
    if not following[0].isalnum() or len(first) != 1:
        return False
    # A letter that stands as far from its text as a bullet does is none: words are closer.
    return (first in "+*~°¢©®·" and not following[0].isdigit()) or (first in "eo«»" and gap > 0.8)


def _is_stain(word: dict[str, str]) -> bool:
    """Whether a speck, a rule or leading dots were taken for a word."""
    return float(word["conf"]) < _STAIN and len(word["text"]) <= _STAIN_CHARACTERS


@cache
def _version(command: str) -> str:
    first = _run([command, "--version"], _LOOK_SECONDS).partition("\n")[0]
    return first.removeprefix("tesseract").strip() or "of unknown version"


@cache
def _languages(command: str) -> frozenset[str]:
    try:
        listed = _run([command, "--list-langs"], _LOOK_SECONDS).splitlines()[1:]
    except OcrFailed:
        return frozenset()
    return frozenset(line.strip() for line in listed) - _NO_LANGUAGES


def _run(command: list[str], timeout: float, data: bytes = b"") -> str:
    """What the command prints; one thread, since several documents may be read side by side."""
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=timeout,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OcrFailed(f"OCR took longer than {timeout:g} seconds") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise OcrFailed(f"OCR failed ({command[0]}: {said or error.returncode})") from error
    except OSError as error:
        raise OcrFailed(f"OCR failed ({command[0]}: {error.strerror})") from error
    return done.stdout.decode("utf-8", "replace")
