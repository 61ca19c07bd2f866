"""CSV and TSV: the delimiter found by trying, each row with the heads of its columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ingest.builder import DocumentBuilder, normalise
from ingest.readers.encoding import text_of
from ingest.readers.reading import Reading
from ingest.readers.sheet import Sheet, Value

_DELIMITERS = ",;\t|"
_SAMPLE = 100  # rows on which the delimiters are tried
_STATED = re.compile(r"sep=([,;\t|:^~])\r?\n")  # what Excel writes and understands


def read_csv(path: str, data: bytes) -> Reading:
    """Read rows of values in any encoding, parted by commas, semicolons, tabs or bars.

    Raises DamagedDocument where the bytes are no text.
    """
    text = text_of(path, data).lstrip("\ufeff")
    stated = _STATED.match(text)
    delimiter = stated[1] if stated else _delimiter(text)
    builder = DocumentBuilder()
    rows = _rows(text[stated.end() :] if stated else text, delimiter)
    Sheet(([Value(normalise(field)) for field in row] for row in rows), headed=True).write(builder)
    return Reading(builder)


def _delimiter(text: str) -> str:
    """The sign at which most rows fall into the same number of fields, and into most of them."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in islice(_rows(text, delimiter), _SAMPLE) if any(row)]
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        return (count / len(widths), width) if width > 1 else (0.0, 1)

    return max(_DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    read = 0
    try:
        for row in reader:
            read = reader.line_num
            yield row
    except csv.Error:
        # A quotation mark that nothing closes swallows the rest: there it is taken as a mark.
        rest = io.StringIO(text, newline="")
        lines = islice(rest, read, None)
        yield from (line.rstrip("\r\n").split(delimiter) for line in lines)
