"""How well documents are read: figures over any folder, and what was missed.

    python tests/benchmarks/reading.py FOLDER [--questions FILE.jsonl] [--only NAME] [--detail]
                                              [--json OUT] [--no-speed]

Each figure is explained where it is made: quotes.py, repeats.py, poppler.py, contents.py,
flow.py, speed.py. The questions are FOLDER/questions.jsonl or that of the folder above, unless
given; without them the first rows are left out. pypdf comes with the extra `benchmark`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import poppler
from assistant.questions import file_name, read_questions
from contents import Announced, announced, found, headings_of
from flow import Flow, flow
from ingest.ocr import find_engine
from outcome import Outcome, outcomes
from quotes import OCR_SHARE, Sighting, sightings
from repeats import Repeats, repeats
from speed import READERS, Speed, measure


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: a share, and the counts that it was made from."""

    name: str
    part: int
    whole: int
    at_least: float | None = None  # what counts as good; None for figures that only diagnose
    at_most: float | None = None

    @property
    def share(self) -> float:
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        if not self.whole:
            return f"{self.name:<58} -  (nothing to count)"
        bound = ""
        if self.at_least is not None:
            bound = f"  >= {self.at_least:.2f}{'' if self.share >= self.at_least else '  MISSED'}"
        if self.at_most is not None:
            bound = f"  <= {self.at_most:.2f}{'' if self.share <= self.at_most else '  MISSED'}"
        return f"{self.name:<58} {self.share:.3f}  {f'({self.part}/{self.whole})':<16}{bound}"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The figures of one document."""

    path: str
    problem: str
    pages: int
    unread: tuple[int, ...]  # pages that are neither text nor blank
    quotes: tuple[Sighting, ...]
    repeats: Repeats
    announced: Announced
    missed_headings: tuple[str, ...]
    flow: Flow
    agreement: poppler.Agreement | None  # None for what is no PDF, was not read, or has no text

    @property
    def found_headings(self) -> int:
        return len(self.announced.titles) - len(self.missed_headings)


def report(outcome: Outcome, quotes: Sequence[Sighting]) -> DocumentReport:
    listing = announced(outcome)
    if all(page.scanned for page in outcome.pages):
        listing = replace(listing, titles=())
    there = found(listing.titles, headings_of(outcome, listing.pages))
    compared = outcome.name.lower().endswith(".pdf") and poppler.available()
    return DocumentReport(
        path=outcome.path,
        problem=outcome.problem,
        pages=len(outcome.pages),
        unread=tuple(p.number for p in outcome.pages if p.status not in {"text", "blank", "ocr"}),
        quotes=tuple(q for q in quotes if file_name(q.evidence.document) == outcome.name),
        repeats=repeats(outcome),
        announced=listing,
        missed_headings=tuple(title for title in listing.titles if title not in there),
        flow=flow(outcome),
        agreement=poppler.agreement(outcome) if compared and outcome.told_pages() else None,
    )


def figures(reports: Sequence[DocumentReport]) -> list[Figure]:
    """The rows of the table, over all documents together."""
    quotes = [quote for each in reports for quote in each.quotes]
    told = [quote for quote in quotes if quote.evidence.text_layer]
    scanned = [quote for quote in quotes if not quote.evidence.text_layer]
    flows = [each.flow for each in reports]
    agreed = [page for each in reports if each.agreement for page in each.agreement.pages]
    paragraphs = sum(each.paragraphs for each in flows)
    rows = [
        ("quotes found on their page", sum(q.on_page for q in told), len(told), 0.99, None),
        ("  on the page or a neighbour", sum(q.nearby for q in told), len(told), None, None),
        ("  anywhere in the document", sum(q.in_document for q in told), len(told), None, None),
        ("  within one passage (ceiling of evidence@k)",
         sum(q.within_passage for q in told), len(told), None, None),
        (f"quotes without text layer, {OCR_SHARE} of the words on the page",
         sum(q.words >= OCR_SHARE for q in scanned), len(scanned), 0.85, None),
        ("  within one passage",
         sum(q.within_passage for q in scanned), len(scanned), None, None),
        ("running lines that stand in passages", sum(each.repeats.left for each in reports),
         sum(each.repeats.lines for each in reports), None, 0.02),
        ("announced headings found as headings", sum(each.found_headings for each in reports),
         sum(len(each.announced.titles) for each in reports), 0.85, None),
        ("words of pdftotext that we have",
         sum(p.recalled for p in agreed), sum(p.theirs for p in agreed), 0.98, None),
        ("  words of ours that pdftotext has",
         sum(p.confirmed for p in agreed), sum(p.ours for p in agreed), None, None),
        ("  neighbouring words of ours that are neighbours there",
         sum(p.pairs_alike for p in agreed), sum(p.pairs for p in agreed), None, None),
        ("  headings that another text follows there",
         sum(len(p.adrift) for p in agreed), sum(p.headings for p in agreed), None, None),
        ("sentences of paragraphs that are whole",
         sum(f.whole for f in flows), sum(f.sentences for f in flows), None, None),
        ("paragraphs that begin inside a sentence",
         sum(len(f.begun_inside) for f in flows), paragraphs, None, None),
        ("paragraphs cut off before a small letter",
         sum(len(f.cut_off) for f in flows), paragraphs, None, None),
        ("paragraphs that end within a word",
         sum(len(f.cut_words) for f in flows), paragraphs, None, None),
    ]  # fmt: skip
    return [Figure(*row) for row in rows]


def table(reports: Sequence[DocumentReport]) -> list[str]:
    """One line a document."""
    lines = [
        f"{'':36} {'pages':>5} {'quotes':>7} {'ceiling':>7} {'running':>8} {'headings':>9} "
        f"{'recall':>6} {'precis':>6} {'order':>6} {'whole':>6} {'cut':>4}"
    ]
    for each in reports:
        quotes = f"{sum(q.on_page for q in each.quotes)}/{len(each.quotes)}"
        ceiling = f"{sum(q.within_passage for q in each.quotes)}/{len(each.quotes)}"
        headings = f"{each.found_headings}/{len(each.announced.titles)}"
        whole = each.flow.whole / each.flow.sentences if each.flow.sentences else 0.0
        cut = len(each.flow.cut_off) + len(each.flow.cut_words)
        agreement = (
            f"{each.agreement.recall:6.3f} {each.agreement.precision:6.3f} "
            f"{each.agreement.order:6.3f}"
            if each.agreement
            else f"{'-':>6} {'-':>6} {'-':>6}"
        )
        running = f"{each.repeats.left}/{each.repeats.lines}"
        lines.append(
            f"{each.path[:36]:36} {each.pages:5} {quotes:>7} {ceiling:>7} "
            f"{running:>8} {headings:>9} {agreement} {whole:6.3f} {cut:4}"
        )
    return lines


def detail(each: DocumentReport) -> list[str]:
    """What was missed in one document, a line each."""
    lines = [f"not read: {each.problem}"] if each.problem else []
    if each.unread:
        lines.append(f"unread pages: {', '.join(map(str, each.unread))}")
    for quote in each.quotes:
        seen = quote.on_page if quote.evidence.text_layer else quote.words >= OCR_SHARE
        if not seen or not quote.within_passage:
            where = "near" if quote.nearby else "in document" if quote.in_document else "nowhere"
            state = "on page" if quote.on_page else where
            lines.append(
                f"quote {quote.question} p. {quote.evidence.page}: {state},"
                f" words {quote.words:.2f}, passage {quote.passage:.2f}: {quote.evidence.quote}"
            )
    lines += [f"running line, pages {p}: {line}" for line, p in each.repeats.standing.items()]
    lines += [f"heading missed ({each.announced.source}): {t}" for t in each.missed_headings]
    for name, places in (
        ("begins inside", each.flow.begun_inside),
        ("cut off", each.flow.cut_off),
        ("ends in a word", each.flow.cut_words),
    ):
        lines += [f"{name}, p. {page}: {text}" for page, text in places]
    for page in each.agreement.pages if each.agreement else ():
        recall = page.recalled / page.theirs if page.theirs else 1.0
        order = page.pairs_alike / page.pairs if page.pairs else 1.0
        if recall < 0.98 or order < 0.9:
            lost = " ".join(page.lost[:25])
            lines.append(f"p. {page.page}: recall {recall:.2f}, order {order:.2f}; lost: {lost}")
        lines += [f"heading adrift, p. {page.page}: {heading}" for heading in page.adrift]
    return lines


def speeds(folder: Path, only: str) -> tuple[list[Speed], list[str]]:
    measured = {reader: measure(reader, folder, only) for reader in READERS}
    lines = [
        f"{name:<6} {speed.pages:5} pages {speed.pages_per_second:7.1f} pages/s"
        f"  {speed.refused} files refused"
        f"  peak {speed.peak:6.0f} MB (before the first file {speed.idle:.0f})"
        if speed
        else f"{name} is missing: pip install -c constraints.txt '.[benchmark]'"
        for name, speed in measured.items()
    ]
    return [speed for speed in measured.values() if speed], lines


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--only", default="", help="documents whose path contains this")
    parser.add_argument("--detail", action="store_true", help="list what was missed")
    parser.add_argument("--json", type=Path, help="write everything to this file")
    parser.add_argument("--no-speed", action="store_true")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder
    beside = (folder / "questions.jsonl", folder.parent / "questions.jsonl")
    file = chosen.questions or next((path for path in beside if path.is_file()), None)
    read = outcomes(folder, chosen.only, find_engine())
    quotes = sightings(read_questions(file), read) if file else []
    reports = [report(outcome, quotes) for outcome in read]
    rows = figures(reports)
    print("\n".join([*table(reports), "", *map(str, rows)]))
    if not poppler.available():
        print(poppler.MISSING)
    for each in reports if chosen.detail else ():
        if missed := detail(each):
            print("\n".join(["", f"== {each.path}", *missed]))
    measured: list[Speed] = []
    if not chosen.no_speed:
        measured, lines = speeds(folder, chosen.only)
        print("\n".join(["", *lines]))
    if chosen.json:
        everything = {
            "figures": [asdict(row) | {"share": row.share} for row in rows],
            "documents": [asdict(each) for each in reports],
            "speed": [asdict(speed) for speed in measured],
        }
        text = json.dumps(everything, indent=1, ensure_ascii=False, default=sorted)
        chosen.json.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
