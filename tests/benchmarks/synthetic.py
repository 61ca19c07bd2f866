"""Synthetic strategies: invented documents, questions and indexes of any size, from a seed.

The prose is of our own making: sentences of a strategy, filled with its usual nouns and verbs
and with invented names. Words are drawn by Zipf's law, as in real text, so that the lexical
search meets frequent words and rare ones. The vectors of the first passages are the encoder's
own; those of all others are drawn around them (a unit vector plus noise, cosine 0.8 to the one
in the middle), because a million passages take three hours to embed: clusters as dense as those
of real passages, and no two alike.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index import Encoder, generation
from index.catalog import Catalog
from index.database import Database
from index.embedding import embedded_text
from index.records import State
from ingest import TEXT_PIPELINE, Block, BlockKind, Document, Page, Passage
from ingest.file_mark import FileMark

PER_DOCUMENT = 40  # passages: some twenty pages
_SECTION, _PAGE, _SENTENCES = 4, 2, 7  # passages of a section and of a page; sentences of a passage
_EMBEDDED = 1000  # passages that really go through the encoder
_NEARNESS = 0.8  # cosine of the others to the one that they are drawn around
_NOUNS = """
    strategy policy action target budget plan measure authority ministry council agency region
    service network harbour ferry lighthouse river forest school clinic grid substation quay
    permit fund grant risk threat incident standard audit review report indicator partner training
    skill worker household company port road bridge canal library archive register platform data
    security resilience climate energy water health transport housing tourism fishery agriculture
    research innovation trade emission flood drought coast island district municipality programme
    project campaign committee inspector engineer teacher nurse ranger pilot fleet vessel turbine
    dam pipeline reservoir wetland habitat species heritage museum festival tax fee subsidy loan
""".split()  # noqa: SIM905 - a list of as many strings says no more
_VERBS = """
    strengthen expand review publish fund protect restore electrify train inspect coordinate reduce
    double replace modernise audit connect support pilot evaluate finance repair map monitor
""".split()  # noqa: SIM905
_SENTENCE = (
    "By {year} the {noun} of {name} will {verb} {number} {noun}s and {verb} the {noun} {noun}.",
    "The {name} {noun} and the {noun} agency {verb} the {noun} every {few} years.",
    "Each {noun} receives {number} million crowns for the {noun} of its {noun}s in {name}.",
    "{name} has no {noun} {noun}, so the {noun} council will {verb} one before {year}.",
    "Progress is measured by the share of {noun}s that {verb} their {noun} within {few} months.",
    "A {noun} that fails the {noun} audit loses its {noun} permit until it can {verb} the {noun}.",
    "Together with {name} and {name}, the government plans to {verb} the {noun} and the {noun}.",
)
_QUESTION = (
    "Who will {verb} the {noun} of {name}?",
    "How many {noun}s will {name} {verb} by {year}?",
    "What does {name} plan for the {noun} {noun}?",
    "When is the {noun} {noun} to {verb} its {noun}s?",
    "Which {noun} receives money for the {noun} in {name}?",
)
_SYLLABLES = "ba bel cor dra el fen gar hol is jun kal lor mer nor os pel quin ros sel tar ul vey"


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary and its frequencies; ``fill`` writes a sentence."""

    chance: random.Random
    nouns: tuple[list[str], list[float]]
    names: tuple[list[str], list[float]]

    @classmethod
    def seeded(cls, seed: int) -> Words:
        syllables = _SYLLABLES.split()
        made = ["".join(parts) for parts in itertools.product(syllables, syllables, syllables)]
        random.Random(1).shuffle(made)  # the same words for every seed
        nouns = [*_NOUNS, *made[:6000]]
        names = [name.capitalize() for name in made[6000:]]
        return cls(random.Random(seed), (nouns, _zipf(nouns)), (names, _zipf(names)))

    def fill(self, form: str) -> str:
        parts = form.split("{")
        return parts[0] + "".join(self._word(*part.partition("}")[::2]) for part in parts[1:])

    def pick(self, kind: tuple[list[str], list[float]]) -> str:
        return self.chance.choices(kind[0], cum_weights=kind[1])[0]

    def _word(self, slot: str, rest: str) -> str:
        if slot == "noun":
            return self.pick(self.nouns) + rest
        if slot == "name":
            return self.pick(self.names) + rest
        if slot == "verb":
            return self.chance.choice(_VERBS) + rest
        if slot == "year":
            return f"{self.chance.randint(2024, 2050)}{rest}"
        return f"{self.chance.randint(2, 9 if slot == 'few' else 900)}{rest}"


def _zipf(words: list[str]) -> list[float]:
    """Cumulative weights: the n-th word as often as 1 / (n + 2.7) (Zipf, Mandelbrot)."""
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))


def questions(count: int, seed: int = 2) -> list[str]:
    words = Words.seeded(seed)
    return [words.fill(_QUESTION[number % len(_QUESTION)]) for number in range(count)]


def prose(words: Words) -> str:
    """The text of one passage, some 90 words."""
    return " ".join(words.fill(words.chance.choice(_SENTENCE)) for _ in range(_SENTENCES))


