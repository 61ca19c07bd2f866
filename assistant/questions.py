"""GoldQuestion: a question with its known answer, and how an answer is judged against it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.answer import Turn
from assistant.errors import QuestionFileError

FOUND_SHARE = 0.6  # of a quote's trigrams, for a passage to count as holding it
CITED_SHARE = 0.3  # the same, for a citation to count as pointing at it
UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """Where the answer stands."""

    document: str
    page: int | None
    quote: str
    alternative: bool = False  # may stand in for any of the others
    text_layer: bool = True  # False: only OCR can find it


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One line of a question file."""

    id: str
    type: str
    question: str
    history: tuple[Turn, ...]
    documents: tuple[str, ...]
    evidence: tuple[GoldEvidence, ...]
    must_contain: tuple[tuple[str, ...], ...]  # of each inner group one must stand in the answer
    answer: str = ""  # a right one, for people to read

    @property
    def answerable(self) -> bool:
        return self.type != UNANSWERABLE

    @property
    def groups(self) -> list[list[GoldEvidence]]:
        """Evidence that must all be found; within a group any one will do."""
        spare = [item for item in self.evidence if item.alternative]
        needed = [item for item in self.evidence if not item.alternative]
        return [[item, *spare] for item in needed] or [spare]

    @property
    def readable(self) -> bool:
        """Whether all its evidence stands in a text layer."""
        return all(item.text_layer for item in self.evidence)

    def answered_by(self, text: str) -> bool:
        """Whether the text holds what a right answer must contain."""
        words, letters = plain(text), squashed(text)
        return all(
            any(plain(option) in words or squashed(option) in letters for option in group)
            for group in self.must_contain
        )


def read_questions(path: Path) -> list[GoldQuestion]:
    """Read a question file, one JSON object a line.

    Raises QuestionFileError that names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({getattr(error, 'strerror', '') or 'it is no UTF-8 text'})."
            " Give a file of JSON lines; `strategy evaluate --help` shows one."
        ) from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise QuestionFileError(
                f"{path}, line {number}: not a question ({type(error).__name__}: {error})."
                " Each line needs id, type, question, documents, evidence and must_contain."
            ) from error
    if not questions:
        raise QuestionFileError(f"{path}: holds no question. Put one JSON object on each line.")
    return questions


def _question(line: Mapping[str, Any]) -> GoldQuestion:
    if not isinstance(line["question"], str) or not line["question"].strip():
        raise ValueError("its question is empty, or no text")
    answerable = line["type"] != UNANSWERABLE
    return GoldQuestion(
        id=str(line["id"]),
        type=line["type"],
        question=line["question"],
        history=tuple(
            {"role": turn["role"], "content": turn["content"]} for turn in line.get("history", ())
        ),
        documents=tuple(line["documents"]) if answerable else (),
        evidence=tuple(
            GoldEvidence(
                item["document"],
                item.get("page"),
                item["quote"],
                bool(item.get("alternative", False)),
                bool(item.get("text_layer", True)),
            )
            for item in (line["evidence"] if answerable else ())
        ),
        must_contain=tuple(tuple(group) for group in (line["must_contain"] if answerable else ())),
        answer=str(line.get("answer") or ""),
    )


def plain(text: str | None) -> str:
    """Words in lower case with single spaces; of the signs only % and currencies stay."""
    text = unicodedata.normalize("NFKC", text or "").replace("\u00ad", "").lower()
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text)
    return " ".join(re.sub(r"[^\w%€$£]+", " ", text).split())


def squashed(text: str | None) -> str:
    return plain(text).replace(" ", "")


def trigram_share(quote: str, passage: str) -> float:
    """Share of the quote's word trigrams that stand in the passage, 0 to 1.

    A quote of one or two words has no trigram: it stands there as a whole or not at all.
    """
    wanted, held = _trigrams(quote), set(_trigrams(passage))
    if not wanted:
        return float(plain(quote) in plain(passage))
    return sum(trigram in held for trigram in wanted) / len(wanted)


def _trigrams(text: str) -> list[tuple[str, ...]]:
    words = plain(text).split()
    return list(zip(words, words[1:], words[2:], strict=False))


def file_name(path: str) -> str:
    """Gold documents are named by file name alone."""
    return PurePosixPath(path.replace("\\", "/")).name
