"""Writes the sample documents that are not text files: PDFs and Word documents.

    python tests/samples/write_samples.py              into ingest/samples/documents and strategies
    python tests/samples/write_samples.py SAMPLES STRATEGIES

Their words stand in sources/*.md. The same sources make the same files: no clock, no chance.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pdf_file import pdf_file
from source import Source
from word_file import word_file

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples" / "documents"
PDFS = ("port-merrow-climate-strategy-2021-2024", "port-merrow-climate-strategy-2025-2029")
DOCX = "norvale-open-data-policy-2024"
# A folder in which every document speaks of the same things: where one is taken for another.
STRATEGIES = Path(__file__).parent / "strategies"
STRATEGY_PDF = "karelund-road-safety-strategy-2021-2030"
STRATEGY_DOCX = "verkehrssicherheitsprogramm-brennland-2022-2032"


def write(folder: Path, pdfs: Iterable[str], docx: str) -> None:
    """Write the PDFs and the Word document of these names into ``folder``."""
    for name in pdfs:
        (folder / f"{name}.pdf").write_bytes(pdf_file(Source.read(name)))
    (folder / f"{docx}.docx").write_bytes(word_file(Source.read(docx)))


def main(samples: Path, strategies: Path) -> None:
    """Write the documents of both folders."""
    write(samples, PDFS, DOCX)
    write(strategies, [STRATEGY_PDF], STRATEGY_DOCX)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3] or (SAMPLES, STRATEGIES)))
