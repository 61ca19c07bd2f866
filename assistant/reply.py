"""Said: a chat model's reply as sentences, each with the markers that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.sentences import sentence_spans

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
# "[1]", and what models make of it: "[1, 3]", "【1】", "[^1]", "[Passage 1]".
MARKER = re.compile(
    rf"[\[【]\s*(?:\^|passages?\s|sources?\s)?\s*({_NUMBERS})\s*[\]】]", re.IGNORECASE
)
_BEGUN = re.compile(r"[\[【][^\]】\n]{0,24}$")  # a marker of which the rest is still to come
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_WIDEST_RANGE = 12  # "[1-9]" names nine passages; "[1-400]" names none
_BULLET = re.compile(r"\s*(?:(?P<dot>[-*•])|(?P<number>\d{1,2})[.)])\s+")
_DECORATION = re.compile(r"\*\*|__|`+|^\s*#{1,6}\s+|^\s*>\s?|^\s*-{3,}\s*$")
_ENDED = re.compile(r"[.!?…:;]+[\"”»’')]*$")
# Local reasoning models think aloud before they answer.
_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the reply as it is to be judged: without markers and decoration."""

    text: str
    markers: tuple[int, ...]  # numbers of passages, as the model wrote them
    line: int  # which line of the reply it stands in, from 0
    bullet: str = ""  # "- " or "2. " where it begins an item of a list

    @property
    def introduces(self) -> bool:
        """Whether it leads in the items that follow."""
        return self.text.endswith(":")


def sentences(reply: str, language: str | None = None) -> list[Said]:
    """The sentences of a reply, in order; the words of a thinking model's thoughts are none.

    A marker belongs to the sentence that it stands in or after. A line that introduces a list
    without a marker of its own takes those of the items.
    """
    said = [
        sentence
        for number, line in enumerate(_visible(reply).splitlines())
        for sentence in _of_line(line, number, language)
    ]
    return [_with_markers_of_items(said, index) for index in range(len(said))]


def tail(text: str) -> str:
    """The words of a sentence that is still being written, without a marker half there."""
    return " ".join(_BEGUN.sub("", MARKER.sub("", text)).split())


def _visible(reply: str) -> str:
    return _UNPRINTABLE.sub("", _THOUGHT.sub("", reply))


def _of_line(line: str, number: int, language: str | None) -> list[Said]:
    bullet = _BULLET.match(line)
    mark = ""
    if bullet:
        mark = "- " if bullet["dot"] else f"{bullet['number']}. "
        line = line[bullet.end() :]
    plain, marks = _without_markers(_DECORATION.sub("", line))
    found: list[Said] = []
    for start, end in sentence_spans(plain, language):
        text = " ".join(plain[start:end].split())
        numbers = [n for place, numbers in marks if start < place <= end for n in numbers]
        if any(char.isalnum() for char in text):
            found.append(Said(text, tuple(dict.fromkeys(numbers)), number, "" if found else mark))
    return found


def _without_markers(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """The line without its markers, and where each stood: before the end of its sentence."""
    plain = ""
    marks = []
    end = 0
    for match in MARKER.finditer(line):
        plain = (plain + line[end : match.start()]).rstrip()
        end = match.end()
        while not plain and line[end : end + 1].isspace():
            end += 1  # so that a marker before the first word is that sentence's
        ended = _ENDED.search(plain)
        marks.append((max(ended.start() if ended else len(plain), 1), _numbers(match[1])))
    return plain + line[end:], marks


def _numbers(listed: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;]", listed):
        ends = _RANGE.fullmatch(part.strip())
        if ends is None:
            numbers += [int(number) for number in re.findall(r"\d+", part)]
        elif 0 <= int(ends[2]) - int(ends[1]) < _WIDEST_RANGE:
            numbers += range(int(ends[1]), int(ends[2]) + 1)
    return numbers


def _with_markers_of_items(said: list[Said], index: int) -> Said:
    own = said[index]
    if own.markers or not own.introduces:
        return own
    numbers: list[int] = []
    for other in said[index + 1 :]:
        if not other.bullet and other.line != own.line and numbers:
            break
        numbers += other.markers
    return Said(own.text, tuple(dict.fromkeys(numbers)), own.line, own.bullet)
