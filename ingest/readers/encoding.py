"""Bytes to text: byte order mark, UTF-8, UTF-16, UTF-32, then the older one-byte encodings.

What is no text but another kind of file under a text file's name is told apart and refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import PurePosixPath

from charset_normalizer import from_bytes

from ingest.errors import DamagedDocument
from ingest.readers.code_pages import latin_code_page
from ingest.readers.signature import check_name

# UTF-32 first: its little-endian mark begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024  # bytes in which the encoding shows; guessing over a whole book takes seconds
# UTF-16 is full of bytes that no other text holds: NUL in Latin scripts, others beyond.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.02
_ASCII_CONTROL_SHARE = 0.25  # where all bytes are below 128, as in UTF-16 up to the Arabic script
_UNASSIGNED_SHARE = 0.02  # characters that do not exist, in the wrong order of bytes most do not
# Latin scripts put single letters beyond ASCII between others; Greek or Cyrillic whole words.
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{3,}")
_FOREIGN_SHARE = 0.5
_STRAY_SHARE = 0.1  # bad bytes for each good UTF-8 sequence, up to which it is UTF-8 with accidents
# Signs that text does not hold, and the one for bytes that mean nothing; a stray few are accidents.
_NO_TEXT = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NO_TEXT_SHARE = 0.02


def text_of(path: str, data: bytes, declared: str | None = None) -> str:
    """The text of the file ``path``, decoded as ``decode`` does.

    Raises DamagedDocument where the bytes are those of another kind of file, or of no text.
    """
    check_name(path, data)
    text = decode(data, declared)
    if len(_NO_TEXT.findall(text)) > _NO_TEXT_SHARE * len(text):
        raise DamagedDocument(
            path,
            f"is something other than text under the name {PurePosixPath(path).suffix.lower()}",
            "Give it the ending of what it is, save it as UTF-8 text, or remove it.",
        )
    return text


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``; never fails.

    ``declared`` is the encoding that the file claims for itself, if it does. It loses against a
    byte order mark and against UTF-8, which text in another encoding never passes for by chance.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                if encoding.startswith("utf-32"):
                    continue
                return data[len(mark) :].decode(encoding, errors="replace")
    if (wide := _wide_without_mark(data)) is not None:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (mended := _damaged_utf8(data)) is not None:
        return mended
    if declared and (text := _as_declared(data, declared)) is not None:
        return text
    return _one_byte(data)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-32 or UTF-16 without a byte order mark; None where ``data`` is neither."""
    sample = data[:_SAMPLE]
    controls = len(_CONTROL.findall(sample)) / max(len(sample), 1)
    passes_for_text = _is_utf8(sample)
    if controls <= (_ASCII_CONTROL_SHARE if passes_for_text else _CONTROL_SHARE):
        return None
    if passes_for_text and b"\0" not in sample:
        return None  # not even a space or a line's end
    for encoding in ("utf-32-le", "utf-32-be"):
        try:
            # No other bytes pass for it by chance: every fourth is NUL.
            return data[: len(data) - len(data) % 4].decode(encoding)
        except UnicodeDecodeError:
            continue
    order = min(("utf-16-le", "utf-16-be"), key=lambda encoding: _strangeness(sample, encoding))
    if _strangeness(sample, order)[0] > _UNASSIGNED_SHARE:
        return None
    return data.decode(order, errors="replace")


def _is_utf8(sample: bytes) -> bool:
    """Whether ``sample``, which may end within a character, is UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _strangeness(sample: bytes, encoding: str) -> tuple[float, int]:
    """The share of characters that no text holds, and over how many blocks the others spread.

    Bytes in the wrong order often make characters that exist, but from all over Unicode.
    """
    text = sample[: len(sample) - len(sample) % 2].decode(encoding, errors="replace")
    strange = sum(
        char not in "\t\n\r\f\v\0" and unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")
        for char in text
    )
    strange += text.count("\ufffd") + text.count("\0")
    return strange / max(len(text), 1), len({ord(char) >> 8 for char in text})


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes from elsewhere: those are read as cp1252, the rest is kept."""
    good = data.decode("utf-8", errors="ignore")
    sequences = sum(char > "\x7f" for char in good)
    strays = len(data) - len(good.encode())
    if strays > sequences * _STRAY_SHARE:
        return None
    return data.decode("utf-8", errors=_STRAYS)


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


_STRAYS = "ingest-stray-bytes"
codecs.register_error(_STRAYS, _stray_bytes)


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name
        # As browsers do: what calls itself Latin-1 or ASCII is cp1252.
        return data.decode("cp1252" if name in {"iso8859-1", "ascii"} else name)
    except (LookupError, ValueError):
        return None


def _one_byte(data: bytes) -> str:
    """For other scripts than Latin what the frequencies of the letters say."""
    sample = data[:_SAMPLE]
    beyond_ascii = sum(byte > 0x7F for byte in sample)
    in_runs = sum(map(len, _FOREIGN_RUN.findall(sample)))
    if in_runs > beyond_ascii * _FOREIGN_SHARE:
        match = from_bytes(sample).best()
        if match is not None:
            return data.decode(match.encoding, errors="replace")
    return data.decode(latin_code_page(sample), errors="replace")
