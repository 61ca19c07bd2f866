"""Repeats: running headers and footers that still stand in passages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from outcome import Outcome
from quotes import squash

SHARE_OF_PAGES = 0.5  # on more of the pages than this, a line is a running one
FEWEST_PAGES = 4  # pages with text; in shorter documents repetition says nothing
FEWEST_LETTERS = 4  # a bare number or sign cannot be told from the text's own


@dataclass(frozen=True, slots=True)
class Repeats:
    """The running lines of one document."""

    lines: int  # instances that stand in the raw pages
    standing: dict[str, tuple[int, ...]]  # line -> pages on which it still stands in a passage

    @property
    def left(self) -> int:
        return sum(map(len, self.standing.values()))


def folded(line: str) -> str:
    """Letters and digits alone, every number the same: "Page 3 of 9" is "Page 4 of 9"."""
    return re.sub(r"\d+", "0", squash(line))


def running_lines(pages: list[list[str]]) -> dict[str, str]:
    """Folded line -> as printed, for the lines on more than half of the pages with text."""
    filled = [
        {key: line for line in page if len(key := folded(line).strip("0")) >= FEWEST_LETTERS}
        for page in pages
    ]
    filled = [page for page in filled if page]
    if len(filled) < FEWEST_PAGES:
        return {}
    counts = Counter(key for page in filled for key in page)
    running = {key for key, count in counts.items() if count > SHARE_OF_PAGES * len(filled)}
    return {key: line.strip() for page in filled for key, line in page.items() if key in running}


def repeats(outcome: Outcome) -> Repeats:
    """What is left of the running lines of a document.

    A page on which the same words also stand within a longer line may keep these. The first
    instance of each line that still stands is not counted: it is often the title on the cover.
    """
    pages = outcome.raw_pages()
    running = running_lines(pages)
    instances = 0
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for raw, page in zip(pages, outcome.pages, strict=False):
        keys = [folded(line) for line in raw]
        kept = folded(outcome.passage_text(page))
        for key, line in running.items():
            alone = sum(each.strip("0") == key for each in keys)
            within = sum(each.count(key) for each in keys if each.strip("0") != key)
            instances += alone
            standing[line] += [page.number] * min(alone, max(kept.count(key) - within, 0))
    return Repeats(
        lines=instances,
        standing={line: tuple(pages[1:]) for line, pages in standing.items() if pages[1:]},
    )
