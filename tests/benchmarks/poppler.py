"""Agreement of our text with what poppler's pdftotext makes of the same pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ingest import BlockKind
from outcome import Outcome
from quotes import squash, words
from repeats import folded, running_lines

MISSING = "pdftotext is missing (Debian: apt-get install poppler-utils): no word agreement."
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,7})\W*", re.IGNORECASE)
_SHORTEST = 4  # letters; shorter words stand in any page's letters by chance
_FOLLOWING = 12  # letters of the text after a heading by which it is known


@dataclass(frozen=True, slots=True)
class PageAgreement:
    """Counts of words of one page, and of its word pairs."""

    page: int
    recalled: int  # of poppler's words, those that are in ours too
    theirs: int
    confirmed: int  # of our words, those that are in poppler's too
    ours: int
    pairs_alike: int  # of our neighbouring words, pairs that are neighbours in poppler's, too
    pairs: int
    lost: tuple[str, ...]  # poppler's words that ours lacks
    headings: int = 0  # that stand in poppler's page, too, and are not its last block
    adrift: tuple[str, ...] = ()  # those of them that another text follows there


@dataclass(frozen=True, slots=True)
class Agreement:
    pages: tuple[PageAgreement, ...]

    @property
    def recall(self) -> float:
        return _share(sum(p.recalled for p in self.pages), sum(p.theirs for p in self.pages))

    @property
    def precision(self) -> float:
        return _share(sum(p.confirmed for p in self.pages), sum(p.ours for p in self.pages))

    @property
    def order(self) -> float:
        """Share of neighbouring words that are neighbours for poppler: low where columns mix."""
        return _share(sum(p.pairs_alike for p in self.pages), sum(p.pairs for p in self.pages))


def available() -> bool:
    return shutil.which("pdftotext") is not None


def poppler_pages(location: Path, *, as_laid_out: bool = False) -> list[str]:
    """The text of each page in reading order, or with its lines as they lie on the paper."""
    command = ["pdftotext", *(["-layout"] if as_laid_out else []), "-enc", "UTF-8"]
    done = subprocess.run(
        [*command, str(location), "-"], capture_output=True, check=True, timeout=300
    )
    return done.stdout.decode("utf-8", "replace").split("\f")[:-1]


def agreement(outcome: Outcome) -> Agreement:
    """Compare all pages with an honest text layer, page by page.

    Running lines (on more than half of the pages) and lone page numbers are taken out of
    poppler's text, since ours is right to lack them. Both sides: NFKC, lower case, soft hyphens
    and hyphens at a line's end joined; words are runs of letters and digits, counted with
    repetition. A word that is hyphenated, spaced or parted otherwise still agrees: poppler's if
    its whole line stands in our page, letters and digits alone compared; ours if it has four
    letters or more and stands in poppler's page so compared. A paragraph that runs over a page
    break counts for both of its pages.
    """
    theirs = poppler_pages(outcome.location)
    running = running_lines([page.split("\n") for page in theirs])
    told = {page.number for page in outcome.told_pages()}
    texts = [page.text for page in outcome.pages]
    compared = []
    for number, page in enumerate(theirs, start=1):
        if number not in told or number > len(texts):
            continue
        lines = [
            line
            for line in page.split("\n")
            if folded(line).strip("0") not in running and not _PAGE_NUMBER.fullmatch(line)
        ]
        # Words of a paragraph over the break are counted where the other reader puts them.
        around = "".join(texts[max(number - 2, 0) : number + 1])
        text = "\n".join(lines)
        headings, adrift = headings_adrift(outcome, number, text)
        page_agreement = compare(number, text, texts[number - 1], around)
        compared.append(replace(page_agreement, headings=headings, adrift=adrift))
    return Agreement(tuple(compared))


def compare(number: int, theirs: str, ours: str, around: str = "") -> PageAgreement:
    """One page; ``around``: our text of it with its neighbours, for lines over a page break."""
    wanted, held = words(theirs), words(ours)
    lost = Counter(wanted) - Counter(held)
    page = squash(around or ours)
    for line in theirs.split("\n"):
        here = Counter(words(line))
        # The last word of a hyphenated line is not whole; what is whole decides.
        if here & lost and squash(line) in page:
            lost -= here
    lost -= Counter(word for word in lost.elements() if len(word) >= _SHORTEST and word in page)
    extra = Counter(held) - Counter(wanted)
    letters = squash(theirs)
    extra -= Counter(
        word for word in extra.elements() if len(word) >= _SHORTEST and word in letters
    )
    pairs = list(pairwise(held))
    neighbours = set(pairwise(wanted))
    return PageAgreement(
        page=number,
        recalled=len(wanted) - lost.total(),
        theirs=len(wanted),
        confirmed=len(held) - extra.total(),
        ours=len(held),
        pairs_alike=sum(pair in neighbours for pair in pairs),
        pairs=len(pairs),
        lost=tuple(lost.elements()),
    )


def headings_adrift(outcome: Outcome, number: int, theirs: str) -> tuple[int, tuple[str, ...]]:
    """Headings of our page that are also in poppler's, and those that other text follows there.

    A heading parted from its section names the wrong one; words alone do not show it.
    """
    document = outcome.document
    assert document is not None
    page, letters = document.pages[number - 1], squash(theirs)
    blocks = [block for block in document.blocks if page.start <= block.start < page.end]
    count = 0
    adrift = []
    for block, after in pairwise(blocks):
        heading = squash(document.text[block.start : block.end])
        following = squash(document.text[after.start : after.end])[:_FOLLOWING]
        if block.kind is BlockKind.HEADING and heading and heading in letters:
            count += 1
            if heading + following not in letters:
                adrift.append(document.text[block.start : block.end])
    return count, tuple(adrift)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
