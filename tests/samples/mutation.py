"""Broken relatives of sound files, the same ones for the same seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Way = Callable[[bytes, random.Random], bytes]


def mutations(documents: list[Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of ``count`` files, each made from one of the ``documents`` in turn."""
    chance = random.Random(seed)
    for number in range(count):
        document = documents[number % len(documents)]
        data = document.read_bytes()
        for _ in range(chance.choice((1, 1, 2, 5))):
            data = chance.choice(_WAYS)(data, chance)
        yield f"{number:05} {document.name}", data


def _flip_bits(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 200))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _leave_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 3, 100)) + data[end:]


def _blot_out(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + bytes([chance.randrange(256)]) * (end - start) + data[end:]


def _exaggerate(data: bytes, chance: random.Random) -> bytes:
    """Numbers are lengths, counts and references: make some of them absurd."""
    absurd = chance.choice((b"0", b"-1", b"4294967295", b"99999999999999999999"))

    def replaced(match: re.Match[bytes]) -> bytes:
        return absurd if chance.random() < 0.02 else match[0]

    return re.sub(rb"\d+", replaced, data)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Break what is packed: the parts of a zip file, the streams of a PDF."""
    way = chance.choice((_flip_bits, _leave_out, _repeat, _exaggerate))
    if data.startswith(b"PK"):
        try:
            return _repacked(data, way, chance)
        except Exception:  # an earlier change broke it: zipfile has many ways to say so
            return data

    def replaced(match: re.Match[bytes]) -> bytes:
        try:
            return b"stream\n" + zlib.compress(way(zlib.decompress(match[1]), chance))
        except zlib.error:
            return b"stream\n" + way(match[1], chance)

    return re.sub(rb"stream\r?\n(.*?)(?=\r?\nendstream)", replaced, data, flags=re.DOTALL)


def _repacked(data: bytes, way: Way, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            part = old.read(name)
            new.writestr(name, way(part, chance) if chance.random() < 0.4 else part)
    return packed.getvalue()


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(start + chance.choice((1, 16, 300, 4000)), len(data))


_WAYS = (_flip_bits, _cut_off, _leave_out, _repeat, _blot_out, _exaggerate, _inside, _inside)