def documents(passages: int, seed: int = 1) -> Iterator[tuple[Document, list[Passage]]]:
    """Documents with ``passages`` passages in all, each one paragraph, in sections and pages."""
    words = Words.seeded(seed)
    for number, first in enumerate(range(0, passages, PER_DOCUMENT)):
        yield _document(words, number, min(PER_DOCUMENT, passages - first))


def _document(words: Words, number: int, count: int) -> tuple[Document, list[Passage]]:
    place, topic = words.pick(words.names), words.pick(words.nouns)
    year = words.chance.randint(2010, 2026)
    title = f"{place} {topic.capitalize()} Strategy {year}"
    path = f"{number // 100:03}/{place}-{topic}-{year}-{number}.md".lower()
    text, blocks, spans, starts, sections = "", [], [], [], []
    for ordinal in range(count):
        if ordinal % _SECTION == 0:
            heading = words.fill(f"Priority {ordinal // _SECTION + 1}: {{noun}} and {{noun}}")
            sections.append((title, heading))
            blocks.append(Block(BlockKind.HEADING, len(text), len(text) + len(heading), 2))
            starts.append(len(text))
            text += f"{heading}\n\n"
        paragraph = prose(words)
        spans.append((len(text), len(text) + len(paragraph)))
        blocks.append(Block(BlockKind.PARAGRAPH, *spans[-1]))
        text += f"{paragraph}\n\n"
    edges = [0, *(spans[i][0] for i in range(_PAGE, count, _PAGE)), len(text)]
    pages = tuple(
        Page(page, start, end, text[start:end])
        for page, (start, end) in enumerate(itertools.pairwise(edges), start=1)
    )
    content_hash = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        path, content_hash, "markdown", title, text, pages, tuple(blocks), True, "en", str(year)
    )
    made = [
        Passage(
            path, content_hash, title, ordinal, start, end, text[start:end],
            sections[ordinal // _SECTION], ordinal // _PAGE + 1, ordinal // _PAGE + 1,
        )
        for ordinal, (start, end) in enumerate(spans)
    ]  # fmt: skip
    return document, made


class Cloud:
    """Unit vectors around those of real passages."""

    def __init__(self, encoder: Encoder, seed: int = 3) -> None:
        passages = [p for _, made in documents(_EMBEDDED, seed) for p in made]
        self._centres = encoder.encode_documents([embedded_text(passage) for passage in passages])
        self._chance = np.random.default_rng(seed)

    def draw(self, count: int) -> np.ndarray:
        """float16 [count, dimension]"""
        chosen = self._chance.integers(len(self._centres), size=count)
        centres = self._centres[chosen]
        noise = self._chance.standard_normal(centres.shape, dtype=np.float32)
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        vectors = _NEARNESS * centres + (1 - _NEARNESS**2) ** 0.5 * noise
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors.astype(np.float16)


def write_index(index_dir: Path, passages: int, encoder: Encoder) -> None:
    """An index as a sync would have made it, by the parts that a sync is made of."""
    cloud = Cloud(encoder)
    database = Database.writing(index_dir)
    try:
        catalog = Catalog(database)
        for document, made in documents(passages):
            _add(catalog, document, made, cloud.draw(len(made)))
        folder, dimension = generation.folder_of(index_dir, 1), encoder.dimension
        files = generation.write(catalog, index_dir, folder, dimension=dimension)
        form = encoder.form
        catalog.set_state(
            State(
                1, encoder.name, form.weights, form.arithmetic, dimension, TEXT_PIPELINE,
                str(index_dir / "documents"), generation.LAYOUT, files,
            )
        )  # fmt: skip
        database.commit()
    finally:
        database.close()


def replace_document(index_dir: Path, encoder: Encoder) -> Passage:
    """Put other words in the place of the oldest document, as a sync does; the first passage."""
    database = Database.writing(index_dir)
    try:
        catalog = Catalog(database)
        before, last_id = catalog.state(), catalog.last_passage_id()
        old = next(catalog.passages_after(0)).passage.document
        document, made = next(documents(PER_DOCUMENT, seed=last_id))
        document = replace(document, path=old)
        made = [replace(passage, document=old) for passage in made]
        removed = catalog.remove(old)
        vectors = encoder.encode_documents([embedded_text(passage) for passage in made])
        _add(catalog, document, made, vectors.astype(np.float16))
        number = before.generation + 1
        files = generation.write(
            catalog,
            index_dir,
            generation.folder_of(index_dir, number),
            dimension=before.dimension,
            previous=generation.folder_of(index_dir, before.generation),
            known=before.files,
            last_id=last_id,
            removed_ids=removed,
            removed_paths=[old],
        )
        catalog.set_state(replace(before, generation=number, files=files))
        database.commit()
        generation.sweep(index_dir, keep=number, below=number)
    finally:
        database.close()
    return made[0]


def _add(
    catalog: Catalog, document: Document, passages: list[Passage], vectors: np.ndarray
) -> None:
    hashes = [hashlib.sha256(embedded_text(passage).encode()).digest() for passage in passages]
    catalog.add(
        document, passages, hashes, vectors, size=len(document.text), mark=FileMark(1), seconds=0.0
    )
