"""Quotes: whether the evidence of a question file stands in what was read, and in one passage."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.questions import FOUND_SHARE, GoldEvidence, GoldQuestion, file_name, trigram_share
from outcome import Outcome

OCR_SHARE = 0.8  # of a quote's words, for a page read by OCR to count as holding it


@dataclass(frozen=True, slots=True)
class Sighting:
    """One quote of one question, and where it was seen."""

    question: str
    evidence: GoldEvidence
    on_page: bool  # letters and digits alone compared; anywhere, where the gold names no page
    nearby: bool  # the same, on the page and its two neighbours read as one
    in_document: bool
    words: float  # share of its words that stand on the page, 0 to 1
    passage: float  # the most of its trigrams that one passage holds, 0 to 1

    @property
    def within_passage(self) -> bool:
        return self.passage >= FOUND_SHARE


def squash(text: str) -> str:
    """Letters and digits alone, in lower case, compatible forms (ligatures, exponents) made one."""
    text = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in text if char.isalnum())


def words(text: str) -> list[str]:
    """Words in lower case; hyphens at a line's end joined, ligatures and soft hyphens resolved."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[\u00ad\ufffe]\s*", "", text)
    text = re.sub(r"(?<=[^\W\d_])-[ \t]*\r?\n\s*(?=[^\W\d_])", "", text)
    return re.findall(r"[^\W_]+", text)


def word_share(quote: str, text: str) -> float:
    """Share of the quote's words, each as often as it stands there, that the text holds."""
    wanted, held = Counter(words(quote)), Counter(words(text))
    return (wanted & held).total() / wanted.total() if wanted else 0.0


def sightings(questions: Sequence[GoldQuestion], outcomes: Sequence[Outcome]) -> list[Sighting]:
    """All evidence whose document is among the outcomes, each quote once."""
    by_name = {outcome.name: outcome for outcome in outcomes}
    return [
        _sighting(question, evidence, by_name[file_name(evidence.document)])
        for question, evidence in _evidence(questions)
        if file_name(evidence.document) in by_name
    ]


def _evidence(questions: Sequence[GoldQuestion]) -> Iterator[tuple[str, GoldEvidence]]:
    seen = set()
    for question in questions:
        for evidence in question.evidence:
            key = (evidence.document, evidence.page, evidence.quote)
            if key not in seen:
                seen.add(key)
                yield question.id, evidence


def _sighting(question: str, evidence: GoldEvidence, outcome: Outcome) -> Sighting:
    whole = outcome.document.text if outcome.document else ""
    around = {page.number: page.text for page in outcome.pages}
    page = whole if evidence.page is None else around.get(evidence.page, "")
    near = whole
    if evidence.page is not None:
        near = "".join(around.get(evidence.page + step, "") for step in (-1, 0, 1))
    quote = squash(evidence.quote)
    return Sighting(
        question=question,
        evidence=evidence,
        on_page=quote in squash(page),
        nearby=quote in squash(near),
        in_document=quote in squash(whole),
        words=word_share(evidence.quote, page),
        passage=max(
            (trigram_share(evidence.quote, passage.text) for passage in outcome.passages),
            default=0.0,
        ),
    )
